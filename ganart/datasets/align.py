"""Lays pictures over one another and measures what still differs.

One of two versions of a picture may be cropped, lighter or darker. So first the window of the one
that the other shows is found, coarse to fine: least squares on the brightness, linear in a shift
and a scale for each axis, a gain and an offset (Lucas and Kanade 1981, "An iterative image
registration technique", §4.4, with brightness as in their §4.5). What differs then is weighed by
the edges: a window that is off by a fraction of a pixel differs where the edges are, another
picture differs elsewhere too.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ganart.datasets.imprint import ColourPlanes

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_SCALE_RANGE = (0.8, 1.25)
_MOST_SHIFT = 0.12
_MOST_STEP = 0.06
"""A step of the least squares goes no further; the linear model does not reach there."""
_NOISE = 0.01
"""Edges weaker than this, of brightness 0 to 1, are taken for compression and rounding."""
_COLOUR_NOISE = 0.015
_BLOCK = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Where in the first picture the second one lies; arrays of one length.

    A place x of the second, −½ to ½, is at `scale · x + shift` of the first.
    """

    places: Floats
    """(N, 4): horizontal scale and shift, vertical scale and shift."""

    @classmethod
    def whole(cls, count: int) -> "Window":
        """Return windows that show everything."""
        return cls(np.tile(np.array([1, 0, 1, 0], np.float32), (count, 1)))

    def chosen(self, which: Flags) -> "Window":
        """Return some of the windows."""
        return Window(self.places[which])

    def show(self, pictures: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Floats]:
        """Return what the windows show of pictures (n, side, side), and 1 where that is inside."""
        size = pictures.shape[1]
        across, inside_x = _resampling(size, self.places[:, 0], self.places[:, 1])
        down, inside_y = _resampling(size, self.places[:, 2], self.places[:, 3])
        inside = inside_y[:, :, None] & inside_x[:, None, :]
        return down @ pictures @ across.transpose(0, 2, 1), inside.astype(np.float32)


def find_window(first: Floats, second: Floats, window: Window, steps: int) -> Window:
    """Improve windows of square pictures (N, size, size) by some steps of least squares."""
    size = first.shape[1]
    axis = _axis(size)
    pixels = (len(first), size * size, -1)
    # Little pulls on the unknowns where nothing in the picture says what they are.
    pull = 1e-4 * size * size * np.array([0.3, 0.3, 0.3, 0.3, 0.003, 0.003], np.float32)
    places = window.places
    for _ in range(steps):
        shown, inside = Window(places).show(first)
        slope_x, slope_y = _slopes(shown)
        slope_x *= size / places[:, 0, None, None]
        slope_y *= size / places[:, 2, None, None]
        columns = np.stack(
            [slope_x * axis, slope_x, slope_y * axis[:, None], slope_y, shown, np.ones_like(shown)],
            axis=-1,
        ).reshape(pixels)
        weighted = (columns * inside.reshape(pixels)).transpose(0, 2, 1)
        normal = weighted @ columns
        normal[:, range(6), range(6)] += pull
        solved = np.linalg.solve(normal, weighted @ second.reshape(pixels))[:, :, 0]
        gain = np.where(np.abs(solved[:, 4]) < 0.2, np.float32(0.2), solved[:, 4])
        places = places + np.clip(solved[:, :4] / gain[:, None], -_MOST_STEP, _MOST_STEP)
        places[:, ::2] = places[:, ::2].clip(*_SCALE_RANGE)
        places[:, 1::2] = places[:, 1::2].clip(-_MOST_SHIFT, _MOST_SHIFT)
    return Window(places)


@dataclass(frozen=True, slots=True)
class Difference:
    """How the second pictures differ from the windows of the first; arrays of one length."""

    gain: Floats
    """Contrast of the second, as a multiple of the first's."""
    offset: Floats
    """Mean brightness of the second less that of the first."""
    against_contrast: Floats
    """What differs with that gain and offset, root mean square, over the contrast of both."""
    against_edges: Floats
    """The same over the strength of the weaker edges of the two."""
    worst_block: Floats
    """The same, of the block of 4 × 4 pixels that differs most."""


