"""Stars, drawn on pictures."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

STAR_PX = 12
SHADE = QColor(0, 0, 0, 150)
"""Beneath what is drawn on a picture, so that it is seen on any."""
LIGHT = QColor(255, 255, 255)


def paint_stars(painter: QPainter, picture: QRect, stars: int) -> None:
    """Paint stars in the lower left of a picture."""
    strip = QRectF(0, 0, stars * (STAR_PX + 2) + 6, STAR_PX + 6)
    strip.moveBottomLeft(QPointF(picture.left(), picture.bottom() + 1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SHADE)
    painter.drawRect(strip)
    painter.setBrush(LIGHT)
    for number in range(stars):
        left = strip.left() + 4 + number * (STAR_PX + 2)
        painter.drawPolygon(star(QRectF(left, strip.top() + 3, STAR_PX, STAR_PX)))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def star(box: QRectF) -> QPolygonF:
    """Return a five-pointed star that fills a square."""
    # Of a circle of radius 1 the points lie 72 degrees apart, the notches at 0.42 between them.
    corners = (
        (0.0, -1.0), (0.247, -0.34), (0.951, -0.309), (0.399, 0.13), (0.588, 0.809),
        (0.0, 0.42), (-0.588, 0.809), (-0.399, 0.13), (-0.951, -0.309), (-0.247, -0.34),
    )  # fmt: skip
    half = box.width() / 2
    middle = box.center()
    return QPolygonF([QPointF(middle.x() + half * x, middle.y() + half * y) for x, y in corners])
