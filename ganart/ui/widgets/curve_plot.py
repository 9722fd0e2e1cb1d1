"""Live curves: panels one above the other over a common axis. The only user of pyqtgraph."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.ui.widgets.curve_buffer import CurveBuffer, Floats, bulk_range, trailing_mean
from ganart.ui.widgets.curve_colours import colour_axes, colour_lines, mixed
from ganart.ui.widgets.curve_marks import CurveMark, MarkLines
from ganart.ui.widgets.curve_panels import Panel, Series, add_panel

__all__ = ["CurveMark", "CurvePlot", "Panel", "Series"]

REFRESH_MS = 100
SMOOTHING_SHARE = 0.06
SMOOTHING_ROWS = (3, 60)
"""A smoothed value is the mean over this share of the curve, within these limits."""
LARGE_STEP = 10
LEAST_WIDTH_PX = 360
"""Room for the longest title of a panel, whose text is of one size whatever the window's font."""


class CurvePlot(QWidget):
    """Curves of a `CurveBuffer` with raw and smoothed lines, markers, a crosshair and a log scale.

    Wheel and drag zoom and move along the common axis, plus and minus zoom about the crosshair; a
    double click or 0 shows everything again. Left and Right move the crosshair (with Shift ten rows
    at once), Page Up and Page Down from marker to marker. The height follows the bulk of the
    values. Nothing is drawn while hidden.
    """

    pointed = Signal(int)
    """The crosshair stands on this row of the buffer; -1 when it is gone."""

    def __init__(
        self,
        panels: Sequence[Panel],
        x: str,
        x_label: str,
        parent: QWidget | None = None,
        *,
        more_columns: Sequence[str] = (),
        with_points: bool = False,
    ) -> None:
        """Draw `panels` over the column `x`.

        `more_columns` can be read under the crosshair, but are not drawn. `with_points` marks every
        row by a dot, for rows that are few.
        """
        super().__init__(parent)
        columns = [series.column for panel in panels for series in panel.series]
        self.buffer = CurveBuffer(x, [*columns, *more_columns])
        self._symbol = "o" if with_points else None
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
        self._marks = MarkLines(self._plots)
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

    def set_marks(self, marks: Sequence[CurveMark]) -> None:
        """Draw these markers in place of those before."""
        self._marks.show(marks)
        self._recolour()

    def marks_at(self, row: int) -> tuple[CurveMark, ...]:
        """Return the markers that lie at a row, as far as the eye can tell."""
        near = 6 * self._plots[0].getViewBox().viewPixelSize()[0]
        return self._marks.between(self.buffer.x(row) - near, self.buffer.x(row) + near)

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
            centre = self.buffer.x(self._row)
        reach = (high - low) / 2 * factor
        self._plots[0].setXRange(centre - reach, centre + reach, padding=0)

    def point_at(self, row: int) -> None:
        """Put the crosshair on a row of the buffer; -1 takes it away."""
        self._row = min(row, len(self.buffer) - 1)
        for hair in self._hairs:
            hair.setVisible(self._row >= 0)
            if self._row >= 0:
                hair.setPos(self.buffer.x(self._row))
        self.pointed.emit(self._row)

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
                if self._symbol and ranges[-1] is None:
                    raw.setData([], [])  # pyqtgraph warns of dots of which none has a place
                else:
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
        plot = add_panel(self._view, index, panel, self._x_label if is_last else "")
        if self._plots:
            plot.setXLink(self._plots[0])
        self._plots.append(plot)
        for _ in panel.series:
            self._raw.append(plot.plot(symbol=self._symbol, symbolSize=5))
            self._smoothed.append(plot.plot())
        hair = pg.InfiniteLine(angle=90, movable=False)
        hair.setVisible(False)
        plot.addItem(hair, ignoreBounds=True)
        self._hairs.append(hair)

    def _recolour(self) -> None:
        palette = self.palette()
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        self._view.setBackground(base)
        grave = palette.color(QPalette.ColorRole.BrightText)
        self._marks.recolour(palette.color(QPalette.ColorRole.Accent), grave)
        lines = zip(self._raw, self._smoothed, strict=True)
        for panel, plot, hair in zip(self._panels, self._plots, self._hairs, strict=True):
            colour_axes(plot, text, base)
            hair.setPen(pg.mkPen(mixed(text, base, 0.35), width=1))
            own = [next(lines) for _ in panel.series]
            colour_lines(plot, panel, own, text, base, smooth=self._smooth)

    def _on_mouse_moved(self, args: tuple[QPointF]) -> None:
        position = args[0]
        for plot in self._plots:
            if plot.sceneBoundingRect().contains(position) and len(self.buffer):
                x = plot.getViewBox().mapSceneToView(position).x()
                self.point_at(self.buffer.nearest(x))
                return
        self.point_at(-1)

    def _on_mouse_clicked(self, event: MouseClickEvent) -> None:
        if event.double():
            self.show_all()

    def _point_at_mark(self, forward: bool) -> None:
        here = self.buffer.x(self._row) if self._row >= 0 else math.inf
        mark = self._marks.after(here) if forward else self._marks.before(here)
        if mark is not None:
            self.point_at(self.buffer.nearest(mark.x))

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
            case Qt.Key.Key_PageUp if count:
                self._point_at_mark(forward=False)
            case Qt.Key.Key_PageDown if count:
                self._point_at_mark(forward=True)
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
        return QSize(LEAST_WIDTH_PX, 20 * self.fontMetrics().lineSpacing())

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
