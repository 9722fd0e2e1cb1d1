"""Live curves: panels one above the other over a common axis. The only user of pyqtgraph."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.ui.widgets import words
from ganart.ui.widgets.curve_buffer import CurveBuffer, Floats, bulk_range, trailing_mean

REFRESH_MS = 100
SMOOTHING_SHARE = 0.06
SMOOTHING_ROWS = (3, 60)
"""A smoothed value is the mean over this share of the curve, within these limits."""
LARGE_STEP = 10
_AXIS_WIDTH_PX = 64
_LOG_DIGITS = ((1,), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 7))
"""First digits of the ticks of a logarithmic axis: the first of these that give two ticks."""
_MOST_LOG_TICKS = 4

# Blue and orange stay apart for every common kind of colour blindness; the dash says it again.
_DARK_COLOURS = ("#56b4e9", "#e69f00")
_LIGHT_COLOURS = ("#0072b2", "#b45309")


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


def _tick(value: float) -> str:
    return words.decimal(value, 4)


class CurvePlot(QWidget):
    """Curves of a `CurveBuffer` with raw and smoothed lines, a crosshair and a log scale.

    Wheel and drag zoom and move along the common axis, plus and minus zoom about the crosshair; a
    double click or 0 shows everything again. Left and Right move the crosshair (with Shift ten rows
    at once). The height follows the bulk of the values. Nothing is drawn while hidden.
    """

    pointed = Signal(int)
    """The crosshair stands on this row of the buffer; -1 when it is gone."""

    def __init__(
        self, panels: Sequence[Panel], x: str, x_label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        columns = [series.column for panel in panels for series in panel.series]
        self.buffer = CurveBuffer(x, columns)
        self._panels = tuple(panels)
        self._x_label = x_label
        self._smooth = True
        self._log = False
        self._stale = True
        self._row = -1
        self._view = pg.GraphicsLayoutWidget()
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().setMouseTracking(True)
        self._plots: list[pg.PlotItem] = []
        self._raw: list[pg.PlotDataItem] = []
        self._smoothed: list[pg.PlotDataItem] = []
        self._hairs: list[pg.InfiniteLine] = []
        for index, panel in enumerate(self._panels):
            self._add_panel(index, panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Training curves"))
        self._recolour()
        self._proxy = pg.SignalProxy(
            self._view.scene().sigMouseMoved, rateLimit=30, slot=self._on_mouse_moved
        )
        self._view.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def append(self, values: Mapping[str, float]) -> None:
        """Add a row; it is drawn with the next refresh."""
        self.buffer.append(values)
        self._stale = True

    def load(self, columns: Mapping[str, Floats]) -> None:
        """Show stored columns in place of everything before."""
        self.buffer.load(columns)
        self._stale = True
        self.point_at(-1)
        self.show_all()

    def set_smooth(self, smooth: bool) -> None:
        """Show the smoothed lines in front of faint raw ones, or the raw ones alone."""
        self._smooth = smooth
        self._stale = True
        self._recolour()

    def set_log(self, log: bool) -> None:
        """Put the panels that allow it on a logarithmic scale; values up to 0 show as gaps."""
        self._log = log
        self._stale = True
        for panel, plot in zip(self._panels, self._plots, strict=True):
            if panel.can_be_log:
                plot.setLogMode(x=False, y=log)
        self.refresh()

    def show_all(self) -> None:
        """End a zoom."""
        for plot in self._plots:
            plot.enableAutoRange(x=True, y=False)

    def zoom(self, factor: float) -> None:
        """Show `factor` times the present stretch of the common axis, about the crosshair."""
        low, high = self._plots[0].viewRange()[0]
        centre = (low + high) / 2
        if self._row >= 0:
            centre = float(self.buffer.column(self.buffer.names[0])[self._row])
        reach = (high - low) / 2 * factor
        self._plots[0].setXRange(centre - reach, centre + reach, padding=0)

    def point_at(self, row: int) -> None:
        """Put the crosshair on a row of the buffer; -1 takes it away."""
        self._row = min(row, len(self.buffer) - 1)
        for hair in self._hairs:
            hair.setVisible(self._row >= 0)
            if self._row >= 0:
                hair.setPos(float(self.buffer.column(self.buffer.names[0])[self._row]))
        self.pointed.emit(self._row)

    def values_at(self, row: int) -> dict[str, float]:
        """Return a row of the buffer by column name."""
        return {name: float(self.buffer.column(name)[row]) for name in self.buffer.names}

    @Slot()
    def refresh(self) -> None:
        """Draw what has changed since the last time."""
        if not self._stale:
            return
        self._stale = False
        x = self.buffer.column(self.buffer.names[0]).copy()
        low, high = SMOOTHING_ROWS
        window = min(high, max(low, round(SMOOTHING_SHARE * len(x))))
        items = zip(self._raw, self._smoothed, strict=True)
        for panel, plot in zip(self._panels, self._plots, strict=True):
            ranges = []
            for series in panel.series:
                raw, smoothed = next(items)
                y = self._drawable(self.buffer.column(series.column), panel)
                ranges.append(bulk_range(np.log10(y) if self._is_log(panel) else y))
                raw.setData(x, y)
                smoothed.setVisible(self._smooth)
                if self._smooth:
                    smoothed.setData(x, trailing_mean(y, window))
            known = [each for each in ranges if each is not None]
            if known:
                plot.setYRange(min(low for low, _ in known), max(high for _, high in known))

    def _is_log(self, panel: Panel) -> bool:
        return self._log and panel.can_be_log

    def _drawable(self, y: Floats, panel: Panel) -> Floats:
        return np.where(np.isfinite(y) & ((y > 0) | (not self._is_log(panel))), y, np.nan)

    def _add_panel(self, index: int, panel: Panel) -> None:
        is_last = index == len(self._panels) - 1
        axes = {side: _NumberAxis(orientation=side) for side in ("left", "bottom")}
        plot = self._view.addPlot(row=index, col=0, axisItems=axes)
        plot.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # curves are never mirrored
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=False)
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        plot.enableAutoRange(x=True, y=False)
        plot.getAxis("left").setWidth(_AXIS_WIDTH_PX)
        for axis in axes.values():
            axis.setStyle(maxTickLevel=0)  # finer ticks double the cost of painting
            axis.enableAutoSIPrefix(False)
        plot.titleLabel.setToolTip(panel.help)
        if is_last:
            plot.setLabel("bottom", self._x_label)
        else:
            plot.getAxis("bottom").setStyle(showValues=False)
        if self._plots:
            plot.setXLink(self._plots[0])
        self._plots.append(plot)
        for _ in panel.series:
            self._raw.append(plot.plot())
            self._smoothed.append(plot.plot())
        hair = pg.InfiniteLine(angle=90, movable=False)
        hair.setVisible(False)
        plot.addItem(hair, ignoreBounds=True)
        self._hairs.append(hair)

    def _recolour(self) -> None:
        palette = self.palette()
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        quiet = _mixed(text, base, 0.35)
        self._view.setBackground(base)
        colours = _DARK_COLOURS if base.lightness() < 128 else _LIGHT_COLOURS
        items = zip(self._raw, self._smoothed, strict=True)
        for panel, plot, hair in zip(self._panels, self._plots, self._hairs, strict=True):
            for side in ("left", "bottom"):
                plot.getAxis(side).setPen(pg.mkPen(_mixed(text, base, 0.75)))
                plot.getAxis(side).setTextPen(pg.mkPen(quiet))
            plot.showGrid(x=False, y=True, alpha=0.12)
            hair.setPen(pg.mkPen(quiet, width=1))
            legend = []
            for index, series in enumerate(panel.series):
                colour = QColor(colours[index])
                style = Qt.PenStyle.DashLine if index else Qt.PenStyle.SolidLine
                raw, smoothed = next(items)
                # Opaque mixtures: see-through and wide pens are many times slower to paint.
                faint = _mixed(colour, base, 0.65) if self._smooth else colour
                raw_style = Qt.PenStyle.SolidLine if self._smooth else style
                raw.setPen(pg.mkPen(faint, width=1, style=raw_style))
                smoothed.setPen(pg.mkPen(colour, width=1, style=style))
                mark = "╌╌" if index else "──"
                legend.append(f'<span style="color:{colour.name()}">{mark} {series.label}</span>')
            title = f'<span style="color:{text.name()}">{panel.title}</span>'
            plot.setTitle("&nbsp;&nbsp;&nbsp;".join([title, *legend]), justify="left", size="9pt")
            # A long title is cut off rather than pushing the curves out of view.
            plot.titleLabel.setMinimumWidth(0)

    def _on_mouse_moved(self, args: tuple[QPointF]) -> None:
        position = args[0]
        for plot in self._plots:
            if plot.sceneBoundingRect().contains(position) and len(self.buffer):
                x = plot.getViewBox().mapSceneToView(position).x()
                self.point_at(self._nearest(x))
                return
        self.point_at(-1)

    def _on_mouse_clicked(self, event: MouseClickEvent) -> None:
        if event.double():
            self.show_all()

    def _nearest(self, x: float) -> int:
        column = self.buffer.column(self.buffer.names[0])
        if not math.isfinite(x):
            return -1
        after = int(np.searchsorted(column, x))
        if after == 0 or after == len(column):
            return min(after, len(column) - 1)
        return after if column[after] - x < x - column[after - 1] else after - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        count = len(self.buffer)
        step = LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        here = self._row if self._row >= 0 else count
        match event.key():
            case Qt.Key.Key_Left if count:
                self.point_at(max(0, here - step))
            case Qt.Key.Key_Right if count:
                self.point_at(min(count - 1, here + step))
            case Qt.Key.Key_Home if count:
                self.point_at(0)
            case Qt.Key.Key_End if count:
                self.point_at(count - 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(0.8)
            case Qt.Key.Key_Minus:
                self.zoom(1.25)
            case Qt.Key.Key_0:
                self.show_all()
            case _:
                super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        metrics = self.fontMetrics()
        return QSize(60 * metrics.averageCharWidth(), 20 * metrics.lineSpacing())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to update."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop updating."""
        self._timer.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or state."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_proxy"):
            self._recolour()


def _mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """Return `colour` with `share` of `other` in it."""
    keep = 1 - share
    return QColor.fromRgbF(
        keep * colour.redF() + share * other.redF(),
        keep * colour.greenF() + share * other.greenF(),
        keep * colour.blueF() + share * other.blueF(),
    )
