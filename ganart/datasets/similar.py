"""Finds pictures that are one and the same: exact copies, and versions of one another.

Versions are rescaled, recompressed, mirrored, slightly cropped or slightly recoloured. Folders of
one style are full of different pictures that look alike, so a few dozen numbers for each picture
only name candidates; `align` then compares the imprints of the two in detail.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.datasets.align import (
    ColourDifference,
    Difference,
    Flags,
    Floats,
    Window,
    colour_difference,
    difference,
    find_window,
    halved,
)
from ganart.datasets.imprint import IMPRINT_SIDE, ColourPlanes, Planes, read_imprints
from ganart.datasets.pool import Stop

Pairs = npt.NDArray[np.int32]
"""(N, 3): two places in a list of imprints, the lower first, and 1 where the second is mirrored."""

_FREQUENCIES = 8
_LIKENESS = 0.75
"""Least correlation of the low frequencies of candidates."""
_NEIGHBOURS = 32
"""Candidates of each picture, at most; in folders of one motif nearly all are alike at first."""
_ROWS = 128
_CHUNK = 1024
"""Pairs that are compared at once: so many fit a processor's cache."""

_CLOSE_SIDE = 64
"""Sides at which thumbnails are compared."""
_STEPS = ((8, 3, 0.68), (16, 3, 0.58), (IMPRINT_SIDE, 2, 0.45), (_CLOSE_SIDE, 2, 0.28))
"""Side, steps of least squares and most difference against the contrast, coarse to fine."""

# Tuned on the pictures of tests/bench/duplicates.py; what each means is told in `align`.
_MOST_AGAINST_EDGES = 0.95
_MOST_WORST_BLOCK = 2.1
_MOST_GAIN = 1.85
_MOST_OFFSET = 0.21
_MOST_TURN = 0.39
_MOST_STRENGTH = 1.2
_MOST_COLOUR = 0.07
_MOST_WORST_COLOUR = 0.2


def similar_pairs(
    imprints: Sequence[bytes], thumbnail: Callable[[int], Image.Image], stop: Stop
) -> Iterator[tuple[int, Pairs, Floats]]:
    """Yield how many pictures are through, the pairs of versions found, and how much these differ.

    The difference is what is left with the best window, gain and offset, root mean square, as a
    share of the contrast: 0 to 0.28. `thumbnail` gives the RGB thumbnail of the picture at a place;
    few are asked for. Asked to stop, it ends early.
    """
    if not imprints:
        return
    grey, colour = read_imprints(imprints)
    known = _Known(grey, colour, thumbnail)
    for done, pairs in _candidates(known.levels[16], stop):
        for start in range(0, len(pairs), _CHUNK):
            if stop():
                return
            yield done, *_confirmed(known, pairs[start : start + _CHUNK])
        yield done, pairs[:0], np.zeros(0, np.float32)


class _Known:
    """Pictures at several sides; the finest ones come from thumbnails when they are needed."""

    def __init__(
        self,
        grey: Planes,
        colour: ColourPlanes,
        thumbnail: Callable[[int], Image.Image],
    ) -> None:
        self.levels = {32: grey, 16: halved(grey)}
        self.levels[8] = halved(self.levels[16])
        self.colour = colour
        self._thumbnail = thumbnail
        self._close: dict[int, npt.NDArray[np.uint8]] = {}

    def both(self, side: int, pairs: Pairs) -> tuple[Floats, Floats]:
        """Return the first and the second pictures of pairs, mirrored where they shall be."""
        if side != _CLOSE_SIDE:
            return both(self.levels[side], pairs)
        first, second = (
            np.stack([self._look_closer(place) for place in pairs[:, column].tolist()])
            for column in (0, 1)
        )
        together = np.concatenate([first, second]).astype(np.float32) / 255
        places = np.arange(len(pairs), dtype=np.int32)
        return both(together, np.stack([places, places + len(pairs), pairs[:, 2]], axis=1))

    def _look_closer(self, place: int) -> npt.NDArray[np.uint8]:
        if place not in self._close:
            size = (_CLOSE_SIDE, _CLOSE_SIDE)
            close = self._thumbnail(place).resize(size, Image.Resampling.BILINEAR)
            self._close[place] = np.asarray(close.convert("L"))
        return self._close[place]


