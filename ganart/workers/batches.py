"""Jobs on batches: run one, go on with it, look at what it has done, forget it.

Torch is loaded when one starts that stylizes.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.style.batch_journal import Journal, batches
from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.batch_records import BatchCounts as BatchCounts
from ganart.engine.style.batch_records import BatchItem as BatchItem
from ganart.engine.style.batch_records import BatchRecord as BatchRecord
from ganart.errors import FolderNotWritable
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class BatchesFound:
    """The batches of a project, newest first."""

    records: tuple[BatchRecord, ...]


@dataclass(frozen=True, slots=True)
class BatchOpened:
    """A batch with its items in the order in which they are worked on."""

    record: BatchRecord
    items: tuple[BatchItem, ...]
    sheet: Path | None
    """Its contact sheet, if there is one."""


def start_batch(plan: BatchPlan, folder: Path) -> Job:
    """Return a job that makes a new batch below `folder`; records as in `style.events`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style import batch

        yield from batch.start(plan, folder, poll)

    return job


def resume_batch(folder: Path) -> Job:
    """Return a job that goes on with a batch; what is done is not done again."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style import batch

        yield from batch.resume(folder, poll)

    return job


def retry_batch(folder: Path) -> Job:
    """Return a job that tries the failed items of a batch again, and goes on."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style import batch

        yield from batch.retry(folder, poll)

    return job


def read_batches(folder: Path) -> Job:
    """Return a job that yields one `BatchesFound`."""

    def job(_poll: Poll) -> Iterator[BatchesFound]:
        yield BatchesFound(tuple(batches(folder)))

    return job


def open_batch(folder: Path) -> Job:
    """Return a job that yields one `BatchOpened`; fails with `BadBatch`."""

    def job(_poll: Poll) -> Iterator[BatchOpened]:
        with Journal(folder) as journal:
            yield _opened(journal)

    return job


def reorder_batch(folder: Path, items: Sequence[int]) -> Job:
    """Return a job that lets these items come first and yields the `BatchOpened`; also while
    the batch runs.
    """

    def job(_poll: Poll) -> Iterator[BatchOpened]:
        with Journal(folder) as journal:
            journal.reorder(items)
            yield _opened(journal)

    return job


def forget_batch(folder: Path) -> Job:
    """Return a job that removes the journal of a batch, but none of the results."""

    def job(_poll: Poll) -> Iterator[object]:
        with Journal(folder) as journal, journal.running():
            pass  # raises for what is no batch, or one that another program works on
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise FolderNotWritable(folder=folder, reason=error.strerror) from error
        yield from ()

    return job


def _opened(journal: Journal) -> BatchOpened:
    sheet = journal.sheet()
    record = BatchRecord(journal.folder, journal.created, journal.plan, journal.counts())
    shown = sheet if sheet is not None and sheet.is_file() else None
    return BatchOpened(record, tuple(journal.items()), shown)
