"""Brings the catalogue up to date with the folders, decoding only what is new or changed."""

import os
from collections.abc import Container, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from ganart.datasets.catalogue import Catalogue, Found, PictureRow, Verdict
from ganart.datasets.errors import FolderGone, Reason, Unreadable
from ganart.datasets.inspect import Inspected, inspect
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.datasets.renames import Lost
from ganart.datasets.walk import Unlisted, walk

_LISTING_STEP = 500
"""Files between two reports while folders are listed."""
_BATCH = 64
_BATCH_S = 0.5
"""Results are written when there are so many, or after so long; a crash loses no more than that."""


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
    under a folder that cannot be reached; where a new file has the pixels and bytes of one that is
    gone, it is taken for that one and keeps its notes. The last event is `Scanned`. When a source
    cannot be reached, the others are scanned first, and then `FolderGone` is raised. When asked to
    stop, what was decoded so far is kept.
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
    absent = set() if stop() else known.keys() - listing.files.keys()
    absent = {path for path in absent if _is_under(path, roots) and not _is_under(path, unseen)}
    decoding = _Decoding(catalogue, known, Lost(known[path] for path in absent))
    yield from decoding.run(listing.files, stop)

    away = [root for root in roots if not os.access(root, os.R_OK)]
    absent = set() if stop() else absent
    gone = [
        known[path].id
        for path in (absent | decoding.vanished) & known.keys()
        if known[path].id not in decoding.renamed and not _is_under(path, away)
    ]
    catalogue.forget(gone)

    counts = catalogue.counts()
    yield Scanned(
        counts.readable,
        counts.refused,
        decoding.added,
        len(gone),
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

    def __init__(self, catalogue: Catalogue, known: Mapping[Path, PictureRow], lost: Lost) -> None:
        self.added = 0
        """Readable pictures that are new."""
        self.vanished: set[Path] = set()
        """What was listed, but was gone when its turn came."""
        self.renamed: dict[int, Path] = {}
        """Where known pictures lie now, by number."""
        self._catalogue = catalogue
        self._known = known
        self._lost = lost
        self._results: list[tuple[Found, Inspected | Reason]] = []
        self._moved: dict[int, Path] = {}
        self._written = monotonic()

    def run(self, files: Mapping[Path, Found], stop: Stop) -> Iterator[ScanEvent]:
        measured = self._catalogue.measured()
        stale = [
            found
            for found in files.values()
            if not _is_current(found, self._known.get(found.path), measured)
        ]
        done = len(files) - len(stale)
        try:
            with closing(in_order(_try_inspect, stale, stop)) as results:
                for found, result in results:
                    done += 1
                    if result is Reason.MISSING:
                        self.vanished.add(found.path)
                        continue
                    self._take(found, result)
                    if isinstance(result, Reason):
                        yield Refused(found.path, result)
                    yield Scanning(done, len(files), found.path)
        finally:
            self._write()

    def _take(self, found: Found, result: Inspected | Reason) -> None:
        if isinstance(result, Inspected) and found.path not in self._known:
            row = self._lost.find(found, result)
            if row is None:
                self.added += 1
            else:
                self._moved[row.id] = found.path
        self._results.append((found, result))
        if len(self._results) >= _BATCH or monotonic() - self._written > _BATCH_S:
            self._write()

    def _write(self) -> None:
        results, self._results = self._results, []
        moved, self._moved = self._moved, {}
        if moved:
            self._catalogue.rename(moved)
        self._catalogue.record(results)
        self.renamed |= moved
        self._written = monotonic()


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


def _is_under(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
