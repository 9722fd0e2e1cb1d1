"""Proposes where to crop a picture: where something stands out, else its middle."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.datasets.framing import Framing, Size, both_sides, window
from ganart.datasets.oklab import to_oklab

LOOK_SIDE = 64
"""A picture is looked at with its longer side at most so many pixels."""
_LEAST_GAIN = 0.04
"""Share of what stands out in a picture that leaving the middle must gain."""
_NEARLY = 0.98
"""Windows with so much of what the best one has are as good."""
_COLOUR_WEIGHTS = np.array([1.0, 3.0, 3.0])
"""Of lightness and the two axes of colour: shadows differ from light everywhere."""
_BORDER_LOSS = 0.5
_FAINT = 2.5e-3
"""Mean of what stands out, below which a picture is plain."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where to look in a picture."""

    framing: Framing
    """Has a focus where the middle was left; it serves other aspects as well."""
    middle: float
    """Share of what stands out that the crop about the middle holds, 0 to 1."""
    proposed: float
    """Share that the proposed crop holds; never less."""


def propose(image: Image.Image, size: Size) -> Proposal:
    """Return where to crop an upright RGB image, or a thumbnail of it, for the aspect of `size`.

    The crop has full height or full width, so it slides one way only. It goes where most stands
    out (`standing_out`); it stays in the middle where that gains little, as in plain pictures.
    """
    small = image.copy()
    small.thumbnail((LOOK_SIDE, LOOK_SIDE), Image.Resampling.BOX)
    energy = standing_out(np.asarray(small))
    left, top, right, bottom = window(*small.size, both_sides(size))
    sideways = right - left < small.width
    line = energy.sum(axis=0 if sideways else 1)
    length, centre = (right - left, left) if sideways else (bottom - top, top)
    total = float(line.sum())
    if total < _FAINT * energy.size:
        return Proposal(Framing(), 1.0, 1.0)
    before = np.concatenate(([0.0], line.cumsum()))
    shares = (before[length:] - before[:-length]) / total
    begin = _best(shares, centre)
    if shares[begin] < shares[centre] + _LEAST_GAIN:
        return Proposal(Framing(), float(shares[centre]), float(shares[centre]))
    along = (begin + length / 2) / line.size
    focus = (along, 0.5) if sideways else (0.5, along)
    return Proposal(Framing(focus=focus), float(shares[centre]), float(shares[begin]))


def standing_out(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return (H, W), how much each pixel of sRGB (H, W, 3) draws the eye.

    It is how strongly the picture changes there, times how far the colour is from the picture's
    usual one: texture in the colour of all (leaves, waves) counts little, and so does a plain sky.
    Towards the border it counts less, since people place what they mean in the middle.
    """
    colours = to_oklab(pixels) * _COLOUR_WEIGHTS
    height, width = pixels.shape[:2]
    change = np.zeros((height, width))
    change[1:] += np.linalg.norm(np.diff(colours, axis=0), axis=-1)
    change[:, 1:] += np.linalg.norm(np.diff(colours, axis=1), axis=-1)
    usual = np.median(colours.reshape(-1, 3), axis=0)
    unusual = np.linalg.norm(colours - usual, axis=-1)
    down, across = np.abs(np.linspace(-1, 1, height)), np.abs(np.linspace(-1, 1, width))
    change *= unusual * (1 - _BORDER_LOSS * np.maximum(down[:, None], across[None]))
    return change


def _best(shares: npt.NDArray[np.float64], centre: int) -> int:
    """Return the middle of those windows side by side that have nearly most.

    So what stands out comes to the middle of the crop. Of several such rows of windows that
    nearest to the middle of the picture is taken.
    """
    good = np.flatnonzero(shares >= _NEARLY * shares.max())
    rows = np.split(good, np.flatnonzero(np.diff(good) > 1) + 1)
    nearest = min(rows, key=lambda row: int(np.abs(row - centre).min()))
    return int(nearest[(len(nearest) - 1) // 2])
