"""The colours of the live curves, from the palette of the window."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ganart.ui.widgets.curve_panels import Panel

# Blue and orange stay apart for every common kind of colour blindness; the dash says it again.
_DARK_COLOURS = ("#56b4e9", "#e69f00")
_LIGHT_COLOURS = ("#0072b2", "#b45309")

Lines = tuple[pg.PlotDataItem, pg.PlotDataItem]
"""The raw and the smoothed line of one curve."""


def colour_axes(plot: pg.PlotItem, text: QColor, base: QColor) -> None:
    """Colour the axes and the grid of a panel."""
    for side in ("left", "bottom"):
        plot.getAxis(side).setPen(pg.mkPen(mixed(text, base, 0.75)))
        plot.getAxis(side).setTextPen(pg.mkPen(mixed(text, base, 0.35)))
    plot.showGrid(x=False, y=True, alpha=0.12)


def colour_lines(
    plot: pg.PlotItem,
    panel: Panel,
    lines: Sequence[Lines],
    text: QColor,
    base: QColor,
    *,
    smooth: bool,
) -> None:
    """Colour the lines of a panel and explain them in its title."""
    colours = _DARK_COLOURS if base.lightness() < 128 else _LIGHT_COLOURS
    legend = []
    for index, (series, (raw, smoothed)) in enumerate(zip(panel.series, lines, strict=True)):
        colour = QColor(colours[index])
        style = Qt.PenStyle.DashLine if index else Qt.PenStyle.SolidLine
        # Opaque mixtures: see-through and wide pens are many times slower to paint.
        faint = mixed(colour, base, 0.65) if smooth else colour
        raw_style = Qt.PenStyle.SolidLine if smooth else style
        raw.setPen(pg.mkPen(faint, width=1, style=raw_style))
        raw.setSymbolPen(colour)
        raw.setSymbolBrush(colour)
        smoothed.setPen(pg.mkPen(colour, width=1, style=style))
        mark = "╌╌" if index else "──"
        legend.append(f'<span style="color:{colour.name()}">{mark} {series.label}</span>')
    title = f'<span style="color:{text.name()}">{panel.title}</span>'
    plot.setTitle("&nbsp;&nbsp;&nbsp;".join([title, *legend]), justify="left", size="9pt")


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """Return `colour` with `share` of `other` in it."""
    keep = 1 - share
    return QColor.fromRgbF(
        keep * colour.redF() + share * other.redF(),
        keep * colour.greenF() + share * other.greenF(),
        keep * colour.blueF() + share * other.blueF(),
    )
