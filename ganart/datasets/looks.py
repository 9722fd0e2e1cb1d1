"""What small copies of pictures look like, in numbers: their colours, and where edges run how."""

import numpy as np
import numpy.typing as npt

from ganart.datasets.oklab import to_oklab

SIDE = 32
"""Width and height of the small copies that are measured."""

Small = npt.NDArray[np.uint8]
"""(N, SIDE, SIDE, 3), sRGB."""
Features = npt.NDArray[np.float32]
"""(N, features)."""

_CELLS = 4
"""Fields each way whose mean colours are taken."""
_LEVELS = 4
"""Steps of each axis of colour in the histogram."""
_DIRECTIONS = 8
_QUARTERS = 2
"""Fields each way whose edges are counted."""
_COLOUR_SPAN = 0.16
"""Colourfulness from which on colours share the last step of the histogram."""

GROUPS = (3 * _CELLS**2, _LEVELS**3, _DIRECTIONS * _QUARTERS**2)
"""Numbers of features that belong together: mean colours, histogram of colours, edges."""


def features(small: Small) -> Features:
    """Return the features of small pictures, the `GROUPS` side by side."""
    colours = to_oklab(small)
    return np.concatenate((_means(colours), _histogram(colours), _edges(colours[..., 0])), axis=1)


def _means(colours: npt.NDArray[np.float32]) -> Features:
    side = SIDE // _CELLS
    fields = colours.reshape(-1, _CELLS, side, _CELLS, side, 3)
    means: Features = fields.mean(axis=(2, 4)).reshape(len(colours), 3 * _CELLS**2)
    return means


def _histogram(colours: npt.NDArray[np.float32]) -> Features:
    """Return the square roots of the shares of colours, so that rare ones count too."""
    low = np.array([0, -_COLOUR_SPAN, -_COLOUR_SPAN], np.float32)
    span = np.array([1, 2 * _COLOUR_SPAN, 2 * _COLOUR_SPAN], np.float32)
    steps = ((colours - low) / span * _LEVELS).astype(np.int64).clip(0, _LEVELS - 1)
    bins = steps @ np.array([_LEVELS**2, _LEVELS, 1])
    return np.sqrt(_counted(bins.reshape(-1, SIDE**2), None, _LEVELS**3) / SIDE**2)


def _edges(light: npt.NDArray[np.float32]) -> Features:
    """Return how strong edges of each direction are in each quarter, the roots of their shares."""
    down = np.diff(light, axis=1, append=light[:, -1:])
    across = np.diff(light, axis=2, append=light[:, :, -1:])
    turn = np.arctan2(down, across) / np.pi  # an edge and its reverse are one direction
    direction = (turn % 1 * _DIRECTIONS).astype(np.int64) % _DIRECTIONS
    half = np.arange(SIDE) * _QUARTERS // SIDE
    quarter = half[:, None] * _QUARTERS + half[None]
    bins = (direction + _DIRECTIONS * quarter).reshape(-1, SIDE**2)
    strength = np.hypot(down, across).reshape(-1, SIDE**2)
    return np.sqrt(_counted(bins, strength, _DIRECTIONS * _QUARTERS**2) / SIDE)


def _counted(
    bins: npt.NDArray[np.int64], weights: npt.NDArray[np.float32] | None, count: int
) -> Features:
    """Return histograms (N, count) of the rows of `bins` (N, values)."""
    rows = np.arange(len(bins))[:, None] * count
    flat = None if weights is None else weights.ravel()
    counts = np.bincount((bins + rows).ravel(), flat, len(bins) * count)
    return counts.reshape(len(bins), count).astype(np.float32)
