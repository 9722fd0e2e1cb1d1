"""Stylizing many photos: start a batch, go on with it, retry what failed.

A batch's folder holds `batch.sqlite` (`ganart.engine.style.batch_journal`). Its results go to the
output folder of its plan.
"""

import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from pathlib import Path

from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.pool import Stop
from ganart.engine.asks import Ask, Poll
from ganart.engine.style.batch_document import with_whole_paths
from ganart.engine.style.batch_journal import DOCUMENT as DOCUMENT
from ganart.engine.style.batch_journal import Journal
from ganart.engine.style.batch_journal import batches as batches
from ganart.engine.style.batch_line import ITEMS_AT_ONCE, Encoded, Line, Stylize
from ganart.engine.style.batch_plan import BatchPlan, check_plan
from ganart.engine.style.batch_records import BatchItem, NothingToStylize
from ganart.engine.style.batch_results import OutputLost, Results
from ganart.engine.style.batch_sheet import sheet_of
from ganart.engine.style.batch_sources import SourcePhoto, find_photos
from ganart.engine.style.events import (
    BatchFinished,
    BatchStarted,
    ItemEnded,
    ItemState,
    StyleTrouble,
)
from ganart.engine.style.watch import Watch
from ganart.errors import StudioError
from ganart.files import make_folder, require_space, write_atomic, write_new
from ganart.media.names import free_name
from ganart.media.photo_files import Plain, encoded_photo
from ganart.media.style_recipe import Source, StyleRecipe

BatchEvent = BatchStarted | ItemEnded | StyleTrouble | BatchFinished

_POLL_S = 0.1


def start(plan: BatchPlan, folder: Path, poll: Poll) -> Iterator[BatchEvent]:
    """Begin a new batch in a folder of its own below `folder`.

    Asked to stop while the sources are listed, it ends without a batch. Raises `BadOption`,
    `NothingToStylize`, `DiskFull`, `FolderNotWritable` and other children of `StudioError`; what
    was written before is noted, and `resume` goes on.
    """
    check_plan(plan)
    stop = _stop(poll)
    photos: list[SourcePhoto] = []
    plan = with_whole_paths(plan)
    for found in find_photos(plan.sources, plan.output.folder, stop):
        if isinstance(found, SourcePhoto):
            photos.append(found)
        else:
            yield StyleTrouble(found)
    if stop():
        return
    if not photos and not plan.watch:
        raise NothingToStylize()
    make_folder(plan.output.folder)
    # A guess: a result takes about as much as its photo. Each is checked again when it is written.
    needed = sum(photo.size_bytes for photo in photos) * len(plan.looks)
    require_space(plan.output.folder, needed)
    with Journal.create(folder, plan, photos) as journal, journal.running():
        yield from _run(journal, stop)


def resume(folder: Path, poll: Poll) -> Iterator[BatchEvent]:
    """Go on with the batch in `folder`, doing nothing twice. Raises as `start`, and `BadBatch`,
    `BatchInUse`.
    """
    with Journal(folder) as journal, journal.running():
        yield from _run(journal, _stop(poll))


def retry(folder: Path, poll: Poll) -> Iterator[BatchEvent]:
    """Go on with the batch in `folder`, and try what failed again. Raises as `resume`."""
    with Journal(folder) as journal, journal.running():
        journal.retry()
        yield from _run(journal, _stop(poll))


def _stop(poll: Poll) -> Stop:
    return Stop(lambda: poll() is Ask.STOP)


def _run(journal: Journal, stop: Stop) -> Iterator[BatchEvent]:
    make_folder(journal.plan.output.folder)
    results = Results(journal)
    results.settle_intended()
    counts = journal.counts()
    yield BatchStarted(journal.folder, counts.total, counts.ended)
    if counts.waiting or journal.plan.watch:
        stylize = load_stylizers(journal.plan)
        try:
            with closing(Line(journal.plan, journal.created, stylize)) as line:
                yield from _Runner(journal, results, line, stop).run()
        except OutputLost as lost:
            raise lost.error from lost
    sheet = None if stop() else _contact_sheet(journal, stop)
    counts = journal.counts()
    yield BatchFinished(journal.folder, counts.done, counts.skipped, counts.failed, stop(), sheet)


