"""How a picture of any shape becomes one of the size that training takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from typing import Any, Self

import numpy as np
from PIL import Image, ImageFilter

from ganart.datasets.colour import WHITE, Colour

FRAMING_VERSION = 1
"""Counts up when `frame` gives other pixels than before, so that prepared pictures are remade."""

Size = int | tuple[int, int]
"""Width and height in pixels; one number is the side of a square."""
Window = tuple[int, int, int, int]
"""Left, top, right and bottom of some pixels of a picture; the last two lie outside."""

_DIGITS = 6
"""Decimals kept of a share: finer than a pixel of the largest picture."""
_BLUR_SHARE = 1 / 12
"""Radius of the blur beside a picture, as a share of the longer side."""


class BadFraming(ValueError):
    """A framing that cannot be, or its text is damaged."""


class Fill(StrEnum):
    """What is done with a picture of another aspect than is wanted."""

    CROP = "crop"
    """The largest part of the wanted aspect is taken."""
    COLOUR = "colour"
    """All is kept, with the background colour beside it."""
    EDGE = "edge"
    """All is kept, with its outermost pixels repeated beside it."""
    BLUR = "blur"
    """All is kept, with itself beside it, enlarged and blurred."""
    STRETCH = "stretch"
    """All is kept and pulled to the wanted aspect."""


def _share(value: float) -> float:
    """Return a share of a side with the decimals that are kept. Raises `BadFraming`."""
    if not 0 <= value <= 1:  # which NaN is not either
        raise BadFraming(f"{value} is no share of a side")
    return round(float(value), _DIGITS)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an upright picture, in shares of its width and height, each 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        for name in ("left", "top", "right", "bottom"):
            object.__setattr__(self, name, _share(getattr(self, name)))
        if self.left >= self.right or self.top >= self.bottom:
            raise BadFraming(f"{self} holds nothing")

    def pixels(self, width: int, height: int) -> Window:
        """Return the pixels of a picture that the box holds, one each way at least."""
        left, right = _span(self.left, self.right, width)
        top, bottom = _span(self.top, self.bottom, height)
        return left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Framing:
    """What of a picture is shown, and how it is fitted; the default is its largest middle part."""

    crop: Box | None = None
    """What may be shown at all; None is the whole picture."""
    focus: tuple[float, float] | None = None
    """A point, in shares of width and height from the upper left, that `Fill.CROP` brings as near
    to the middle as the picture allows; None is the middle of `crop`."""
    fill: Fill = Fill.CROP
    background: Colour = WHITE
    """Behind what is clear, and beside the picture for `Fill.COLOUR`."""

    def __post_init__(self) -> None:
        if self.focus is not None:
            across, down = self.focus
            object.__setattr__(self, "focus", (_share(across), _share(down)))
        if len(self.background) != 3 or not all(
            type(part) is int and 0 <= part <= 255 for part in self.background
        ):
            raise BadFraming(f"{self.background} is no colour")

    def to_json(self) -> str:
        """Return one line of ASCII JSON; equal framings give equal text, the default '{}'."""
        values: dict[str, Any] = {}
        if self.crop is not None:
            values["crop"] = [self.crop.left, self.crop.top, self.crop.right, self.crop.bottom]
        if self.focus is not None:
            values["focus"] = list(self.focus)
        if self.fill is not Fill.CROP:
            values["fill"] = self.fill.value
        if self.background != WHITE:
            values["background"] = list(self.background)
        return json.dumps(values, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; unknown names are passed over. Raises `BadFraming`."""
        try:
            values = json.loads(text)
            return cls._of(values)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise BadFraming(f"{text[:80]!r} is no framing") from error

    @classmethod
    def _of(cls, values: Mapping[str, Any]) -> Self:
        crop, focus = values.get("crop"), values.get("focus")
        across_down = None
        if focus is not None:
            across, down = focus
            across_down = (float(across), float(down))
        return cls(
            crop=None if crop is None else Box(*map(float, crop)),
            focus=across_down,
            fill=Fill(values.get("fill", Fill.CROP)),
            background=tuple(values.get("background", WHITE)),
        )


WHOLE = Box(0, 0, 1, 1)
USUAL = Framing()
"""What holds where nothing else was chosen."""


def both_sides(size: Size) -> tuple[int, int]:
    """Return width and height of a size that may be one number."""
    return (size, size) if isinstance(size, int) else size


