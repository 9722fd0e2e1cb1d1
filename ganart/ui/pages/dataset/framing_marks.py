"""What is drawn over a picture to show its crop; seen on any picture, bright or dark."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

HANDLE_PX = 10
_CROSS_PX = 9
_DIM = QColor(0, 0, 0, 150)
_LIGHT = QColor(255, 255, 255)
_DARK = QColor(0, 0, 0, 190)
_FAINT = QColor(255, 255, 255, 130)


def paint_cut_off(painter: QPainter, picture: QRectF, crop: QRectF) -> None:
    """Darken what of a picture is not shown."""
    crop = crop.intersected(picture)
    for part in (
        QRectF(picture.topLeft(), QPointF(picture.right(), crop.top())),
        QRectF(QPointF(picture.left(), crop.bottom()), picture.bottomRight()),
        QRectF(QPointF(picture.left(), crop.top()), crop.bottomLeft()),
        QRectF(crop.topRight(), QPointF(picture.right(), crop.bottom())),
    ):
        painter.fillRect(part, _DIM)


def paint_thirds(painter: QPainter, crop: QRectF) -> None:
    """Draw two lines each way."""
    painter.setPen(QPen(_FAINT, 1))
    for third in (1 / 3, 2 / 3):
        x, y = crop.left() + third * crop.width(), crop.top() + third * crop.height()
        painter.drawLine(QPointF(x, crop.top()), QPointF(x, crop.bottom()))
        painter.drawLine(QPointF(crop.left(), y), QPointF(crop.right(), y))


def paint_outline(painter: QPainter, crop: QRectF, handles: Iterable[QPointF]) -> None:
    """Draw the rectangle and the squares by which it is pulled."""
    for pen in (QPen(_DARK, 3), QPen(_LIGHT, 1)):
        painter.setPen(pen)
        painter.drawRect(crop)
    painter.setPen(QPen(_DARK, 1))
    painter.setBrush(_LIGHT)
    for middle in handles:
        square = QRectF(0, 0, HANDLE_PX, HANDLE_PX)
        square.moveCenter(middle)
        painter.drawRect(square)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_point(painter: QPainter, point: QPointF) -> None:
    """Draw a cross in a circle."""
    across, down = QPointF(_CROSS_PX, 0), QPointF(0, _CROSS_PX)
    for pen in (QPen(_DARK, 3), QPen(_LIGHT, 1)):
        painter.setPen(pen)
        painter.drawEllipse(point, _CROSS_PX, _CROSS_PX)
        painter.drawLine(point - across, point + across)
        painter.drawLine(point - down, point + down)
