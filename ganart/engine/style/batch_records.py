"""What the journal of a batch tells: items, counts, and what can be wrong. Imports no torch."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ganart.engine.errors import EngineError
from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.batch_sources import SourcePhoto
from ganart.engine.style.events import ItemState
from ganart.text import QT_TRANSLATE_NOOP


class BadBatch(EngineError):
    """Details: `folder`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The batch in {folder} cannot be opened: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "All results that it wrote are still there.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Start a new batch into the same folder; results that are there can be skipped."
    )


class NothingToStylize(EngineError):
    """The sources of a batch hold no picture."""

    happened = QT_TRANSLATE_NOOP("errors", "There is no picture in what you chose.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose pictures, folders of pictures or ZIP files.")


class BatchInUse(EngineError):
    """Details: `folder`."""

    happened = QT_TRANSLATE_NOOP("errors", "The batch in {folder} is running already.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Wait for it to end, or stop it in the other window.")


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One photo under one look."""

    id: int
    photo: SourcePhoto
    look: int
    """Index in the plan's looks."""
    target: PurePosixPath
    """Planned name below the output folder."""
    state: ItemState
    result: Path | None
    """The file that was written, or is about to be."""
    hash: str | None
    """SHA-256 of `result` in hexadecimal digits."""
    message: str
    """Why it failed, in English."""


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many items are in each state."""

    waiting: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All items."""
        return self.ended + self.waiting

    @property
    def ended(self) -> int:
        """All items that are not waiting."""
        return self.done + self.skipped + self.failed


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch on disk as a list shows it."""

    folder: Path
    created: str
    """ISO 8601 date and time."""
    plan: BatchPlan
    counts: BatchCounts
