"""The list of a project's folders and of every picture in them, kept in one SQLite file."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ganart.datasets.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueTooNew,
    Reason,
    printable,
)
from ganart.datasets.inspect import Inspected
from ganart.datasets.records import (
    BAD_CONTENT,
    Counts,
    Found,
    PictureRow,
    Verdict,
    check_weight,
)
from ganart.datasets.rescue import is_whole, set_aside
from ganart.datasets.schema import MIGRATIONS, migrate, schema_version
from ganart.errors import DiskFull, FolderNotWritable

__all__ = ["Catalogue", "Counts", "Found", "PictureRow", "Verdict"]

_BUSY_S = 10.0
# SQLITE_ERROR says that tables are not as they were made.
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
}


class Catalogue:
    """A connection to `catalogue.sqlite`; for one thread, but any number may be open at once.

    The file is in write-ahead mode: readers never wait for a scan. A missing file is made. A
    damaged one is set aside under another name, a new one that knows the same folders takes its
    place, and `CatalogueDamaged` is raised; opening again works. Every method may also raise
    `DiskFull`, `FolderNotWritable` or `CatalogueBusy`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._told():
            self._database = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
            self._database.row_factory = sqlite3.Row
            try:
                self._prepare()
            except BaseException:
                self._database.close()
                raise

    def _prepare(self) -> None:
        version = schema_version(self._database)
        if version < 0 or (version > len(MIGRATIONS) and not is_whole(self.path)):
            raise self._set_aside()
        if version > len(MIGRATIONS):
            raise CatalogueTooNew(path=printable(self.path), version=version, known=len(MIGRATIONS))
        self._database.execute("PRAGMA journal_mode = WAL")
        # A power cut may undo the last changes but not damage the file; a scan brings them back.
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA foreign_keys = ON")
        migrate(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the last one to close tidies the write-ahead file away."""
        self._database.close()

    def sources(self) -> list[Path]:
        """Return the folders (or single files) that make up the dataset, in order of adding."""
        return [
            Path(os.fsdecode(row[0])) for row in self._rows("SELECT path FROM sources ORDER BY id")
        ]

    def add_source(self, source: Path) -> None:
        """Add a folder or a single picture; links are followed, a known one is left as it is."""
        with self._changing():
            self._database.execute(
                "INSERT OR IGNORE INTO sources (path) VALUES (?)", (os.fsencode(source.resolve()),)
            )

    def remove_source(self, source: Path) -> None:
        """Forget a folder and its pictures, except those that lie in another source as well."""
        with self._changing():
            self._database.execute("DELETE FROM sources WHERE path = ?", (os.fsencode(source),))
            kept = self.sources()
            self._forget(
                row.id
                for row in self._pictures("")
                if not any(row.path.is_relative_to(other) for other in kept)
            )

    def pictures(self, readable: bool = True) -> list[PictureRow]:
        """Return the readable pictures, or with `readable=False` all files, ordered by path."""
        return self._pictures("WHERE verdict = 'readable'" if readable else "")

    def refused(self) -> list[PictureRow]:
        """Return the files that cannot be used, each with its reason, ordered by path."""
        return self._pictures("WHERE verdict = 'refused'")

    def counts(self) -> Counts:
        """Return how many files are readable, refused, and readable but excluded."""
        rows = self._rows(
            """SELECT count(*) FILTER (WHERE verdict = 'readable'),
                count(*) FILTER (WHERE verdict = 'refused'),
                count(*) FILTER (WHERE verdict = 'readable' AND weight = 0) FROM pictures"""
        )
        return Counts(*rows[0])

    def thumbnail(self, picture_id: int) -> bytes | None:
        """Return a PNG or JPEG of at most 128 px, None for a refused or unknown picture."""
        rows = self._rows("SELECT image FROM thumbnails WHERE picture_id = ?", (picture_id,))
        return rows[0][0] if rows else None

    def record(self, results: Iterable[tuple[Found, Inspected | Reason]]) -> None:
        """Write what was learnt about files, new or known, in one transaction."""
        with self._changing():
            for found, result in results:
                self._record(found, result)

    def refuse(self, picture_id: int, reason: Reason) -> None:
        """Mark a known picture as one that cannot be used any more."""
        with self._changing():
            self._database.execute(
                "UPDATE pictures SET verdict = ?, reason = ? WHERE id = ?",
                (Verdict.REFUSED, reason.name, picture_id),
            )

    def set_weight(self, paths: Iterable[Path], weight: float) -> None:
        """Have training show pictures `weight` times as often as others; 0 excludes them.

        Unknown files are passed over. Raises `ValueError` outside 0 to `MAX_WEIGHT`.
        """
        rows = [(check_weight(weight), os.fsencode(path)) for path in paths]
        with self._changing():
            self._database.executemany("UPDATE pictures SET weight = ? WHERE path = ?", rows)

    def forget(self, picture_ids: Iterable[int]) -> None:
        """Drop rows of files that are gone."""
        with self._changing():
            self._forget(picture_ids)

    def _record(self, found: Found, result: Inspected | Reason) -> None:
        learnt: tuple[int, int, str, Verdict, str | None]
        if isinstance(result, Inspected):
            learnt = (result.width, result.height, result.pixel_hash, Verdict.READABLE, None)
        else:
            learnt = (0, 0, "", Verdict.REFUSED, result.name)
        picture_id = self._database.execute(
            """INSERT INTO pictures
                (path, size_bytes, mtime_ns, width, height, pixel_hash, verdict, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (path) DO UPDATE SET
                (size_bytes, mtime_ns, width, height, pixel_hash, verdict, reason) =
                (excluded.size_bytes, excluded.mtime_ns, excluded.width, excluded.height,
                 excluded.pixel_hash, excluded.verdict, excluded.reason)
            RETURNING id""",
            (os.fsencode(found.path), found.size_bytes, found.mtime_ns, *learnt),
        ).fetchone()[0]
        self._database.execute("DELETE FROM thumbnails WHERE picture_id = ?", (picture_id,))
        if isinstance(result, Inspected):
            self._database.execute(
                "INSERT INTO thumbnails VALUES (?, ?)", (picture_id, result.thumbnail)
            )

    def _forget(self, picture_ids: Iterable[int]) -> None:
        self._database.executemany(
            "DELETE FROM pictures WHERE id = ?", [(picture_id,) for picture_id in picture_ids]
        )

    def _pictures(self, where: str) -> list[PictureRow]:
        rows = self._rows(f"SELECT * FROM pictures {where} ORDER BY path")
        try:
            return [PictureRow.of(row) for row in rows]
        except BAD_CONTENT as error:
            raise self._set_aside() from error

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        with self._told():
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction: all or nothing."""
        with self._told():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # Some troubles have ended the transaction already.
                    self._database.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise SQLite's troubles as errors for people."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._as_studio_error(error) from error

    def _as_studio_error(self, error: sqlite3.DatabaseError) -> Exception:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:  # Not from the file, but from wrong use of this class.
            return error
        kind = code & 0xFF  # The other bytes hold details.
        if kind in _DAMAGE:
            return self._set_aside()
        if kind == sqlite3.SQLITE_FULL:
            return DiskFull(folder=printable(self.path.parent), needed="some more", free="0 B")
        if kind in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return CatalogueBusy(path=printable(self.path))
        if kind in _UNWRITABLE:
            return FolderNotWritable(folder=printable(self.path.parent), reason=str(error))
        return error

    def _set_aside(self) -> Exception:
        with suppress(AttributeError):  # Opening itself may have failed.
            self._database.close()
        try:
            kept = set_aside(self.path)
        except OSError as error:
            return FolderNotWritable(folder=printable(self.path.parent), reason=error.strerror)
        if kept is None:
            return CatalogueBusy(path=printable(self.path))
        return CatalogueDamaged(path=printable(self.path), kept=printable(kept))
