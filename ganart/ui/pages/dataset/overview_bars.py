"""Bars that tell how many pictures are of each class, and lead to them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from ganart.ui.widgets.words import count

_ROW_GAP_PX = 4
_GAP_PX = 8
_RADIUS_PX = 2
_LEAST_BAR_PX = 60


class Bars(QWidget):
    """One line a class: its name, a bar, its count. Empty classes at both ends are left out.

    Keys: the arrows choose a class, Enter leads to its pictures.
    """

    activated = Signal(int)
    """The number of the class whose pictures are wanted."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: Sequence[str] = ()
        self._counts: Sequence[int] = ()
        self._classes = range(0)
        self._current = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, labels: Sequence[str], counts: Sequence[int]) -> None:
        """Replace the classes."""
        self._labels, self._counts = labels, counts
        filled = [place for place, number in enumerate(counts) if number]
        self._classes = range(filled[0], filled[-1] + 1) if filled else range(0)
        if self._current not in self._classes:
            self._current = max(self._classes, key=lambda place: counts[place], default=0)
        self._tell()
        self.updateGeometry()
        self.update()

    def current(self) -> int:
        """Return the number of the class that the keys are at."""
        return self._current

    def counts(self) -> Sequence[int]:
        """Return how many pictures are of each class."""
        return self._counts

    def sizeHint(self) -> QSize:
        """Return room for every class."""
        return QSize(260, len(self._classes) * self._row_px())

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._current + step in self._classes:
            self._current += step
            self._tell()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._classes:
            self.activated.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lead to the pictures of the bar that is pressed."""
        place = self._at(round(event.position().y()))
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._current = place
            self._tell()
            self.update()
            self.activated.emit(place)

    def event(self, event: QEvent) -> bool:
        """Say what pressing a bar does."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self._at(event.pos().y()) is not None:
                QToolTip.showText(event.globalPos(), self.tr("Show these pictures"), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which bar the keys are at."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars."""
        if not self._classes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, palette = self.fontMetrics(), self.palette()
        label_px = max(metrics.horizontalAdvance(self._labels[place]) for place in self._classes)
        most = max(self._counts[place] for place in self._classes)
        count_px = metrics.horizontalAdvance(count(most))
        room = max(_LEAST_BAR_PX, self.width() - label_px - count_px - 4 * _GAP_PX)
        vertical = Qt.AlignmentFlag.AlignVCenter
        for line, place in enumerate(self._classes):
            top, height = line * self._row_px(), self._row_px()
            label = QRect(_GAP_PX, top, label_px, height)
            length = self._counts[place] / most * room
            bar = QRectF(label.right() + _GAP_PX, top + 3, length, height - 6)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(
                self._mirrored(label), Qt.AlignmentFlag.AlignRight | vertical, self._labels[place]
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Accent))
            painter.drawRoundedRect(self._mirrored_f(bar), _RADIUS_PX, _RADIUS_PX)
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            number = QRect(round(bar.right()) + _GAP_PX, top, count_px, height)
            painter.drawText(
                self._mirrored(number),
                Qt.AlignmentFlag.AlignLeft | vertical,
                count(self._counts[place]),
            )
            if place == self._current and self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
                painter.drawRect(QRect(0, top, self.width() - 1, height - 1))

    def _mirrored(self, box: QRect) -> QRect:
        return QApplication.style().visualRect(self.layoutDirection(), self.rect(), box)

    def _mirrored_f(self, box: QRectF) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(self.width() - box.right(), box.top(), box.width(), box.height())

    def _row_px(self) -> int:
        return self.fontMetrics().height() + _ROW_GAP_PX

    def _at(self, y: int) -> int | None:
        line = y // self._row_px()
        return self._classes[line] if 0 <= line < len(self._classes) else None

    def _tell(self) -> None:
        """Say the class that the keys are at, to those who cannot see it."""
        if self._current in self._classes:
            text = f"{self._labels[self._current]}: {count(self._counts[self._current])}"
            self.setAccessibleDescription(text)
