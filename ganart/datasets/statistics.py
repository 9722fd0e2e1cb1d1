"""What a dataset is like as a whole: sizes, shapes, colours, variety."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.colour import Colour
from ganart.datasets.looks import GROUPS, SIDE, features
from ganart.datasets.oklab import to_oklab, to_srgb_levels
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.datasets.records import PictureRow
from ganart.datasets.variety import Variety, variety

SIDE_EDGES = (0, 32, 64, 128, 256, 512, 1024, 2048, 4096)
"""Bounds of the classes of the shorter side in pixels; the last class has no upper bound."""
ASPECT_EDGES = (0.0, 0.4, 0.6, 0.74, 0.9, 1.1, 1.35, 1.67, 2.5)
"""Bounds of the classes of width / height; the middle one is nearly square."""
PALETTE_COLOURS = 8

_CHUNK = 256
_STEP = 8
"""Every so many pixels of a small picture, each way, one goes into the palette."""
_PALETTE_PIXELS = 100_000
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lie in each class, from its edge up to the next one's."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of the palette."""

    colour: Colour
    share: float
    """Of all pixels, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Describing:
    """`done` of `total` pictures were looked at."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """What the pictures to train on are like."""

    rows: tuple[PictureRow, ...]
    """The pictures, in the order of `variety`; those without a thumbnail are left out."""
    sides: Histogram
    aspects: Histogram
    palette: tuple[Swatch, ...]
    """The most frequent colour first."""
    variety: Variety


def describe(catalogue: Catalogue, poll: Poll) -> Iterator[Describing | Description]:
    """Describe all readable pictures that are not rejected, by their thumbnails.

    The last event is a `Description`; asked to stop, it ends without.
    """
    stop = Stop(poll)
    rows = [row for row in catalogue.pictures() if row.weight]
    seen: list[PictureRow] = []
    parts: list[npt.NDArray[np.float32]] = []
    sampled: list[npt.NDArray[np.uint8]] = []
    chunks = (rows[begin : begin + _CHUNK] for begin in range(0, len(rows), _CHUNK))
    loaded = ([(row, catalogue.thumbnail(row.id)) for row in chunk] for chunk in chunks)
    yield Describing(0, len(rows))
    done = 0
    with closing(in_order(_look, loaded, stop)) as results:
        for chunk, (kept, numbers, pixels) in results:
            done += len(chunk)
            seen += kept
            parts.append(numbers)
            sampled.append(pixels)
            yield Describing(done, len(rows))
    if stop():
        return
    none = np.zeros((0, sum(GROUPS)), np.float32)
    yield Description(
        rows=tuple(seen),
        sides=histogram([min(row.width, row.height) for row in seen], SIDE_EDGES),
        aspects=histogram([row.width / row.height for row in seen], ASPECT_EDGES),
        palette=palette(np.concatenate([np.zeros((0, 3), np.uint8), *sampled])),
        variety=variety(np.concatenate([none, *parts])),
    )


def histogram(values: Sequence[float], edges: Sequence[float]) -> Histogram:
    """Count values by classes; each begins at its edge, and the last one has no end."""
    classes = np.searchsorted(np.asarray(edges), np.asarray(values), side="right") - 1
    counts = np.bincount(classes.clip(0), minlength=len(edges))
    return Histogram(tuple(edges), tuple(int(count) for count in counts))


def palette(pixels: npt.NDArray[np.uint8], count: int = PALETTE_COLOURS) -> tuple[Swatch, ...]:
    """Return up to `count` colours that stand for all pixels (N, 3), by k-means in Oklab.

    Equal pixels give equal colours. Fewer colours come of pixels that have no more.
    """
    if not len(pixels):
        return ()
    points = to_oklab(pixels[:: -(-len(pixels) // _PALETTE_PIXELS)]).astype(np.float64)
    centres = _far_apart(points, count)
    for _ in range(_ROUNDS):
        nearest = _nearest(points, centres)
        sizes = np.bincount(nearest, minlength=len(centres))
        sums = np.stack(
            [np.bincount(nearest, axis, minlength=len(centres)) for axis in points.T], axis=1
        )
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
    shares = np.bincount(_nearest(points, centres), minlength=len(centres)) / len(points)
    order = np.argsort(-shares, kind="stable")
    colours = to_srgb_levels(centres)
    return tuple(
        Swatch((int(colours[i, 0]), int(colours[i, 1]), int(colours[i, 2])), float(shares[i]))
        for i in order
        if shares[i]
    )


_Look = tuple[list[PictureRow], npt.NDArray[np.float32], npt.NDArray[np.uint8]]


def _look(chunk: Sequence[tuple[PictureRow, bytes | None]]) -> _Look:
    """Return the pictures with a sound thumbnail, their features, and pixels for the palette."""
    found = [(row, _small(thumbnail)) for row, thumbnail in chunk]
    kept = [(row, pixels) for row, pixels in found if pixels is not None]
    small = np.zeros((len(kept), SIDE, SIDE, 3), np.uint8)
    for place, (_, pixels) in enumerate(kept):
        small[place] = pixels
    sampled = small[:, _STEP // 2 :: _STEP, _STEP // 2 :: _STEP].reshape(-1, 3)
    return [row for row, _ in kept], features(small), sampled


def _small(thumbnail: bytes | None) -> npt.NDArray[np.uint8] | None:
    if thumbnail is None:
        return None
    try:
        with Image.open(BytesIO(thumbnail), formats=("PNG", "JPEG")) as image:
            image.draft("RGB", (SIDE, SIDE))
            small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    except (OSError, SyntaxError, ValueError):  # of a catalogue that was damaged
        return None
    return np.asarray(small)


def _far_apart(points: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    """Return points to begin with: the one nearest to the mean, then ever the one farthest off.

    Of the farthest fiftieth the nearest is taken, so that a stray pixel makes no colour.
    """
    first = ((points - points.mean(axis=0)) ** 2).sum(axis=1).argmin()
    chosen = [points[first]]
    distances = np.full(len(points), np.inf)
    while len(chosen) < count:
        distances = np.minimum(distances, ((points - chosen[-1]) ** 2).sum(axis=1))
        if distances.max() == 0:
            break
        place = len(points) - 1 - len(points) // 50
        at = int(np.argpartition(distances, place)[place])
        chosen.append(points[at if distances[at] > 0 else int(distances.argmax())])
    return np.stack(chosen)


def _nearest(
    points: npt.NDArray[np.float64], centres: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    between = (centres**2).sum(axis=1) - 2 * points @ centres.T
    nearest: npt.NDArray[np.int64] = between.argmin(axis=1)
    return nearest
