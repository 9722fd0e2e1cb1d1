"""Writes the results of a batch so that none is lost, doubled or written over another's."""

import os
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from ganart.engine.style.batch_journal import Journal
from ganart.engine.style.batch_line import Encoded
from ganart.engine.style.batch_records import BatchItem
from ganart.engine.style.events import ItemState
from ganart.errors import FolderNotWritable, StudioError
from ganart.files import make_folder, require_space, unfinished_path, write_new
from ganart.media.names import free_name


class OutputLost(Exception):
    """No result can be written any more; `error` says why."""

    def __init__(self, error: StudioError) -> None:
        super().__init__(str(error))
        self.error = error


class Results:
    """The output folder of a batch that is running."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._output = journal.plan.output
        self._begun = datetime.fromisoformat(journal.created).timestamp()  # seconds, rounded down

    def settle_intended(self) -> None:
        """Call done what a killed program had written but not noted, and remove its leftovers."""
        for item in self._journal.intended():
            if item.result is None:
                continue
            with suppress(OSError):
                unfinished_path(item.result, self._mark(item)).unlink()
            if _hash(item.result) == item.hash:
                self._journal.settle(item.id, ItemState.DONE)

    def is_there(self, item: BatchItem) -> bool:
        """Tell whether an item needs no work since its name is taken."""
        return self._output.existing == "skip" and os.path.lexists(self._planned(item))

    def write(self, item: BatchItem, encoded: Encoded) -> Path | None:
        """Write a result and return its path; None where one is to be left as it is.

        Raises `FolderNotWritable` where this result alone fails, `OutputLost` where all would.
        """
        folder = self._output.folder
        try:
            require_space(folder, len(encoded.content))
            planned = self._planned(item)
            make_folder(planned.parent)
            return self._write(item, encoded, planned)
        except FolderNotWritable as error:
            if os.access(folder, os.W_OK):
                raise
            raise OutputLost(error) from error
        except StudioError as error:
            raise OutputLost(error) from error

    def _write(self, item: BatchItem, encoded: Encoded, planned: Path) -> Path | None:
        target, replace = planned, False
        while True:
            if os.path.lexists(target):
                if self._output.existing == "skip":
                    return None
                replace = self._output.existing == "overwrite" and self._may_replace(target)
                if not replace:
                    target = free_name(planned.parent, planned.stem, planned.suffix)
            self._journal.intend(item.id, target, encoded.hash)
            try:
                write_new(target, encoded.content, self._mark(item), replace)
            except FileExistsError:
                continue  # another program was quicker
            return target

    def _planned(self, item: BatchItem) -> Path:
        return self._output.folder / item.target

    def _may_replace(self, path: Path) -> bool:
        """Tell whether a file was there before the batch began and is none of its photos."""
        try:
            if path.lstat().st_mtime >= self._begun:
                return False
        except OSError:
            return False
        return not any(_is_same(path, photo) for photo in self._journal.photos_named(path.name))

    def _mark(self, item: BatchItem) -> str:
        return f"{self._journal.id}-{item.id}"


def _is_same(path: Path, photo: Path) -> bool:
    try:
        return path.samefile(photo)
    except OSError:  # a photo that is gone cannot be harmed
        return False


def _hash(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
