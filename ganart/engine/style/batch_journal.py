"""The journal of a batch: its plan and what became of every item. Imports no torch.

Results are written in three steps, each on disk before the next: the journal notes name and hash of
the result, the file appears under its name, the journal calls the item done. Whatever moment a
program is killed in, the next one can tell whether the file at that name is the batch's own.
"""

import os
import secrets
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Self

from ganart.engine.style.batch_document import BadDocument, from_json, to_json
from ganart.engine.style.batch_journal_file import VERSION, JournalFile
from ganart.engine.style.batch_plan import BatchPlan, look_name, result_name, result_suffix
from ganart.engine.style.batch_records import (
    BadBatch,
    BatchCounts,
    BatchItem,
    BatchRecord,
)
from ganart.engine.style.batch_rows import checked_date, checked_id, item_of, result_path
from ganart.engine.style.batch_sources import SourcePhoto
from ganart.engine.style.events import ItemState
from ganart.errors import FolderNotWritable, StudioError
from ganart.files import make_folder

DOCUMENT = "batch.sqlite"
_TABLES = (
    "CREATE TABLE batch (id TEXT NOT NULL, created TEXT NOT NULL, plan TEXT NOT NULL, sheet BLOB)",
    # Paths are the file system's bytes: names need not be valid Unicode.
    """CREATE TABLE items (
        id INTEGER PRIMARY KEY,
        photo BLOB NOT NULL,
        member TEXT NOT NULL,
        look INTEGER NOT NULL,
        target TEXT NOT NULL,
        target_key TEXT NOT NULL UNIQUE,
        position REAL NOT NULL,
        state TEXT NOT NULL,
        result BLOB,
        hash TEXT,
        message TEXT NOT NULL DEFAULT '',
        UNIQUE (photo, member, look)
    )""",
    "CREATE INDEX items_in_order ON items (state, position)",
    f"PRAGMA user_version = {VERSION}",
)


