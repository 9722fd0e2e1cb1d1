"""What is drawn onto finished pictures: a signature and the number of an edition."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from ganart.media.letters import letters_of
from ganart.media.sizing import AnyPixels

EDGE = 0.6
"""Distance from the edges, of the letters' height."""
_MIN_LETTERS_PX = 6
_MOST_WIDTH = 0.9
"""Of the picture that a mark may take."""
_MIDDLE = 0.5
"""Brightness, 0 to 1, above which what is behind a mark counts as light."""
_LIGHT_WEIGHTS = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Mark:
    """A text in a corner."""

    text: str
    size: float
    """Height of the letters, as a share of the picture's height."""
    corner: str
    """"bottom right" and the like."""
    opacity: float
    """0 ... 1"""


def marked(pixels: AnyPixels, marks: Sequence[Mark], inks: Sequence[bool] = ()) -> AnyPixels:
    """Return pixels with the marks drawn on, of the same depth.

    `inks` says for each whether it is light; without, what is behind it decides (`inks_for`).
    """
    drawn = pixels
    for number, mark in enumerate(marks):
        mask, left, top = _mask(mark, pixels.shape[1], pixels.shape[0])
        height, width = mask.shape
        box = np.s_[top : top + height, left : left + width]
        is_light = inks[number] if inks else _wants_light(pixels[box])
        ink = float(np.iinfo(pixels.dtype).max) if is_light else 0.0
        share = mask[..., None] * mark.opacity
        if drawn is pixels:
            drawn = pixels.copy()
        mixed = drawn[box] * (1 - share) + ink * share
        drawn[box] = np.rint(mixed).astype(pixels.dtype)
    return drawn


def inks_for(pixels: AnyPixels, marks: Sequence[Mark]) -> tuple[bool, ...]:
    """Return for each mark whether light letters show better: all frames of a film want one."""
    found = []
    for mark in marks:
        mask, left, top = _mask(mark, pixels.shape[1], pixels.shape[0])
        height, width = mask.shape
        found.append(_wants_light(pixels[top : top + height, left : left + width]))
    return tuple(found)


def _mask(mark: Mark, width: int, height: int) -> tuple[np.ndarray, int, int]:
    """Return how much of each pixel the letters cover, 0 ... 1, and its left and top."""
    letters = max(_MIN_LETTERS_PX, round(mark.size * height))
    font = letters_of(letters)
    left, top, right, bottom = font.getbbox(mark.text)
    room = _MOST_WIDTH * width
    if right - left > room:
        letters = max(1, int(letters * room / (right - left)))
        font = letters_of(letters)
        left, top, right, bottom = font.getbbox(mark.text)
    size = (max(1, round(right - left)), max(1, round(bottom - top)))
    image = Image.new("L", size)
    ImageDraw.Draw(image).text((-left, -top), mark.text, 255, font)
    mask = np.asarray(image, np.float32)[:height, :width] / 255
    edge = round(EDGE * letters)
    rows, columns = mask.shape
    down = edge if mark.corner.startswith("top") else height - rows - edge
    across = edge if mark.corner.endswith("left") else width - columns - edge
    return mask, min(max(0, across), width - columns), min(max(0, down), height - rows)


def _wants_light(behind: AnyPixels) -> bool:
    brightness = behind.reshape(-1, 3).mean(0) @ np.array(_LIGHT_WEIGHTS)
    return bool(brightness / np.iinfo(behind.dtype).max <= _MIDDLE)
