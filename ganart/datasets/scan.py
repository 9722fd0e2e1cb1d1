"""Brings the catalogue up to date with the folders, decoding only what is new or changed."""

import os
from collections.abc import (
    Callable,
    Container,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from ganart.datasets.catalogue import Catalogue, Found, PictureRow, Verdict
from ganart.datasets.errors import FolderGone, Reason, Unreadable
from ganart.datasets.inspect import Inspected, inspect
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.datasets.renames import Renames
from ganart.datasets.walk import Unlisted, walk

_LISTING_STEP = 500
"""Files between two reports while folders are listed."""
_BATCH = 64
_BATCH_S = 0.5
"""Results are written when there are so many, or after so long; a crash loses no more than that."""


Take = Callable[[Found, Inspected], bool]


@dataclass(frozen=True, slots=True)
class Scanning:
    """`done` of `total` files are up to date; `total` is 0 while the folders are being listed."""

    done: int
    total: int
    current: Path


@dataclass(frozen=True, slots=True)
class Refused:
    """One file, or a folder that cannot be listed, that cannot be used, and why."""

    path: Path
    reason: Reason


@dataclass(frozen=True, slots=True)
class Scanned:
    """The end of a scan: what the catalogue holds now and what this scan changed."""

    readable: int
    refused: int
    added: int
    """Readable pictures that were not known before."""
    removed: int
    """Known files that are gone."""
    seconds: float
    stopped: bool = False
    """Whether the scan was asked to stop before it was through."""
    renamed: int = 0
    """Known pictures that lie under another name now, with all that is noted of them."""


ScanEvent = Scanning | Refused | Scanned


def scan(
    catalogue: Catalogue, poll: Poll, sources: Iterable[Path] | None = None
) -> Iterator[ScanEvent]:
    """Bring the catalogue up to date with all its sources, or with those given.

    A readable picture of the same size and time is not decoded again, if this version of the
    studio has measured it; a refused one is tried again. Files that are gone are dropped, except
    under a folder that cannot be reached, or of a source that is entirely empty, as an unplugged
    drive leaves it. Pictures that were renamed, moved or swapped keep their notes; see `Renames`.
    The last event is `Scanned`. When a source cannot be reached, the others are scanned first, and
    then `FolderGone` is raised. When asked to stop, what was decoded so far is kept.
    """
    started = monotonic()
    stop = Stop(poll)
    roots = list(catalogue.sources() if sources is None else sources)
    known = {row.path: row for row in catalogue.pictures(readable=False)}

    listing = yield from _list(roots, stop)
    blocked = [item for item in listing.unlisted if item.folder not in roots]
    catalogue.record((Found(item.folder, 0, 0), item.reason) for item in blocked)
    for item in blocked:
        yield Refused(item.folder, item.reason)

    unseen = [item.folder for item in listing.unlisted]
    unseen += [root for root in roots if is_bare(root)]
    there = [source for source in catalogue.sources() if os.access(source, os.R_OK)]
    missing = set() if stop() else known.keys() - listing.files.keys()
    absent = _below(roots, missing) - _below(unseen, missing)
    unsure = _below(there, missing) - absent
    decoding = _Decoding(catalogue, known)
    yield from decoding.run(listing.files, absent, unsure, stop)

    away = [root for root in roots if not os.access(root, os.R_OK)]
    gone = ((set() if stop() else absent) | decoding.vanished) & known.keys()
    gone -= decoding.left | _below(away, gone)
    catalogue.forget(known[path].id for path in gone)

    counts = catalogue.counts()
    yield Scanned(
        counts.readable,
        counts.refused,
        decoding.added,
        len(gone) + len(decoding.displaced),
        monotonic() - started,
        stop(),
        len(decoding.renamed),
    )
    if away:
        raise FolderGone(away[0])


@dataclass(slots=True)
class _Listing:
    files: dict[Path, Found]
    unlisted: list[Unlisted]


def _list(roots: Iterable[Path], stop: Stop) -> Generator[ScanEvent, None, _Listing]:
    listing = _Listing({}, [])
    for root in roots:
        for item in walk(root, stop):
            if isinstance(item, Unlisted):
                listing.unlisted.append(item)
                continue
            if len(listing.files) % _LISTING_STEP == 0:
                yield Scanning(0, 0, item.path)
            listing.files[item.path] = item
    return listing


class _Decoding:
    """Decodes what is new or changed and writes what is learnt, in few transactions."""

    def __init__(self, catalogue: Catalogue, known: Mapping[Path, PictureRow]) -> None:
        self.added = 0
        """Readable pictures that are new."""
        self.vanished: set[Path] = set()
        """What was listed, but was gone when its turn came."""
        self.renamed: dict[Path, PictureRow] = {}
        """The known pictures that lie under other names now, by these."""
        self.left: set[Path] = set()
        """The names that they had."""
        self.displaced: list[PictureRow] = []
        """Known files whose names others have now, and that are nowhere else."""
        self._catalogue = catalogue
        self._known = known
        self._measured = catalogue.measured()
        self._rewritten: dict[Path, Found] = {}
        """Known files of which something new was written."""
        self._results: list[tuple[Found, Inspected | Reason]] = []
        self._written = monotonic()

    def run(
        self, files: Mapping[Path, Found], gone: Set[Path], unsure: Set[Path], stop: Stop
    ) -> Iterator[ScanEvent]:
        """Read `files`; of the known ones some are `gone`, and some may be; see `Renames`."""
        stale = [
            found
            for found in files.values()
            if not _is_current(found, self._known.get(found.path), self._measured)
        ]
        renames = Renames(self._known, {found.path for found in stale}, gone, unsure)
        is_complete = False
        try:
            yield from self._read(stale, len(files), stop, renames.take)
            is_complete = not stop()
        finally:
            self._rename(renames.found(is_complete))
        if is_complete:
            again = self._to_be_read_again(renames)
            yield from self._read(again, len(files) + len(again), stop, _take_none)

    def _read(
        self, items: Sequence[Found], total: int, stop: Stop, take: Take
    ) -> Iterator[ScanEvent]:
        """Decode `items`, the last of `total`, and write what `take` does not take."""
        done = total - len(items)
        try:
            with closing(in_order(_try_inspect, items, stop)) as results:
                for found, result in results:
                    done += 1
                    if result is Reason.MISSING:
                        self.vanished.add(found.path)
                        continue
                    if isinstance(result, Reason) or not take(found, result):
                        self._keep(found, result)
                    if isinstance(result, Reason):
                        yield Refused(found.path, result)
                    yield Scanning(done, total, found.path)
        finally:
            self._write()

    def _keep(self, found: Found, result: Inspected | Reason) -> None:
        row = self._known.get(found.path)
        if row is not None:
            self._rewritten[found.path] = found
        has_row = row is not None and found.path not in self.left
        if isinstance(result, Inspected) and not has_row and found.path not in self.renamed:
            self.added += 1
        self._results.append((found, result))
        if len(self._results) >= _BATCH or monotonic() - self._written > _BATCH_S:
            self._write()

    def _rename(self, found: Sequence[tuple[PictureRow, Found]]) -> None:
        self.renamed = {each.path: row for row, each in found}
        self.left = {row.path for row, _ in found}
        taken = self.renamed.keys() & self._known.keys()
        self.displaced = [self._known[path] for path in taken - self.left]
        self._catalogue.rename({row.id: each.path for row, each in found})

    def _to_be_read_again(self, renames: Renames) -> list[Found]:
        """Return what is not as the catalogue says after renaming: few files, or none."""
        again = [self._rewritten[path] for path in self.left & self._rewritten.keys()]
        for found in renames.arrived():
            row = self.renamed.get(found.path)
            is_written = row is not None and row.path not in self._rewritten
            if not is_written or not _is_current(found, row, self._measured):
                again.append(found)
        return again

    def _write(self) -> None:
        results, self._results = self._results, []
        self._catalogue.record(results)
        self._written = monotonic()


def _take_none(_found: Found, _inspected: Inspected) -> bool:
    return False


def _try_inspect(found: Found) -> Inspected | Reason:
    try:
        return inspect(found.path)
    except Unreadable as error:
        return error.reason


def _is_current(found: Found, row: PictureRow | None, measured: Container[int]) -> bool:
    """Tell whether a picture needs no decoding; refused ones may have been mended or allowed."""
    return (
        row is not None
        and row.verdict == Verdict.READABLE
        and row.id in measured
        and (row.size_bytes, row.mtime_ns) == (found.size_bytes, found.mtime_ns)
    )


def is_bare(source: Path) -> bool:
    """Tell whether a source is a folder with nothing in it, not even hidden files."""
    try:
        with os.scandir(source) as entries:
            return next(entries, None) is None
    except OSError:
        return False


def _below(folders: Iterable[Path], paths: Set[Path]) -> set[Path]:
    """Return those of `paths` that are one of the folders or lie in it.

    `Path.is_relative_to` would take a second for 50,000.
    """
    begins = tuple(os.path.join(folder, "") for folder in folders)  # noqa: PTH118  # with its slash
    return {path for path in paths if f"{path}{os.sep}".startswith(begins)}
