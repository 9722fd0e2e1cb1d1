"""Markers on the live curves: upright lines that say when something happened."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class CurveMark:
    """One marker: where it stands, and what it says in the language of the window."""

    x: float
    text: str
    is_grave: bool = False
    """Whether it tells of a trouble; it has another colour and shape then."""


class MarkLines:
    """The markers in all panels of one plot, with a head in the topmost panel."""

    def __init__(self, plots: Sequence[pg.PlotItem]) -> None:
        self._plots = plots
        self._marks: list[CurveMark] = []
        self._lines: list[list[pg.InfiniteLine]] = []

    def show(self, marks: Sequence[CurveMark]) -> None:
        """Replace the markers."""
        for lines in self._lines:
            for plot, line in zip(self._plots, lines, strict=True):
                plot.removeItem(line)
        self._marks = sorted(marks, key=lambda mark: mark.x)
        self._lines = [[pg.InfiniteLine(mark.x, angle=90) for _ in self._plots] for mark in marks]
        for mark, lines in zip(self._marks, self._lines, strict=True):
            for plot, line in zip(self._plots, lines, strict=True):
                line.setPos(mark.x)
                plot.addItem(line, ignoreBounds=True)
            lines[0].addMarker("o" if mark.is_grave else "v", position=1.0, size=9)

    def recolour(self, colour: QColor, grave: QColor) -> None:
        """Paint the markers in one colour, those of troubles in the other."""
        for mark, lines in zip(self._marks, self._lines, strict=True):
            pen = pg.mkPen(grave if mark.is_grave else colour, style=Qt.PenStyle.DotLine)
            for line in lines:
                line.setPen(pen)

    def between(self, low: float, high: float) -> tuple[CurveMark, ...]:
        """Return the markers from `low` to `high`, both included."""
        places = self._places()
        return tuple(self._marks[bisect_left(places, low) : bisect_right(places, high)])

    def after(self, x: float) -> CurveMark | None:
        """Return the next marker behind `x`."""
        index = bisect_right(self._places(), x)
        return self._marks[index] if index < len(self._marks) else None

    def before(self, x: float) -> CurveMark | None:
        """Return the last marker before `x`."""
        index = bisect_left(self._places(), x)
        return self._marks[index - 1] if index else None

    def _places(self) -> list[float]:
        return [mark.x for mark in self._marks]
