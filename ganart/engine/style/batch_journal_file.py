"""The file of a batch's journal: one connection to it, and only one program that works."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import filelock

from ganart.engine.style.batch_records import BadBatch, BatchInUse
from ganart.errors import DiskRanFull, FolderNotWritable, StudioError

VERSION = 1
_LOCK = ".lock"
_BUSY_S = 10.0


class JournalFile:
    """What `Journal` needs of SQLite: opening, transactions, and errors for people."""

    def __init__(self, folder: Path, document: str) -> None:
        self.folder = folder
        if not (folder / document).is_file():
            raise BadBatch(folder=folder, reason="there is no batch")
        with self._told():
            self._database = sqlite3.connect(
                folder / document, timeout=_BUSY_S, isolation_level=None
            )
        try:
            self._open()
        except BaseException:
            self._database.close()
            raise

    def _open(self) -> None:
        """Get ready to read and write."""
        with self._told():
            self._database.row_factory = sqlite3.Row
            version = self._database.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise BadBatch(folder=self.folder, reason="it was made by a newer studio")
            self._database.execute("PRAGMA journal_mode = WAL")
            # A power cut must not undo what was noted before a file was written.
            self._database.execute("PRAGMA synchronous = FULL")

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
        """Close the connection."""
        self._database.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Hold the batch: only one program works on it. Raises `BatchInUse`."""
        lock = filelock.FileLock(self.folder / _LOCK, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise BatchInUse(folder=self.folder) from None
        except OSError as error:
            raise FolderNotWritable(folder=self.folder, reason=error.strerror) from error
        try:
            yield
        finally:
            lock.release()

    def _one(self, query: str, values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401  (SQLite's)
        return self._database.execute(query, values).fetchone()[0]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction: all or nothing."""
        with self._told():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # some troubles have ended the transaction already
                    self._database.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise SQLite's troubles as errors for people."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is None:  # not from the file, but from wrong use of this class
                raise
            raise _as_studio_error(code & 0xFF, str(error), self.folder) from error


def _as_studio_error(kind: int, text: str, folder: Path) -> StudioError:
    if kind == sqlite3.SQLITE_FULL:
        return DiskRanFull(folder=folder, free="0 B")
    if kind in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return BatchInUse(folder=folder)
    if kind in {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_IOERR,
    }:
        return FolderNotWritable(folder=folder, reason=text)
    return BadBatch(folder=folder, reason=text)
