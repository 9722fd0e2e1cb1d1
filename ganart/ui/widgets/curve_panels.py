"""One panel of the live curves: what it shows, and its axes as pyqtgraph draws them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from ganart.ui.widgets import words

_AXIS_WIDTH_PX = 64
_LOG_DIGITS = ((1,), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 7))
"""First digits of the ticks of a logarithmic axis: the first of these that give two ticks."""
_MOST_LOG_TICKS = 4
_LINE_SHARE = 1.2
"""Height that a tick of the left axis takes, in lines of its text."""


@dataclass(frozen=True)
class Series:
    """One curve: the column of the buffer and its name for people."""

    column: str
    label: str


@dataclass(frozen=True)
class Panel:
    """One plot with up to two curves; the second is dashed."""

    title: str
    series: tuple[Series, ...]
    can_be_log: bool = False
    help: str = ""
    """How to read it, shown over the title."""


class _NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph carries no types
    """Ticks written in the language of the window."""

    def tickStrings(  # noqa: N802 - pyqtgraph's name
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        """Return the texts of the ticks at `values`."""
        if self.logMode:
            return [words.short(10.0**value) for value in values]
        return [_tick(value * scale) for value in values]

    def tickValues(  # noqa: N802 - pyqtgraph's name
        self, low: float, high: float, size: float
    ) -> list[tuple[float | None, list[float]]]:
        """Return the ticks between two numbers: few enough not to overlap on a low plot."""
        levels: list[tuple[float | None, list[float]]] = super().tickValues(low, high, size)
        if self.orientation != "left" or self.logMode or not levels:
            return levels
        line_px = _LINE_SHARE * QFontMetrics(self.style["tickFont"] or QApplication.font()).height()
        spacing, ticks = levels[0]
        step = math.ceil(len(ticks) * line_px / size) if size > 0 else 1
        if spacing and step > 1:
            some = [tick for tick in ticks if round(tick / spacing) % step == 0]
            ticks = some if len(some) > 1 else [ticks[0], ticks[-1]]
        return [(spacing, list(ticks))]

    def logTickValues(  # noqa: N802 - pyqtgraph's name
        self, low: float, high: float, size: float, coarse: object
    ) -> list[tuple[None, list[float]]]:
        """Return the ticks between two exponents: few enough not to overlap on a low plot."""
        decades = range(math.floor(low), math.ceil(high) + 1)
        for digits in _LOG_DIGITS:
            ticks = [decade + math.log10(digit) for decade in decades for digit in digits]
            ticks = [tick for tick in ticks if low <= tick <= high]
            if len(ticks) > 1:
                return [(None, ticks[:: math.ceil(len(ticks) / _MOST_LOG_TICKS)])]
        margin = (high - low) / 5
        return [(None, [low + margin, high - margin])]


class _PanelTitle(pg.LabelItem):  # type: ignore[misc]
    """Stands over the axis too; a long one is cut off and does not push curves out of view."""

    def updateMin(self) -> None:  # noqa: N802 - pyqtgraph's name
        """Ask for no width, also after a change of size."""
        super().updateMin()
        self.setMinimumWidth(0)


def _tick(value: float) -> str:
    return words.decimal(value, 4)


def add_panel(view: pg.GraphicsLayoutWidget, row: int, panel: Panel, x_label: str) -> pg.PlotItem:
    """Add a plot for `panel` to the column of plots; an `x_label` only stands below the last."""
    axes = {side: _NumberAxis(orientation=side) for side in ("left", "bottom")}
    plot = view.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
    plot.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # curves are never mirrored
    plot.hideButtons()
    plot.setMouseEnabled(x=True, y=False)
    plot.setDownsampling(auto=True, mode="peak")
    plot.setClipToView(True)
    plot.enableAutoRange(x=True, y=False)
    plot.getAxis("left").setWidth(_AXIS_WIDTH_PX)
    plot.layout.removeItem(plot.titleLabel)
    plot.titleLabel.hide()
    plot.titleLabel = _PanelTitle(parent=plot)
    plot.layout.addItem(plot.titleLabel, 0, 0, 1, 2)
    for axis in axes.values():
        axis.setStyle(maxTickLevel=0)  # finer ticks double the cost of painting
        axis.enableAutoSIPrefix(False)
    plot.titleLabel.setToolTip(panel.help)
    if x_label:
        plot.setLabel("bottom", x_label)
    else:
        plot.getAxis("bottom").setStyle(showValues=False)
    return plot