def load_stylizers(plan: BatchPlan) -> Stylize:
    """Return the networks of a plan; loads torch."""
    from ganart.engine.style.batch_compute import Stylizers

    return Stylizers(plan)


class _Runner:
    """Keeps the line busy until nothing is waiting, or until asked to stop."""

    def __init__(self, journal: Journal, results: Results, line: Line, stop: Stop) -> None:
        self._journal = journal
        self._results = results
        self._line = line
        self._stop = stop
        self._watch = Watch(journal, stop) if journal.plan.watch else None
        self._under_way: deque[tuple[BatchItem, Future[Encoded]]] = deque()
        self._computed = 0
        self._begun = time.monotonic()

    def run(self) -> Iterator[ItemEnded]:
        while not self._stop():
            if self._watch is not None:
                self._watch.look()
            yield from self._feed()
            if self._under_way:
                yield from self._collect()
            elif self._watch is None:
                return
            else:
                time.sleep(_POLL_S)

    def _feed(self) -> Iterator[ItemEnded]:
        """Fill the line with what comes next; items whose results are there end at once."""
        while len(self._under_way) < ITEMS_AT_ONCE and not self._stop():
            item = self._journal.coming({each.id for each, _ in self._under_way})
            if item is None:
                return
            if self._results.is_there(item):
                yield self._ended(item, ItemState.SKIPPED)
            else:
                self._under_way.append((item, self._line.begin(item)))

    def _collect(self) -> Iterator[ItemEnded]:
        """Write the result that is due, if it is ready soon."""
        item, future = self._under_way[0]
        if not wait([future], timeout=_POLL_S).done:
            return
        self._under_way.popleft()
        self._computed += 1
        try:
            path = self._results.write(item, future.result())
        except OutputLost:
            raise
        except StudioError as error:
            yield self._ended(item, ItemState.FAILED, error=error)
        except MemoryError:
            trouble = Unreadable(item.photo.shown, Reason.NO_MEMORY)
            yield self._ended(item, ItemState.FAILED, error=trouble)
        except Exception as fault:
            # Even a fault of ours on one odd photo must not cost the night's work on the others.
            yield self._ended(item, ItemState.FAILED, error=StudioError(reason=repr(fault)))
        else:
            state = ItemState.SKIPPED if path is None else ItemState.DONE
            yield self._ended(item, state, path)

    def _ended(
        self,
        item: BatchItem,
        state: ItemState,
        result: Path | None = None,
        error: StudioError | None = None,
    ) -> ItemEnded:
        self._journal.settle(item.id, state, "" if error is None else str(error))
        counts = self._journal.counts()
        pace = (time.monotonic() - self._begun) / max(1, self._computed)
        return ItemEnded(
            item=item.id,
            photo=item.photo.shown,
            look=item.look,
            state=state,
            result=result,
            error=error,
            done=counts.ended,
            total=counts.total,
            time_left_s=pace * counts.waiting,
        )


def _contact_sheet(journal: Journal, stop: Stop) -> Path | None:
    """Write the contact sheet if the plan wants one, over the one that the batch wrote before."""
    output = journal.plan.output
    if not output.sheet:
        return None
    items = sorted(journal.items(), key=lambda item: item.id)
    results = [item.result for item in items if item.state is ItemState.DONE and item.result]
    pixels = sheet_of(results, stop)
    if pixels is None:
        return None
    recipe = StyleRecipe("stylized", Source("contact sheet"), (), {}, created=journal.created)
    content = encoded_photo(pixels, ".jpg", Plain(), recipe=recipe)
    if (own := journal.sheet()) is not None:
        write_atomic(own, content)
        return own
    while True:
        target = free_name(output.folder, "contact sheet", ".jpg")
        journal.set_sheet(target)
        try:
            write_new(target, content, f"{journal.id}-sheet")
        except FileExistsError:
            continue  # another batch was quicker
        return target
