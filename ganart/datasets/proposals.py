"""Proposes crops for a whole dataset, from its thumbnails."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image

from ganart.datasets.catalogue import Catalogue, PictureRow
from ganart.datasets.framing import Framing, Size
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.datasets.salient import propose


@dataclass(frozen=True, slots=True)
class Proposing:
    """`done` of `total` pictures were looked at."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """The end: these pictures leave their middle; the others stay as they are."""

    framings: Mapping[Path, Framing]
    looked_at: int


def propose_all(catalogue: Catalogue, size: Size, poll: Poll) -> Iterator[Proposing | Proposed]:
    """Look where to crop all pictures for `size` that are not rejected, nor framed by hand.

    Nothing is written: what is accepted goes to `Catalogue.set_framing`. The last event is
    `Proposed`; asked to stop, it ends without.
    """
    stop = Stop(poll)
    usual = catalogue.usual_framing()
    rows = [row for row in catalogue.pictures() if row.weight and row.framing is None]
    found: dict[Path, Framing] = {}
    thumbnails = ((row, catalogue.thumbnail(row.id)) for row in rows)
    yield Proposing(0, len(rows))
    with closing(in_order(partial(_look, size), thumbnails, stop)) as results:
        for done, ((row, _), focus) in enumerate(results, start=1):
            if focus is not None:
                found[row.path] = replace(usual, focus=focus)
            yield Proposing(done, len(rows))
    if not stop():
        yield Proposed(found, len(rows))


def _look(size: Size, item: tuple[PictureRow, bytes | None]) -> tuple[float, float] | None:
    """Return the focus that is proposed for a picture, None for its middle."""
    _, thumbnail = item
    if thumbnail is None:
        return None
    try:
        with Image.open(BytesIO(thumbnail), formats=("PNG", "JPEG")) as image:
            return propose(image.convert("RGB"), size).framing.focus
    except (OSError, SyntaxError, ValueError):  # of a catalogue that was damaged
        return None
