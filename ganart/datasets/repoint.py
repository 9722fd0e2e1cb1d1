"""Finds a source again that was moved or renamed, with all that is noted of its pictures."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ganart.datasets.catalogue import Catalogue, PictureRow, Verdict
from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable, printable
from ganart.datasets.inspect import pixel_hash
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

_LEAST_SHARE = 0.5
"""Of the pictures that must be found for the folder to be the same one."""


class NoSource(StudioError):
    """Detail: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} is no folder of the dataset.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose one of its folders.")


class NotThatFolder(StudioError):
    """Details: `old`, `new`, `found`, `total`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{new} does not hold the pictures of {old}: {found} of {total} were found."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose the folder that holds them now, or add that folder as a new one."
    )


@dataclass(frozen=True, slots=True)
class Comparing:
    """`done` of `total` pictures were looked for."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Repointed:
    """The source lies elsewhere now; the next scan drops what was not found."""

    old: Path
    new: Path
    found: int
    total: int


def repoint(
    catalogue: Catalogue, old: Path, new: Path, poll: Poll
) -> Iterator[Comparing | Repointed]:
    """Have the source `old` lie at `new`, each picture at the same place below it.

    A picture is found where a file lies that has its size, and its time or its very pixels. The
    last event is `Repointed`; asked to stop, nothing is changed. Raises `NotThatFolder` where fewer
    than half are found, `NoSource` where `old` is no source.
    """
    sources = catalogue.sources()
    if old not in sources:
        raise NoSource(path=printable(old))
    new = Path(os.path.realpath(new))  # As `Catalogue.add_source` does.
    stop = Stop(poll)
    others = [source for source in sources if source != old]
    rows = [
        row
        for row in catalogue.pictures(readable=False)
        if row.path.is_relative_to(old)
        and not any(row.path.is_relative_to(other) for other in others)
    ]
    places = {row.id: new / row.path.relative_to(old) for row in rows}
    known = [row for row in rows if row.verdict is Verdict.READABLE]
    found = 0
    yield Comparing(0, len(known))
    with closing(in_order(partial(_is_at, places), known, stop)) as results:
        for done, (_, same) in enumerate(results, start=1):
            found += same
            yield Comparing(done, len(known))
    if stop():
        return
    if not new.exists() or found < _LEAST_SHARE * len(known):
        raise NotThatFolder(old=printable(old), new=printable(new), found=found, total=len(known))
    catalogue.move_source(old, new, places)
    yield Repointed(old, new, found, len(known))


def _is_at(places: dict[int, Path], row: PictureRow) -> bool:
    """Tell whether a picture lies at its new place."""
    path = places[row.id]
    try:
        status = path.stat()
        if status.st_size != row.size_bytes:
            return False
        return status.st_mtime_ns == row.mtime_ns or pixel_hash(decode(path)) == row.pixel_hash
    except (OSError, Unreadable):
        return False
