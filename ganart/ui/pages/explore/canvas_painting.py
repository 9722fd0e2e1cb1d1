"""How the map of the canvas is painted."""

import math
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from ganart.ui.pages.explore.canvas_thumbs import TINY_PX, Thumb

if TYPE_CHECKING:  # it imports this
    from ganart.ui.pages.explore.canvas_field import MapField

ANCHOR_PX = 11
"""Radius of an anchor's dot."""
_STOP_PX = 3.5
_NAME_ROOM_PX = 5


def paint_map(view: "MapField") -> None:
    """Paint tiles, the path, the lens in the middle, anchors, and the focus."""
    painter = QPainter(view)
    palette = view.palette()
    painter.fillRect(view.rect(), palette.color(QPalette.ColorRole.Base))
    if view.message:
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setLayoutDirection(QApplication.layoutDirection())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(view.rect().adjusted(24, 16, -24, -16), int(flags), view.message)
    else:
        view.layer.paint(view, painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_lens(view, painter)
        _paint_path(view, painter)
        _paint_anchors(view, painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if view.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
        painter.drawRect(view.rect().adjusted(1, 1, -1, -1))


class TileLayer:
    """The tiles around a whole place, painted once: small moves only shift them."""

    def __init__(self) -> None:
        self._key: object = None
        self._pixmap = QPixmap()
        self._painted: dict[tuple[int, int], Thumb | None] = {}
        self._origin = (0, 0)
        self.is_current = False
        """Whether no tile has changed since they were painted."""

    def clear(self) -> None:
        """Paint all of them anew."""
        self._key = None

    def paint(self, view: "MapField", painter: QPainter) -> None:
        """Paint what has changed, then all of it onto the view."""
        ratio = view.devicePixelRatioF()
        origin = round(view.place[0]), round(view.place[1])
        key = (origin, view.pitch, view.size(), ratio, view.palette().cacheKey())
        if key != self._key:
            self._key, self._origin, self.is_current = key, origin, False
            self._painted = {}
            # Half a tile more on each side is as far as the middle gets from its origin.
            width, height = view.width() + view.pitch[0] + 2, view.height() + view.pitch[1] + 2
            self._pixmap = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(view.palette().color(QPalette.ColorRole.Base))
        if not self.is_current:
            self._paint_changed(view)
            self.is_current = True
        # On whole pixels, or the tiles would shimmer while the map moves.
        middle = view.on_screen(origin)
        size = self._pixmap.deviceIndependentSize()
        left, top = middle.x() - size.width() / 2, middle.y() - size.height() / 2
        painter.drawPixmap(QPointF(round(left * ratio), round(top * ratio)) / ratio, self._pixmap)

    def _paint_changed(self, view: "MapField") -> None:
        empty = view.palette().color(QPalette.ColorRole.AlternateBase)
        size = self._pixmap.deviceIndependentSize()
        gap = 1 if view.cell < 48 else 3
        width, height = (max(1, math.floor(each) - gap) for each in view.pitch)
        across = math.ceil(size.width() / 2 / view.pitch[0])
        down = math.ceil(size.height() / 2 / view.pitch[1])
        with QPainter(self._pixmap) as painter:
            for x, y in product(range(-across, across + 1), range(-down, down + 1)):
                tile = self._origin[0] + x, self._origin[1] + y
                thumb = view.thumb_of(tile)
                if tile in self._painted and self._painted[tile] is thumb:
                    continue
                self._painted[tile] = thumb
                if not view.ground.has(tile):
                    continue
                left = round(size.width() / 2 + x * view.pitch[0] - width / 2)
                top = round(size.height() / 2 + y * view.pitch[1] - height / 2)
                box = QRectF(left, top, width, height)
                if thumb is None or thumb.pixmap.isNull():
                    painter.fillRect(box, empty)
                else:
                    _paint_picture(painter, box, _fitting(thumb, width, view))


def _fitting(thumb: Thumb, width: float, view: "MapField") -> QPixmap:
    is_tiny = width * view.devicePixelRatioF() <= 1.25 * TINY_PX
    return thumb.tiny if is_tiny else thumb.pixmap


def _paint_picture(painter: QPainter, box: QRectF, picture: QPixmap) -> None:
    """Paint with hard pixels where they are enlarged, else smoothly."""
    enlarged = box.width() * painter.device().devicePixelRatioF() / max(1, picture.width())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, enlarged < 2)
    painter.drawPixmap(box, picture, QRectF(picture.rect()))


def _paint_lens(view: "MapField", painter: QPainter) -> None:
    palette = view.palette()
    accent = palette.color(QPalette.ColorRole.Highlight)
    lens = view.lens()
    if view.is_on_map:
        if view.picture is not None:
            painter.fillRect(lens.adjusted(-3, -3, 3, 3), palette.color(QPalette.ColorRole.Base))
            _paint_picture(painter, lens, view.picture)
        else:
            _paint_fade(view, painter, lens)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(accent, 2)
    if not view.is_on_map:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRect(lens.adjusted(-2, -2, 2, 2))
    if not view.is_on_map:
        middle = lens.center()
        painter.drawLine(middle - QPointF(8, 0), middle + QPointF(8, 0))
        painter.drawLine(middle - QPointF(0, 8), middle + QPointF(0, 8))


def _paint_fade(view: "MapField", painter: QPainter, lens: QRectF) -> None:
    """Fade the four tiles around into each other, until the picture itself is there."""
    x, y = view.place
    left, top = math.floor(x), math.floor(y)
    total = 0.0
    for column, row in ((left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)):
        share = (1 - abs(x - column)) * (1 - abs(y - row))
        thumb = view.thumb_of((column, row)) if share > 0 else None
        if thumb is None or thumb.pixmap.isNull():
            continue
        total += share
        painter.setOpacity(share / total)  # so that all of them end up with their shares
        _paint_picture(painter, lens, thumb.pixmap)
    painter.setOpacity(1.0)


def _paint_path(view: "MapField", painter: QPainter) -> None:
    palette = view.palette()
    for places, is_open in ((view.path, False), (view.stroke, True)):
        line = [view.on_screen(place) for place in places]
        for colour, width in ((palette.color(QPalette.ColorRole.Base), 5.0), (_accent(view), 2.5)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(line)
        if is_open or len(line) > 60:  # as dense as a line
            line = line[:1] + line[-1:] if not is_open else []
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
        painter.setBrush(_accent(view))
        for stop in line:
            painter.drawEllipse(stop, _STOP_PX, _STOP_PX)


def _paint_anchors(view: "MapField", painter: QPainter) -> None:
    palette = view.palette()
    for number, anchor in enumerate(view.anchors):
        middle = view.on_screen(anchor.place)
        painter.setBrush(QColor(anchor.colour))
        is_chosen = number == view.chosen
        edge = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Base
        painter.setPen(QPen(palette.color(edge), 3 if is_chosen else 2))
        painter.drawEllipse(middle, ANCHOR_PX, ANCHOR_PX)
        if is_chosen:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, ANCHOR_PX + 3, ANCHOR_PX + 3)
        _paint_name(view, painter, middle, anchor.name)


def _paint_name(view: "MapField", painter: QPainter, middle: QPointF, name: str) -> None:
    if not name:
        return
    metrics = view.fontMetrics()
    text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, 160)
    box = QRectF(metrics.boundingRect(text)).adjusted(-_NAME_ROOM_PX, -1, _NAME_ROOM_PX, 1)
    box.moveCenter(middle)
    box.moveTop(middle.y() + ANCHOR_PX + 5)
    back = view.palette().color(QPalette.ColorRole.Base)
    back.setAlphaF(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(view.palette().color(QPalette.ColorRole.Text))
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of the name
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _accent(view: "MapField") -> QColor:
    return view.palette().color(QPalette.ColorRole.Highlight)
