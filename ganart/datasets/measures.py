"""Numbers about one picture that tell what may be wrong with it; `issues` judges them."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt
from PIL import Image

MEASURES_VERSION = 1
"""Counts up when `measure` or `make_imprint` gives others, so that pictures are measured anew."""

MEASURED_SIDE = 256
"""Longest side at which pictures are measured, at least; less than twice that."""

_FRAME_SIDE = 128
_FRAME_TOLERANCE = 12
"""Grey levels within which a frame is of one colour: a compressed one is not quite."""
_FRAME_STEP = 24
"""Grey levels by which a picture stands out from its frame."""
_STRAIGHT = 0.9
"""Share of a line that stands out where a frame ends; a motif on plain ground begins gradually."""
_EDGE_SHARE = 0.995
_EDGE_REACH = 8
_COLOUR_SHARE = 0.99


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a reduced copy of a picture."""

    darkest: float
    """Brightness that 5 % of the pixels do not reach, 0 to 1."""
    brightest: float
    """Brightness that 1 % of the pixels pass, 0 to 1."""
    entropy: float
    """Of the histogram of brightness, in bits: 0 for one level, at most 8."""
    colour: float
    """Difference of the largest and the least of R, G, B that 1 % of the pixels pass, 0 to 1."""
    sharpness: float
    """Strongest step between neighbours over the strongest between pixels 8 apart, 0 to 1."""
    frame: float
    """Share of the area that plain bars along opposite sides take, 0 to 1."""
    clear: float
    """Share of the area that is transparent, 0 to 1."""


NUMBERS = len(fields(Measures))


def reduced(image: Image.Image) -> Image.Image:
    """Return a copy of 256 to 511 pixels along the longer side, or `image` where it is smaller."""
    factor = max(image.size) // MEASURED_SIDE
    return image if factor <= 1 else image.reduce(factor)


def measure(small: Image.Image, clear: float) -> Measures:
    """Measure a `reduced` RGB picture whose original is transparent to the share `clear`."""
    grey = small.convert("L")
    shares = np.array(grey.histogram()) / (grey.width * grey.height)
    levels = np.cumsum(shares)
    tiny = small.copy()
    tiny.thumbnail((_FRAME_SIDE, _FRAME_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(tiny)
    saturation = np.ptp(pixels, axis=2).reshape(-1)
    some = shares[shares > 0]
    return Measures(
        darkest=_level(levels, 0.05),
        brightest=_level(levels, 0.99),
        entropy=max(0.0, float(-(some * np.log2(some)).sum())),
        colour=_level(_rising(saturation), _COLOUR_SHARE),
        sharpness=_sharpness(np.asarray(grey)),
        frame=_frame(pixels),
        clear=clear,
    )


def clear_share(alpha: Image.Image | None) -> float:
    """Return how much of a picture with this alpha is transparent, 0 to 1."""
    if alpha is None:
        return 0.0
    counts = np.array(alpha.histogram())
    return float((counts * np.arange(255, -1, -1)).sum() / (255 * counts.sum()))


def pack(measures: Measures) -> bytes:
    """Return the numbers as bytes of 32-bit floats."""
    return np.array(astuple(measures), "<f4").tobytes()


def unpack(packed: Iterable[bytes]) -> npt.NDArray[np.float32]:
    """Return (N, `NUMBERS`): a row for each picture, in the order of the fields."""
    return np.frombuffer(b"".join(packed), "<f4").reshape(-1, NUMBERS)


def _rising(values: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return which share of the values is not above 0, 1, … 255."""
    counts = np.bincount(values, minlength=256)
    return np.cumsum(counts) / max(1, len(values))


def _level(rising: npt.NDArray[np.float64], share: float) -> float:
    """Return the least level, 0 to 1, that is not passed by more than the rest of `share`."""
    return min(255, int(np.searchsorted(rising, share - 1e-9))) / 255


def _sharpness(grey: npt.NDArray[np.uint8]) -> float:
    """Look at the strongest edges only: a blurred background does not make a picture blurred."""
    best = 0.0
    for lines in (grey, grey.T):
        if lines.shape[1] <= _EDGE_REACH:
            continue
        near, far = (
            np.abs(lines[:, reach:].astype(np.int16) - lines[:, :-reach]).astype(np.uint8)
            for reach in (1, _EDGE_REACH)
        )
        step, rise = (_level(_rising(each.reshape(-1)), _EDGE_SHARE) for each in (near, far))
        best = max(best, min(1.0, step / rise) if rise else 0.0)
    return best


def _frame(pixels: npt.NDArray[np.uint8]) -> float:
    lines = pixels.astype(np.int16)
    kept = 1.0
    for way in (lines, lines.transpose(1, 0, 2)):
        bars = [_bar(each) for each in (way, way[::-1])]
        if all(bars):  # A bar on one side alone is a sky or a wall.
            kept *= 1 - sum(bars) / len(way)
    return 1 - kept


def _bar(lines: npt.NDArray[np.int16]) -> int:
    """Return how many lines from the first on are a bar: plain, and ending all at once."""
    colour = lines[0].mean(axis=0)
    plain = (np.abs(lines - colour) <= _FRAME_TOLERANCE).all(axis=(1, 2))
    depth = len(lines) if plain.all() else int(plain.argmin())
    # The line in which a bar ends may be a mixture, so the one behind it is looked at.
    if not 0 < depth < len(lines) // 2:
        return 0
    # At the ends of that line the bars of the other sides may lie.
    margin = lines.shape[1] // 10
    behind = lines[depth + 1, margin : lines.shape[1] - margin]
    stands_out = (np.abs(behind - colour) > _FRAME_STEP).any(axis=1)
    return depth if stands_out.mean() >= _STRAIGHT else 0
