"""The picture along one gene, small, from one side to the other."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganart.ui.widgets import words

STOPS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
"""The amounts that are shown."""
_GAP_PX = 4
_LARGEST_PX = 96


class GeneStrip(QWidget):
    """Pictures at `STOPS`; a click on one, or Left and Right, asks for its amount."""

    wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[QPixmap] = []
        self._amount: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The picture along the chosen gene"))

    def set_tiles(self, tiles: Sequence[QImage]) -> None:
        """Show pictures, one for each of `STOPS`, or none."""
        self._tiles = [QPixmap.fromImage(each) for each in tiles]
        self._fit_height()
        self.update()

    def tiles(self) -> list[QPixmap]:
        """Return the pictures."""
        return list(self._tiles)

    def set_amount(self, amount: float | None) -> None:
        """Mark the amount that the large picture has; None marks nothing."""
        self._amount = amount
        text = "" if amount is None else self.tr("Amount {number}")
        self.setAccessibleDescription(text.format(number=words.decimal(amount or 0.0, 2)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the pictures that fit into the width."""
        super().resizeEvent(event)
        self._fit_height()

    def sizeHint(self) -> QSize:
        """Return the size of comfortable pictures."""
        return QSize(len(STOPS) * (64 + _GAP_PX), 64)

    def minimumSizeHint(self) -> QSize:
        """Return the size of pictures that can just be told apart."""
        return QSize(len(STOPS) * (28 + _GAP_PX), 28)

    def tile_rect(self, number: int) -> QRect:
        """Return where the picture of a stop is; in mirrored layouts they go from the right."""
        size = self._tile_size()
        step = size.width() + _GAP_PX
        whole = len(STOPS) * step - _GAP_PX
        left = (self.width() - whole) // 2
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            number = len(STOPS) - 1 - number
        return QRect(QPoint(left + number * step, 0), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures and the mark."""
        painter = QPainter(self)
        for number in range(len(STOPS)):
            rect = self.tile_rect(number)
            if number < len(self._tiles):
                painter.drawPixmap(rect, self._tiles[number])
            else:
                painter.fillRect(rect, self.palette().color(QPalette.ColorRole.AlternateBase))
        if self._tiles and self._amount is not None:
            role = QPalette.ColorRole.Highlight
            painter.setPen(QPen(self.palette().color(role), 3 if self.hasFocus() else 2))
            nearest = self._nearest()
            if abs(STOPS[nearest] - self._amount) < 0.05:
                painter.drawRect(self.tile_rect(nearest).adjusted(1, 1, -2, -2))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the amount of the picture under the mouse."""
        place = event.position().toPoint()
        for number, stop in enumerate(STOPS):
            if self._tiles and self.tile_rect(number).contains(place):
                self.wanted.emit(stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the amount of the next picture."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or self._amount is None:
            super().keyPressEvent(event)
            return
        number = self._nearest() + (-step if mirrored else step)
        self.wanted.emit(STOPS[min(max(0, number), len(STOPS) - 1)])

    def _nearest(self) -> int:
        amount = self._amount or 0.0
        return min(range(len(STOPS)), key=lambda number: abs(STOPS[number] - amount))

    def _tile_size(self) -> QSize:
        """Return the size of a picture in its own shape; squares until there are some."""
        fitting = (self.width() + _GAP_PX) // len(STOPS) - _GAP_PX
        side = max(1, min(_LARGEST_PX, fitting))
        if not self._tiles:
            return QSize(side, side)
        room, shape = QSize(side, _LARGEST_PX), self._tiles[0].size()
        return shape.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))

    def _fit_height(self) -> None:
        self.setFixedHeight(self._tile_size().height())
