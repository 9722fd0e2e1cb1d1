"""What was read out of the artworks, in a database that can be thrown away at any time.

The artist's own stars and tags are not in it: see `artwork_marks`.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Self

from ganart.project.artworks import Artwork, Facts

FILE_NAME = "index.sqlite"
_TABLE = "facts_1"
"""Another one when what `Facts` holds changes."""
_COLUMNS = ", ".join(each.name for each in fields(Facts))
_MARKS = ", ".join("?" for _ in range(3 + len(fields(Facts))))


class ArtworkIndex:
    """The facts by file. Where it is damaged or not writable it begins empty."""

    def __init__(self, folder: Path) -> None:
        """Open the index of the artworks in `folder`."""
        self._folder = folder
        path = folder / FILE_NAME
        try:
            self._database = _opened(path)
        except sqlite3.Error:
            for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
                with suppress(OSError):
                    each.unlink()
            try:
                self._database = _opened(path)
            except sqlite3.Error:
                self._database = _opened(":memory:")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._database.close()

    def known(self, works: Iterable[Artwork]) -> dict[Path, Facts]:
        """Return the facts of those files that have not changed since, and forget other files."""
        found: dict[Path, Facts] = {}
        with suppress(sqlite3.Error, TypeError):
            rows = self._database.execute(f"SELECT path, bytes, written, {_COLUMNS} FROM {_TABLE}")
            stored = {row[0]: row for row in rows}
            for work in works:
                row = stored.pop(self._name(work), None)
                if row is not None and row[1:3] == (work.bytes, work.created.timestamp()):
                    found[work.path] = Facts(*row[3:])
            with self._database:
                names = [(name,) for name in stored]
                self._database.executemany(f"DELETE FROM {_TABLE} WHERE path = ?", names)
        return found

    def put(self, facts: Mapping[Artwork, Facts]) -> None:
        """Keep the facts of some files."""
        rows = [
            (self._name(work), work.bytes, work.created.timestamp(), *astuple(each))
            for work, each in facts.items()
        ]
        # What cannot be kept, as on a full disk, is read again the next time.
        with suppress(sqlite3.Error), self._database:
            self._database.executemany(f"INSERT OR REPLACE INTO {_TABLE} VALUES ({_MARKS})", rows)

    def _name(self, work: Artwork) -> bytes:
        return os.fsencode(work.path.relative_to(self._folder).as_posix())


def _opened(path: Path | str) -> sqlite3.Connection:
    """Return an index of this version. Raises `sqlite3.Error` for anything else."""
    database = sqlite3.connect(path, timeout=5.0)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # Losing the last changes in a power cut costs nothing but reading them again.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {_TABLE} (path BLOB PRIMARY KEY, bytes, written, "
            f"{_COLUMNS})"
        )
        # Tells of damage now rather than later.
        database.execute(f"SELECT path, bytes, written, {_COLUMNS} FROM {_TABLE}").fetchone()
    except BaseException:
        database.close()
        raise
    return database
