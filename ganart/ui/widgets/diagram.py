"""A plain drawing of boxes and arrows, in the colours and the direction of the window."""

import math
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_RADIUS_PX = 8.0
_HEAD_PX = 9.0
_GAP_PX = 5.0
_COLUMN_PX, _ROW_PX = 76, 54
"""The smallest cell of the grid."""
_LARGEST = 1.6
"""How much larger than that the cells may become."""


class Kind(Enum):
    """What a box stands for."""

    THING = auto()
    NETWORK = auto()
    """It learns."""
    NOTE = auto()
    """Text without a frame."""


@dataclass(frozen=True, slots=True)
class Box:
    """A text on a grid: column and row of its corner, and how many of each it takes."""

    text: str
    column: float
    row: float
    columns: float = 2.0
    rows: float = 1.0
    kind: Kind = Kind.THING


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another, by their places in the drawing."""

    start: int
    end: int
    is_dashed: bool = False
    """It carries what is learnt, and no pictures."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes on a grid, and arrows between them; `words` says the same to those who cannot see."""

    columns: float
    rows: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    words: str


class Diagram(QWidget):
    """Shows a drawing as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another drawing."""
        self._drawing = drawing
        self.setAccessibleName(drawing.words)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return what the smallest cells need."""
        drawing = self._drawing
        if drawing is None:
            return QSize()
        return QSize(round(drawing.columns * _COLUMN_PX), round(drawing.rows * _ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """Return half of it; texts become small then."""
        return self.sizeHint() / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        if self._drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hint = self.sizeHint()
        scale = min(self.width() / hint.width(), self.height() / hint.height(), _LARGEST)
        painter.translate(self.rect().center())
        painter.scale(scale, scale)
        painter.translate(-hint.width() / 2, -hint.height() / 2)
        places = [self._place(box, hint.width()) for box in self._drawing.boxes]
        for arrow in self._drawing.arrows:
            self._paint_arrow(painter, places[arrow.start], places[arrow.end], arrow.is_dashed)
        for box, place in zip(self._drawing.boxes, places, strict=True):
            self._paint_box(painter, box, place)

    def _place(self, box: Box, width: int) -> QRectF:
        place = QRectF(
            box.column * _COLUMN_PX,
            box.row * _ROW_PX,
            box.columns * _COLUMN_PX,
            box.rows * _ROW_PX,
        ).adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveLeft(width - place.right())
        return place

    def _paint_box(self, painter: QPainter, box: Box, place: QRectF) -> None:
        roles = {
            Kind.THING: (QPalette.ColorRole.Base, QPalette.ColorRole.Mid),
            Kind.NETWORK: (QPalette.ColorRole.Button, QPalette.ColorRole.Accent),
        }
        text = self._colour(QPalette.ColorRole.WindowText)
        if box.kind in roles:
            ground, frame = roles[box.kind]
            painter.setPen(QPen(self._colour(frame), 2 if box.kind is Kind.NETWORK else 1))
            painter.setBrush(self._colour(ground))
            painter.drawRoundedRect(place, _RADIUS_PX, _RADIUS_PX)
        else:
            text = self._colour(QPalette.ColorRole.PlaceholderText)
        painter.setPen(text)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place.adjusted(4, 2, -4, -2), int(flags), box.text)

    def _paint_arrow(self, painter: QPainter, start: QRectF, end: QRectF, is_dashed: bool) -> None:
        role = QPalette.ColorRole.Accent if is_dashed else QPalette.ColorRole.PlaceholderText
        style = Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine
        begin = _border_point(start, end.center())
        tip = _border_point(end, start.center())
        painter.setPen(QPen(self._colour(role), 1.5, style))
        painter.drawLine(begin, tip)
        angle = math.atan2(tip.y() - begin.y(), tip.x() - begin.x())
        head = QPolygonF([tip, *(_away(tip, angle + turn) for turn in (2.7, -2.7))])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(role))
        painter.drawPolygon(head)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)


def _border_point(box: QRectF, towards: QPointF) -> QPointF:
    """Return where the line from a box's centre to a point leaves it, and a little beyond."""
    centre = box.center()
    dx, dy = towards.x() - centre.x(), towards.y() - centre.y()
    reach_x, reach_y = box.width() / 2 + 2, box.height() / 2 + 2
    scale = min(
        reach_x / abs(dx) if dx else math.inf,
        reach_y / abs(dy) if dy else math.inf,
    )
    return QPointF(centre.x() + dx * scale, centre.y() + dy * scale)


def _away(point: QPointF, angle: float) -> QPointF:
    return QPointF(point.x() + _HEAD_PX * math.cos(angle), point.y() + _HEAD_PX * math.sin(angle))
