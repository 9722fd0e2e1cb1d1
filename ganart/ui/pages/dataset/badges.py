"""Small signs on pictures: what was said of them. Each is drawn once and then only copied."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPainter, QPen, QPixmap, QPolygonF

from ganart.ui.widgets.stars import LIGHT, SHADE, star

HEIGHT_PX = 18
_STAR_PX = 11
_ROUND = 4
_WORDS_ROOM_PX = 5

Draw = Callable[[QPainter, QRectF], None]


class Badges:
    """Light signs on a dark shade, readable on every picture and in both themes."""

    def __init__(self) -> None:
        self._drawn: dict[Hashable, QPixmap] = {}

    def picked(self, ratio: float) -> QPixmap:
        """Return a tick."""
        return self._get("picked", ratio, QSizeF(HEIGHT_PX, HEIGHT_PX), _tick)

    def rejected(self, ratio: float) -> QPixmap:
        """Return a cross."""
        return self._get("rejected", ratio, QSizeF(HEIGHT_PX, HEIGHT_PX), _cross)

    def stars(self, stars: int, ratio: float) -> QPixmap:
        """Return so many stars."""
        size = QSizeF(stars * (_STAR_PX + 1) + 7, HEIGHT_PX)
        return self._get(("stars", stars), ratio, size, partial(_stars, stars))

    def tagged(self, ratio: float) -> QPixmap:
        """Return a label."""
        return self._get("tagged", ratio, QSizeF(HEIGHT_PX, HEIGHT_PX), _label)

    def framed(self, ratio: float) -> QPixmap:
        """Return the corners of a crop."""
        return self._get("framed", ratio, QSizeF(HEIGHT_PX, HEIGHT_PX), _corners)

    def words(self, text: str, ratio: float) -> QPixmap:
        """Return a few characters."""
        metrics = QFontMetricsF(QGuiApplication.font())
        size = QSizeF(metrics.horizontalAdvance(text) + 2 * _WORDS_ROOM_PX, HEIGHT_PX)
        return self._get(("words", text), ratio, size, partial(_words, text))

    def _get(self, key: Hashable, ratio: float, size: QSizeF, draw: Draw) -> QPixmap:
        key = (key, ratio)
        if key not in self._drawn:
            self._drawn[key] = _badge(size, ratio, draw)
        return self._drawn[key]


def _badge(size: QSizeF, ratio: float, draw: Draw) -> QPixmap:
    pixmap = QPixmap((size * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(QPointF(), size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SHADE)
    painter.drawRoundedRect(box, _ROUND, _ROUND)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(LIGHT, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    draw(painter, box)
    painter.end()
    return pixmap


def _tick(painter: QPainter, box: QRectF) -> None:
    middle = box.center()
    corners = (QPointF(-4.5, 0.5), QPointF(-1.5, 3.5), QPointF(4.5, -3.5))
    painter.drawPolyline(QPolygonF([middle + corner for corner in corners]))


def _cross(painter: QPainter, box: QRectF) -> None:
    inner = box.adjusted(5.5, 5.5, -5.5, -5.5)
    painter.drawLine(QLineF(inner.topLeft(), inner.bottomRight()))
    painter.drawLine(QLineF(inner.bottomLeft(), inner.topRight()))


def _stars(stars: int, painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LIGHT)
    top = (box.height() - _STAR_PX) / 2
    for number in range(stars):
        painter.drawPolygon(star(QRectF(4 + number * (_STAR_PX + 1), top, _STAR_PX, _STAR_PX)))


def _label(painter: QPainter, box: QRectF) -> None:
    middle = box.center()
    outline = ((-5, -3.5), (1.5, -3.5), (5, 0), (1.5, 3.5), (-5, 3.5), (-5, -3.5))
    painter.setPen(QPen(LIGHT, 1.3))
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in outline]))
    painter.drawPoint(middle + QPointF(1.2, 0))


def _corners(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(LIGHT, 1.3))
    inner = box.adjusted(4.5, 4.5, -4.5, -4.5)
    for x, y, right, down in (
        (inner.left(), inner.top(), 1, 1),
        (inner.right(), inner.top(), -1, 1),
        (inner.left(), inner.bottom(), 1, -1),
        (inner.right(), inner.bottom(), -1, -1),
    ):
        ends = [QPointF(x + 3.5 * right, y), QPointF(x, y), QPointF(x, y + 3.5 * down)]
        painter.drawPolyline(QPolygonF(ends))


def _words(text: str, painter: QPainter, box: QRectF) -> None:
    painter.setFont(QGuiApplication.font())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