def frame(image: Image.Image, size: Size, framing: Framing = USUAL) -> Image.Image:
    """Return what `framing` shows of an upright RGB image, as `size` pixels.

    A whole-number ratio, up or down, averages or repeats whole pixels, which keeps enlarged pixel
    art crisp; any other ratio is resampled by Lanczos. Equal arguments give equal pixels.
    """
    width, height = both_sides(size)
    if framing.fill is Fill.CROP:
        return _resized(image, window(image.width, image.height, size, framing), width, height)
    region = (framing.crop or WHOLE).pixels(*image.size)
    if framing.fill is Fill.STRETCH:
        return _resized(image, region, width, height)
    return _padded(image, region, (width, height), framing)


def window(width: int, height: int, size: Size, framing: Framing = USUAL) -> Window:
    """Return which pixels of a picture of `width` × `height` `Fill.CROP` shows for `size`."""
    left, top, right, bottom = (framing.crop or WHOLE).pixels(width, height)
    part_width, part_height = _largest(right - left, bottom - top, both_sides(size))
    across, down = (None, None) if framing.focus is None else framing.focus
    x = _begin(left, right, part_width, None if across is None else across * width)
    y = _begin(top, bottom, part_height, None if down is None else down * height)
    return x, y, x + part_width, y + part_height


def needed_side(size: Size, framing: Framing = USUAL) -> int:
    """Return how many pixels a picture's shorter side must have for `crop` to have `size`."""
    width, height = both_sides(size)
    box = framing.crop or WHOLE
    most = max(width / (box.right - box.left), height / (box.bottom - box.top))
    return min(floor(most + 0.5), 2**30)


def unstretched(image: Image.Image, aspect: float) -> Image.Image:
    """Pull a picture that was stretched back to `aspect`, width to height; no side gets shorter."""
    width, height = image.size
    wanted = max(width, _rounded(height * aspect)), max(height, _rounded(width / aspect))
    return image.resize(wanted, Image.Resampling.LANCZOS)


def _span(begin: float, end: float, length: int) -> tuple[int, int]:
    first = min(_rounded(begin * length), length - 1)
    return first, max(_rounded(end * length), first + 1)


def _rounded(value: float) -> int:
    """Return the nearest whole number, a half going up, unlike Python's `round`."""
    return floor(value + 0.5)


def _largest(width: int, height: int, size: tuple[int, int]) -> tuple[int, int]:
    """Return the largest width and height of the aspect of `size` within others."""
    if width * size[1] >= height * size[0]:
        return max(1, min(width, _rounded(height * size[0] / size[1]))), height
    return width, max(1, min(height, _rounded(width * size[1] / size[0])))


def _begin(low: int, high: int, length: int, middle: float | None) -> int:
    """Return where a part of `length` begins that has `middle` in its midst, as far as it can."""
    if middle is None:
        return low + (high - low - length) // 2
    return min(max(low, _rounded(middle - length / 2)), high - length)


def _resized(image: Image.Image, part: Window, width: int, height: int) -> Image.Image:
    part_width, part_height = part[2] - part[0], part[3] - part[1]
    whole = (part_width % width == 0 and part_height % height == 0) or (
        width % part_width == 0 and height % part_height == 0
    )
    return image.resize(
        (width, height),
        Image.Resampling.BOX if whole else Image.Resampling.LANCZOS,
        box=part,
        # Shrinks very large pictures in two passes: much faster, and no difference to be seen.
        reducing_gap=None if whole else 3.0,
    )


def _padded(
    image: Image.Image, region: Window, size: tuple[int, int], framing: Framing
) -> Image.Image:
    """Return all of `region` within `size`, with something beside it."""
    width, height = size
    inner_width, inner_height = _largest(
        width, height, (region[2] - region[0], region[3] - region[1])
    )
    inner = _resized(image, region, inner_width, inner_height)
    left, top = (width - inner_width) // 2, (height - inner_height) // 2
    if framing.fill is Fill.EDGE:
        right, bottom = width - inner_width - left, height - inner_height - top
        beside = ((top, bottom), (left, right), (0, 0))
        return Image.fromarray(np.pad(np.asarray(inner), beside, mode="edge"))
    if framing.fill is Fill.COLOUR:
        ground = Image.new("RGB", size, framing.background)
    else:
        cover = window(image.width, image.height, size, Framing(crop=framing.crop))
        blur = ImageFilter.GaussianBlur(max(size) * _BLUR_SHARE)
        ground = _resized(image, cover, width, height).filter(blur)
    ground.paste(inner, (left, top))
    return ground