class Journal(JournalFile):
    """A connection to the journal in a batch's folder; for one thread, any number at once.

    Every method may raise `BadBatch`, `DiskFull` or `FolderNotWritable`.
    """

    def __init__(self, folder: Path, document: str = DOCUMENT) -> None:
        super().__init__(folder, document)

    @classmethod
    def create(cls, parent: Path, plan: BatchPlan, photos: Iterable[SourcePhoto] = ()) -> Self:
        """Make the folder and journal of a new batch below `parent`; the plan's paths are whole."""
        now = datetime.now(UTC)
        folder = _new_folder(make_folder(parent), f"{now:%Y%m%d-%H%M%S}")
        created = now.isoformat(timespec="seconds")
        # Made aside and renamed: a folder with a journal has a whole one, all photos in it.
        unfinished = folder / f"{DOCUMENT}-new"
        try:
            with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
                for statement in _TABLES:
                    database.execute(statement)
                values = (secrets.token_hex(6), created, to_json(plan))
                database.execute("INSERT INTO batch (id, created, plan) VALUES (?, ?, ?)", values)
            with cls(folder, unfinished.name) as journal:
                journal.add(photos)
            unfinished.rename(folder / DOCUMENT)
        except (sqlite3.Error, OSError) as error:
            raise FolderNotWritable(folder=folder, reason=error) from error
        return cls(folder)

    def _open(self) -> None:
        super()._open()
        with self._told():
            row = self._database.execute("SELECT * FROM batch").fetchone()
        try:
            self.id, self.created = checked_id(row["id"]), checked_date(row["created"])
            self.plan = from_json(row["plan"])
        except (TypeError, ValueError, IndexError, BadDocument) as error:
            raise BadBatch(folder=self.folder, reason="its plan cannot be read") from error

    def add(self, photos: Iterable[SourcePhoto]) -> int:
        """Add photos that are new, each under every look, and return how many items that made.

        Their names are settled here, so that the order of the work does not change them.
        """
        output, looks = self.plan.output, [look_name(look) for look in self.plan.looks]
        with self._changing():
            before = self._one("SELECT count(*) FROM items")
            number = self._one("SELECT count(*) FROM (SELECT DISTINCT photo, member FROM items)")
            namesakes: dict[str, int] = {}
            for photo in photos:
                if self._knows(photo):
                    continue
                number += 1
                name = PurePosixPath(photo.member or photo.path.name)
                suffix = result_suffix(output.format, Path(name.name))
                for look, label in enumerate(looks):
                    target = result_name(output.pattern, name.stem, label, photo.folder, number)
                    self._add(photo, look, target, suffix, namesakes)
            return int(self._one("SELECT count(*) FROM items") - before)

    def knows(self, photo: SourcePhoto) -> bool:
        """Tell whether a photo is in the batch already."""
        with self._told():
            return self._knows(photo)

    def coming(self, without: Collection[int] = ()) -> BatchItem | None:
        """Return the waiting item that comes next, leaving out those with the ids `without`."""
        query = "SELECT * FROM items WHERE state = 'waiting' ORDER BY position LIMIT ?"
        items = self._items(query, (1 + len(without),))
        return next((item for item in items if item.id not in without), None)

    def intended(self) -> list[BatchItem]:
        """Return the waiting items whose results may have been written."""
        query = "SELECT * FROM items WHERE state = 'waiting' AND hash IS NOT NULL"
        return self._items(query, ())

    def items(self) -> list[BatchItem]:
        """Return all items in the order in which they are worked on."""
        return self._items("SELECT * FROM items ORDER BY position, id", ())

    def counts(self) -> BatchCounts:
        """Return how far the batch is."""
        with self._told():
            rows = self._database.execute("SELECT state, count(*) FROM items GROUP BY state")
            counts = dict(rows.fetchall())
        try:
            return BatchCounts(**{ItemState(state).value: counts[state] for state in counts})
        except ValueError as error:
            raise BadBatch(folder=self.folder, reason="its list cannot be read") from error

    def intend(self, item: int, result: Path, digest: str) -> None:
        """Note which file is about to be written."""
        with self._changing():
            self._database.execute(
                "UPDATE items SET result = ?, hash = ? WHERE id = ?",
                (os.fsencode(result), digest, item),
            )

    def settle(self, item: int, state: ItemState, message: str = "") -> None:
        """Note how an item ended; only what is done keeps its result."""
        with self._changing():
            self._database.execute(
                "UPDATE items SET state = ?, message = ? WHERE id = ?", (state.value, message, item)
            )
            if state is not ItemState.DONE:
                self._database.execute(
                    "UPDATE items SET result = NULL, hash = NULL WHERE id = ?", (item,)
                )

    def retry(self) -> int:
        """Let all failed items wait again; return how many."""
        with self._changing():
            return self._database.execute(
                "UPDATE items SET state = 'waiting', message = '' WHERE state = 'failed'"
            ).rowcount

    def reorder(self, items: Sequence[int]) -> None:
        """Let these items come next, in this order; also while the batch runs."""
        with self._changing():
            first = self._one("SELECT coalesce(min(position), 0) FROM items") - len(items)
            self._database.executemany(
                "UPDATE items SET position = ? WHERE id = ?",
                [(first + place, item) for place, item in enumerate(items)],
            )

    def sheet(self) -> Path | None:
        """Return where the contact sheet is, or is about to be."""
        with self._told():
            kept = self._one("SELECT sheet FROM batch")
        try:
            return result_path(kept, self.plan.output.folder)
        except (TypeError, ValueError) as error:
            raise BadBatch(folder=self.folder, reason="its sheet cannot be read") from error

    def photos_named(self, name: str) -> list[Path]:
        """Return the photos with a file name, in any case and form."""
        with self._told():
            rows = self._database.execute("SELECT DISTINCT photo FROM items").fetchall()
        photos = (Path(os.fsdecode(row["photo"])) for row in rows)
        return [photo for photo in photos if _key(photo.name) == _key(name)]

    def set_sheet(self, path: Path) -> None:
        """Note where the contact sheet is about to be written."""
        with self._changing():
            self._database.execute("UPDATE batch SET sheet = ?", (os.fsencode(path),))

    def _knows(self, photo: SourcePhoto) -> bool:
        return bool(
            self._one(
                "SELECT EXISTS (SELECT 1 FROM items WHERE photo = ? AND member = ?)",
                (os.fsencode(photo.path), photo.member),
            )
        )

    def _add(
        self,
        photo: SourcePhoto,
        look: int,
        target: PurePosixPath,
        suffix: str,
        namesakes: dict[str, int],
    ) -> None:
        """Insert an item under a name that no other item of the batch has on any system."""
        plain = _key(f"{target}{suffix}")
        while True:
            number = namesakes[plain] = namesakes.get(plain, 0) + 1
            name = f"{target}{suffix}" if number == 1 else f"{target} {number}{suffix}"
            taken = "SELECT EXISTS (SELECT 1 FROM items WHERE target_key = ?)"
            if not self._one(taken, (_key(name),)):
                break
        self._database.execute(
            """INSERT INTO items (photo, member, look, target, target_key, position, state)
            VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) + 1 FROM items), 'waiting')""",
            (os.fsencode(photo.path), photo.member, look, name, _key(name)),
        )

    def _items(self, query: str, values: tuple[object, ...]) -> list[BatchItem]:
        with self._told():
            rows = self._database.execute(query, values).fetchall()
        try:
            return [item_of(row, self.plan) for row in rows]
        except (TypeError, ValueError) as error:
            raise BadBatch(folder=self.folder, reason="its list cannot be read") from error


def batches(parent: Path) -> list[BatchRecord]:
    """Return the batches below a folder, newest first; damaged ones are left out."""
    records = []
    for document in parent.glob(f"*/{DOCUMENT}"):
        with suppress(StudioError), Journal(document.parent) as journal:
            records.append(
                BatchRecord(journal.folder, journal.created, journal.plan, journal.counts())
            )
    return sorted(records, key=lambda each: (each.created, each.folder), reverse=True)


def _new_folder(parent: Path, stem: str) -> Path:
    """Make a folder that did not exist."""
    number = 1
    while True:
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        except OSError as error:
            raise FolderNotWritable(folder=parent, reason=error.strerror) from error
        else:
            return folder


def _key(name: str) -> str:
    """Return what two names share that are one on a system that minds neither case nor form."""
    return unicodedata.normalize("NFC", name).casefold()