def _candidates(grey: Floats, stop: Stop) -> Iterator[tuple[int, Pairs]]:
    """Yield pairs with alike low frequencies, block of rows by block of rows.

    The frequencies of a mirror image are the same but for the sign of the odd ones across. So the
    products of the even and of the odd ones, added and subtracted, give both likenesses.
    """
    wave = np.arange(16)
    cosines = np.cos(np.pi / 16 * (wave + 0.5) * wave[:_FREQUENCIES, None]).astype(np.float32)
    waves = cosines @ grey @ cosines.T
    waves[:, 0, 0] = 0  # the mean brightness
    waves /= np.sqrt((waves**2).sum((1, 2), keepdims=True)) + 1e-6
    even = waves[:, :, ::2].reshape(len(grey), -1)
    odd = waves[:, :, 1::2].reshape(len(grey), -1)
    for start in range(0, len(grey), _ROWS):
        if stop():
            return
        end = min(start + _ROWS, len(grey))
        plain, turned = even[start:end] @ even[:end].T, odd[start:end] @ odd[:end].T
        found = [
            _alike(likeness, start, mirrored)
            for mirrored, likeness in enumerate((plain + turned, plain - turned))
        ]
        yield end, np.concatenate(found)


def _alike(likeness: Floats, start: int, mirrored: int) -> Pairs:
    """Return for each row the columns before it that are most alike; rows count from `start`."""
    likeness[:, start:][np.triu_indices(len(likeness))] = -1
    row, column = np.nonzero(likeness >= _LIKENESS)
    order = np.lexsort((-likeness[row, column], row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    row, column = row[rank < _NEIGHBOURS], column[rank < _NEIGHBOURS]
    return np.stack([column, row + start, np.full_like(row, mirrored)], axis=1).astype(np.int32)


def _confirmed(known: _Known, pairs: Pairs) -> tuple[Pairs, Floats]:
    """Return the pairs that are versions of one another, and how much they differ."""
    window = Window.whole(len(pairs))
    differences = np.zeros(len(pairs), np.float32)
    for side, steps, most in _STEPS:
        if not len(pairs):
            break
        first, second = known.both(side, pairs)
        window = find_window(first, second, window, steps)
        left = difference(first, second, window)
        kept: Flags = left.against_contrast <= most
        if side == _CLOSE_SIDE:
            kept &= _is_version(left)
        if side == IMPRINT_SIDE:
            kept &= _has_its_colours(colour_difference(*both(known.colour, pairs), window))
        pairs, window = pairs[kept], window.chosen(kept)
        differences = left.against_contrast[kept]
    return pairs, differences


def _is_version(left: Difference) -> Flags:
    return (
        (left.against_edges <= _MOST_AGAINST_EDGES)
        & (left.worst_block <= _MOST_WORST_BLOCK)
        & (left.gain <= _MOST_GAIN)
        & (left.gain >= 1 / _MOST_GAIN)
        & (np.abs(left.offset) <= _MOST_OFFSET)
    )


def _has_its_colours(left: ColourDifference) -> Flags:
    return (
        (left.turn <= _MOST_TURN)
        & (left.strength <= _MOST_STRENGTH)
        & (left.rest <= _MOST_COLOUR)
        & (left.worst <= _MOST_WORST_COLOUR)
    )


def both(planes: npt.NDArray[Any], pairs: Pairs) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the first and the second planes of pairs, the second mirrored where they shall be."""
    second = planes[pairs[:, 1]]
    return planes[pairs[:, 0]], np.where(pairs[:, 2, None, None] == 1, second[:, :, ::-1], second)
