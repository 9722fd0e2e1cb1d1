"""A line chart drawn with Pillow alone, for runs without a window."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor, ImageDraw, ImageFont

Curve = npt.NDArray[np.float64]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""The Okabe-Ito colours, which colour-blind people can tell apart."""

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_INK = "#333333"
_GRID = "#dddddd"
_SMOOTH = 2
"""The chart is drawn this many times larger, then reduced, which smooths its lines."""


@dataclass(frozen=True)
class _Area:
    """The plotted part of a chart: where it lies in pixels and which values it spans."""

    left: float
    top: float
    right: float
    bottom: float
    x_span: tuple[float, float]
    y_span: tuple[float, float]

    def x(self, value: npt.ArrayLike) -> Curve:
        low, high = self.x_span
        return self.left + (np.asarray(value) - low) / (high - low) * (self.right - self.left)

    def y(self, value: npt.ArrayLike) -> Curve:
        low, high = self.y_span
        return self.bottom - (np.asarray(value) - low) / (high - low) * (self.bottom - self.top)


def loss_chart(
    curves: Mapping[str, Curve],
    x: Curve,
    width: int = 900,
    height: int = 500,
    x_label: str = "",
) -> Image.Image:
    """Draw curves by name over `x`, all of one length, as an RGB picture of width x height px.

    Points that are not finite leave gaps. Rare extremes may be cut off so that the rest can be
    seen. Raises `ValueError` for curves of another length than `x`.
    """
    if any(len(curve) != len(x) for curve in curves.values()):
        raise ValueError("every curve needs one value for each x")
    image = Image.new("RGB", (width * _SMOOTH, height * _SMOOTH), "white")
    draw = ImageDraw.Draw(image)
    letters = max(10, height // 32) * _SMOOTH
    font = ImageFont.load_default(letters)
    area = _Area(
        left=letters * 5.0,
        top=letters * 2.5,
        right=image.width - letters * 2.0,
        bottom=image.height - letters * (3.5 if x_label else 2.5),
        x_span=_span([x], share=1.0),
        y_span=_span(list(curves.values()), share=0.99, margin=0.05),
    )
    _draw_axes(draw, font, area, x_label)
    for colour, curve in zip(cycle(COLOURS), curves.values(), strict=False):
        _draw_curve(draw, area, x, curve, colour)
    _draw_legend(draw, font, area, list(curves))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _span(curves: Sequence[Curve], share: float, margin: float = 0.0) -> tuple[float, float]:
    """Return the lowest and highest value of the middle `share` of all points; never equal."""
    values = np.concatenate([*curves, np.empty(0)])
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 1.0
    low, high = (float(each) for each in np.quantile(values, [1 - share, share], method="nearest"))
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        room = abs(high) / 2 or 0.5
        return low - room, high + room
    room = (high - low) * margin
    return low - room, high + room


def ticks(low: float, high: float, about: int) -> list[float]:
    """Return round numbers (1, 2 or 5 times a power of ten) within low ... high."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [number * step for number in range(first, last + 1)]


def _draw_axes(draw: ImageDraw.ImageDraw, font: _Font, area: _Area, x_label: str) -> None:
    gap = 4 * _SMOOTH
    for tick in ticks(*area.y_span, about=6):
        y = float(area.y(tick))
        draw.line([(area.left, y), (area.right, y)], _GRID, _SMOOTH)
        draw.text((area.left - gap, y), f"{tick:.6g}", _INK, font, anchor="rm")
    for tick in ticks(*area.x_span, about=8):
        x = float(area.x(tick))
        draw.line([(x, area.top), (x, area.bottom)], _GRID, _SMOOTH)
        draw.text((x, area.bottom + gap), f"{tick:.6g}", _INK, font, anchor="ma")
    if x_label:
        middle = (area.left + area.right) / 2
        draw.text((middle, area.bottom + 5 * gap), x_label, _INK, font, anchor="ma")


def _draw_curve(
    draw: ImageDraw.ImageDraw, area: _Area, x: Curve, curve: Curve, colour: str
) -> None:
    """Draw the curve's steps pale and their running mean on top in full colour."""
    rgb = np.array(ImageColor.getrgb(colour))
    pale = tuple((0.65 * 255 + 0.35 * rgb).astype(int).tolist())
    window = max(1, len(curve) // 50)
    if window > 1:
        _draw_line(draw, area, x, curve, pale, _SMOOTH)
    _draw_line(draw, area, x, _running_mean(curve, window), colour, 2 * _SMOOTH)


def _draw_line(
    draw: ImageDraw.ImageDraw,
    area: _Area,
    x: Curve,
    curve: Curve,
    colour: str | tuple[int, ...],
    width: int,
) -> None:
    finite = np.isfinite(curve) & np.isfinite(x)
    # Each stretch between two gaps is a line of its own.
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(int)))
    for start, end in edges.reshape(-1, 2):
        across = area.x(x[start:end])
        down = np.clip(area.y(curve[start:end]), area.top, area.bottom)
        points = [(float(one), float(two)) for one, two in zip(across, down, strict=True)]
        if len(points) == 1:
            (px, py), radius = points[0], width
            draw.ellipse((px - radius, py - radius, px + radius, py + radius), colour)
        draw.line(points, colour, width, joint="curve")


def _running_mean(curve: Curve, window: int) -> Curve:
    """Average each point with up to `window` before it, passing over points that are not finite."""
    finite = np.isfinite(curve)
    sums = np.cumsum(np.where(finite, curve, 0.0))
    counts = np.cumsum(finite)
    sums[window:] -= sums[:-window].copy()
    counts[window:] -= counts[:-window].copy()
    with np.errstate(invalid="ignore"):
        return np.where(finite, sums / counts, np.nan)


def _draw_legend(draw: ImageDraw.ImageDraw, font: _Font, area: _Area, names: Sequence[str]) -> None:
    """Write the curves' names in a row above the plot, each behind a stroke in its colour."""
    stroke = 12 * _SMOOTH
    left, middle = area.left, area.top / 2
    for colour, name in zip(cycle(COLOURS), names, strict=False):
        draw.line([(left, middle), (left + stroke, middle)], colour, 3 * _SMOOTH)
        draw.text((left + 1.4 * stroke, middle), name, _INK, font, anchor="lm")
        left += 1.4 * stroke + draw.textlength(name, font) + 2 * stroke
