"""Small signs on pictures: what was said of them. Each is drawn once and then only copied."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

from ganart.ui.widgets.stars import LIGHT, SHADE, star

HEIGHT_PX = 18
DOT_PX = 9
_STAR_PX = 11
_ROUND = 4
_WORDS_ROOM_PX = 5

Draw = Callable[[QPainter, QRectF], None]


class Badges:
    """Light signs on a dark shade, readable on every picture and in both themes.

    All are for a screen of `ratio` pixels of its own to one of the window.
    """

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._drawn: dict[Hashable, QPixmap] = {}

    def picked(self) -> QPixmap:
        """Return a tick."""
        return self._square("picked", _tick)

    def rejected(self) -> QPixmap:
        """Return a cross."""
        return self._square("rejected", _cross)

    def tagged(self) -> QPixmap:
        """Return a label."""
        return self._square("tagged", _label)

    def framed(self) -> QPixmap:
        """Return the corners of a crop."""
        return self._square("framed", _corners)

    def stars(self, stars: int) -> QPixmap:
        """Return so many stars."""
        size = QSizeF(stars * (_STAR_PX + 1) + 7, HEIGHT_PX)
        return self._get(("stars", stars), size, partial(_stars, stars))

    def words(self, text: str) -> QPixmap:
        """Return a few characters."""
        metrics = QFontMetricsF(QGuiApplication.font())
        size = QSizeF(metrics.horizontalAdvance(text) + 2 * _WORDS_ROOM_PX, HEIGHT_PX)
        return self._get(("words", text), size, partial(_words, text))

    def dot(self, colour: QColor) -> QPixmap:
        """Return a dot, without a shade around it."""
        key = ("dot", colour.rgb())
        if key not in self._drawn:
            pixmap, painter = self._canvas(QSizeF(DOT_PX, DOT_PX))
            painter.setPen(QPen(SHADE, 1.5))
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(1, 1, DOT_PX - 2, DOT_PX - 2))
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _square(self, key: str, draw: Draw) -> QPixmap:
        return self._get(key, QSizeF(HEIGHT_PX, HEIGHT_PX), draw)

    def _get(self, key: Hashable, size: QSizeF, draw: Draw) -> QPixmap:
        if key not in self._drawn:
            pixmap, painter = self._canvas(size)
            box = QRectF(QPointF(), size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(SHADE)
            painter.drawRoundedRect(box, _ROUND, _ROUND)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(LIGHT, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            draw(painter, box)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _canvas(self, size: QSizeF) -> tuple[QPixmap, QPainter]:
        pixmap = QPixmap((size * self._ratio).toSize())
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return pixmap, painter


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