def difference(first: Floats, second: Floats, window: Window) -> Difference:
    """Compare the brightness of square pictures (N, size, size)."""
    shown, inside = window.show(first)
    count = inside.sum((1, 2)) + 1e-6
    means = [(each * inside).sum((1, 2)) / count for each in (shown, second)]
    one, other = (
        (each - mean[:, None, None]) * inside
        for each, mean in zip((shown, second), means, strict=True)
    )
    contrast = [(each**2).sum((1, 2)) / count for each in (one, other)]
    gain = (one * other).sum((1, 2)) / count / (contrast[0] + 1e-4)
    one *= gain[:, None, None]
    rest = (other - one) ** 2
    edges = [
        ((x**2 + y**2) * inside).sum((1, 2)) / count
        for x, y in (_slopes(shown * gain[:, None, None]), _slopes(second))
    ]
    edge = np.sqrt(np.minimum(*edges) + _NOISE**2)
    mean_rest = np.sqrt(rest.sum((1, 2)) / count)
    return Difference(
        gain=gain,
        offset=means[1] - means[0],
        against_contrast=mean_rest / np.sqrt(np.sqrt(contrast[0] * contrast[1]) + 0.02**2),
        against_edges=mean_rest / edge,
        worst_block=np.sqrt(_averaged(rest, _BLOCK).max((1, 2))) / edge,
    )


@dataclass(frozen=True, slots=True)
class ColourDifference:
    """How the colours of the second pictures differ; arrays of one length."""

    turn: Floats
    """Hue of the second against the first, in radians from 0 to π."""
    strength: Floats
    """Natural logarithm of the saturation of the one over the other's, 0 and above."""
    rest: Floats
    """What differs with that hue and saturation, root mean square; colours are −½ to ½."""
    worst: Floats
    """The same at the worst of all places, a sixteenth of the side in size."""


def colour_difference(
    first: ColourPlanes, second: ColourPlanes, window: Window
) -> ColourDifference:
    """Compare colours (N, 16, 16)."""
    shown, inside = window.show(first)
    one, other = shown * inside, second * inside
    noise = first.shape[1] ** 2 * _COLOUR_NOISE**2
    common = (one.conj() * other).sum((1, 2)) + noise
    own = [(np.abs(each) ** 2).sum((1, 2)) + noise for each in (one, other)]
    rest = np.abs(other - (common / own[0])[:, None, None] * one)
    return ColourDifference(
        turn=np.abs(np.angle(common)),
        strength=np.abs(np.log(own[1] / own[0])) / 2,
        rest=np.sqrt((rest**2).sum((1, 2)) / (inside.sum((1, 2)) + 1e-6)),
        worst=rest.max((1, 2)),
    )


def halved(pictures: Floats) -> Floats:
    """Return pictures (n, side, side) at half the side."""
    return _averaged(pictures, 2)


def _axis(size: int) -> Floats:
    """Return the places of the pixels along a side, −½ to ½."""
    axis: Floats = ((np.arange(size) + 0.5) / size - 0.5).astype(np.float32)
    return axis


def _resampling(size: int, scale: Floats, shift: Floats) -> tuple[Floats, Flags]:
    """Return matrices (N, size, size) that resample one axis linearly, and what lies inside."""
    places = (scale[:, None] * _axis(size) + shift[:, None] + 0.5) * size - 0.5
    inside = (places >= -0.51) & (places <= size - 0.49)
    places = places.clip(0, size - 1)
    weights = 1 - np.abs(places[:, :, None] - np.arange(size, dtype=np.float32))
    return weights.clip(0), inside


def _slopes(pictures: Floats) -> tuple[Floats, Floats]:
    across, down = np.zeros_like(pictures), np.zeros_like(pictures)
    across[:, :, 1:-1] = (pictures[:, :, 2:] - pictures[:, :, :-2]) / 2
    down[:, 1:-1] = (pictures[:, 2:] - pictures[:, :-2]) / 2
    return across, down


def _averaged(values: Floats, block: int) -> Floats:
    """Return the means of square blocks."""
    count = values.shape[1] // block
    means: Floats = values.reshape(-1, count, block, count, block).mean((2, 4))
    return means
