"""The SQLite file of a catalogue: opening, transactions, troubles told in words."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ganart.datasets.errors import CatalogueBusy, CatalogueDamaged, CatalogueTooNew, printable
from ganart.datasets.filters import holds
from ganart.datasets.rescue import is_whole, set_aside
from ganart.datasets.schema import MIGRATIONS, migrate, schema_version
from ganart.errors import DiskRanFull, FolderNotWritable

_BUSY_S = 10.0
_RETRY_S = 0.01
# SQLITE_ERROR says that tables are not as they were made.
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
}


class CatalogueFile:
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
        self._write_ahead()
        # A power cut may undo the last changes but not damage the file; a scan brings them back.
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA foreign_keys = ON")
        self._database.create_function("folded", 2, holds, deterministic=True)
        migrate(self._database)

    def _write_ahead(self) -> None:
        """Switch to write-ahead mode, for which SQLite itself does not wait where another
        connection does the same.
        """
        until = time.monotonic() + _BUSY_S
        while True:
            try:
                self._database.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_RETRY_S)
            else:
                return

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

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        with self._told():
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Make all changes of the block in one transaction: nobody else changes anything meanwhile,
        and all of them hold or none.
        """
        with self._changing():
            yield

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction: all or nothing. Inside of another one, a part of it."""
        if self._database.in_transaction:
            yield
            return
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
            return DiskRanFull(folder=printable(self.path.parent), free="0 B")
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
