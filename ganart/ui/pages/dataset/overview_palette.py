"""The colours that stand for all pictures, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganart.ui.widgets.words import count

_HEIGHT_PX = 28
_LEAST_SHARE = 0.02
"""Rarer colours are painted as wide as this, so that they can be seen."""


class PaletteStrip(QWidget):
    """Each colour as wide as its share of the pixels; tells colour and share as a tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours: Sequence[tuple[QColor, float]] = ()
        self.setAccessibleName(self.tr("Colours of the pictures"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_colours(self, colours: Sequence[tuple[QColor, float]]) -> None:
        """Replace the colours, each with its share of all pixels, 0 to 1."""
        self._colours = colours
        self.setAccessibleDescription(", ".join(_words(each) for each in colours))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(240, _HEIGHT_PX)

    def event(self, event: QEvent) -> bool:
        """Tell the colour under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for colour, box in self._boxes():
                if box.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), _words(colour), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the colours."""
        painter = QPainter(self)
        for (colour, _), box in self._boxes():
            painter.fillRect(box, colour)

    def _boxes(self) -> list[tuple[tuple[QColor, float], QRectF]]:
        shares = [max(_LEAST_SHARE, share) for _, share in self._colours]
        boxes, left = [], 0.0
        for colour, share in zip(self._colours, shares, strict=True):
            width = share / sum(shares) * self.width()
            box = QRectF(left, 0, width, self.height())
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                box.moveRight(self.width() - left)
            boxes.append((colour, box))
            left += width
        return boxes


def _words(colour: tuple[QColor, float]) -> str:
    return f"{colour[0].name()} · {count(100 * colour[1])} %"
