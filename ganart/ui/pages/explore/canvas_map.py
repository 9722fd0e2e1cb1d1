"""The map of the canvas: small pictures without end, and the place in its middle."""

import math
import time

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganart.media.board import Anchor
from ganart.media.lattice import Place
from ganart.media.point import Point
from ganart.ui.pages.explore.canvas_grounds import Ground
from ganart.ui.pages.explore.canvas_painting import ANCHOR_PX, paint_map
from ganart.ui.pages.explore.canvas_thumbs import Thumbs

CELL_PX = 72.0
"""Between two places, at the usual zoom."""
LEAST_CELL_PX = 24.0
LEAST_LENS_PX = 80.0
_ZOOM_STEP = 1.25
_WHEEL_NOTCH = 120
_CLICK_PX = 4
"""A mouse that moves less than this between press and release clicks."""
_STEP = 0.1
"""Of the arrow keys, in places; with Shift ten times as far."""
_PAUSE_S = 0.8
"""Between two keys that are steps back of their own."""
_MOST_TILES = 6000
"""Points that are remembered, so that they need not be made for every frame."""
_WANT_AFTER_MS = 30


class MapView(QWidget):
    """Shows a `Ground` around a place. The mouse drags it, and the wheel or a pinch zooms.

    Keys: arrows go on (Shift: ten times as far), + and - zoom, 0 is the usual zoom, Space or Enter
    goes to the nearest whole place, Page up and down by a view, Home to the first place. While
    `pen` is on, or with Shift, the mouse draws. Pictures are not mirrored in right-to-left layouts.
    """

    moved = Signal(object, bool)
    """The place that is to be looked at, and whether this begins another way there."""
    stroke_drawn = Signal(object)
    """A tuple of places."""
    anchor_chosen = Signal(int)
    anchor_moved = Signal(int, object, bool)
    """Which, to what place, and whether this begins another way there."""
    zoomed = Signal()

    def __init__(self, ground: Ground, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = ground
        self.thumbs = thumbs
        self.place: Place = (0.0, 0.0)
        self.cell = CELL_PX
        self.anchors: tuple[Anchor, ...] = ()
        self.chosen = -1
        """Which of the anchors."""
        self.path: tuple[Place, ...] = ()
        self.stroke: list[Place] = []
        """What is being drawn."""
        self.pen = False
        self.picture: QPixmap | None = None
        """Of the place in the middle, once it is drawn."""
        self.is_on_map = True
        """Whether the point that is looked at is the one in the middle."""
        self.message = ""
        """What stands in place of a map that is empty."""
        self.also: tuple[Point, ...] = ()
        """Points that are seen elsewhere, and are drawn last."""
        self._points: dict[tuple[int, int], Point | None] = {}
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._is_dragging = False
        self._held = -1
        self._key_at = 0.0
        self._wanting = QTimer(self, singleShot=True, interval=_WANT_AFTER_MS)
        self._wanting.timeout.connect(self.want)
        thumbs.arrived.connect(self.update)
        thumbs.outdated.connect(self.want_soon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    # What is shown

    def set_ground(self, ground: Ground) -> None:
        """Show another map, or this one with other points."""
        self.ground = ground
        self._points.clear()
        self.want_soon()

    def set_place(self, place: Place) -> None:
        """Show another place in the middle."""
        if place != self.place:
            self.place = place
            self.want_soon()
        self.update()

    def set_picture(self, picture: QPixmap | None) -> None:
        """Show the picture of the place in the middle; None while it is not drawn."""
        self.picture = picture
        self.update()

    def point_of(self, column: int, row: int) -> Point | None:
        """Return the point of a tile."""
        key = (column, row)
        if key not in self._points:
            if len(self._points) > _MOST_TILES:
                self._points.clear()
            self._points[key] = self.ground.point_at(key)
        return self._points[key]

    def tiles(self, *, whole: bool = False) -> list[tuple[int, int]]:
        """Return column and row of what is seen, or `whole` seen, in the order of reading."""
        edge = -0.5 if whole else 0.5
        across, down = self.width() / 2 / self.cell + edge, self.height() / 2 / self.cell + edge
        x, y = self.place
        columns = range(math.ceil(x - across), math.floor(x + across) + 1)
        rows = range(math.ceil(y - down), math.floor(y + down) + 1)
        return [(column, row) for row in rows for column in columns]

    @Slot()
    def want_soon(self) -> None:
        """Have what is seen drawn, and what is in the middle first."""
        if not self._wanting.isActive():
            self._wanting.start()
        self.update()

    @Slot()
    def want(self) -> None:
        """Do what `want_soon` promises."""
        if not self.isVisible():
            return
        tiles = sorted(self.tiles(), key=lambda tile: math.dist(tile, self.place))
        points = [self.point_of(*tile) for tile in tiles]
        self.thumbs.want([*(point for point in points if point is not None), *self.also])
        self.update()

    # Between places and pixels

    def on_screen(self, place: Place) -> QPointF:
        """Return where a place is shown."""
        return QPointF(
            self.width() / 2 + (place[0] - self.place[0]) * self.cell,
            self.height() / 2 + (place[1] - self.place[1]) * self.cell,
        )

    def place_at(self, position: QPointF) -> Place:
        """Return the place that is shown at a position."""
        return (
            self.place[0] + (position.x() - self.width() / 2) / self.cell,
            self.place[1] + (position.y() - self.height() / 2) / self.cell,
        )

    def lens(self) -> QRectF:
        """Return where the picture of the middle is shown: as large as the view when near."""
        room = min(self.width(), self.height()) - 12
        side = max(8.0, min(room, max(LEAST_LENS_PX, 1.25 * self.cell)))
        rect = QRectF(0, 0, side, side)
        rect.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        return rect

    def anchor_at(self, position: QPointF) -> int:
        """Return which anchor is shown at a position, or -1."""
        for number in reversed(range(len(self.anchors))):
            away = self.on_screen(self.anchors[number].place) - position
            if math.hypot(away.x(), away.y()) <= ANCHOR_PX:
                return number
        return -1

    # Zoom

    def zoom_by(self, factor: float) -> None:
        """Come nearer or go away."""
        self._zoom_to(self.cell * factor)

    @Slot()
    def zoom_in(self) -> None:
        """Come nearer."""
        self.zoom_by(_ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Go away."""
        self.zoom_by(1 / _ZOOM_STEP)

    @Slot()
    def reset_zoom(self) -> None:
        """Go back to the usual zoom."""
        self._zoom_to(CELL_PX)

    def _zoom_to(self, cell: float) -> None:
        nearest = max(CELL_PX, min(self.width(), self.height()))
        self.cell = min(nearest, max(LEAST_CELL_PX, cell))
        self.zoomed.emit()
        self.want_soon()

    # Ways to other places

    @Slot()
    def snap(self) -> None:
        """Go to the nearest place that is nothing in between."""
        self.moved.emit(self.ground.snapped(self.place), True)

    def _go(self, across: float, down: float, *, begins: bool) -> None:
        place = self.place[0] + across, self.place[1] + down
        self.moved.emit(self.ground.settled(place), begins)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        far = _STEP * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        ways = {
            Qt.Key.Key_Left: (-far, 0.0),
            Qt.Key.Key_Right: (far, 0.0),
            Qt.Key.Key_Up: (0.0, -far),
            Qt.Key.Key_Down: (0.0, far),
            Qt.Key.Key_PageUp: (0.0, -float(max(1, int(self.height() // self.cell)))),
            Qt.Key.Key_PageDown: (0.0, float(max(1, int(self.height() // self.cell)))),
        }
        key = Qt.Key(event.key())
        if key in ways and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move_anchor(*ways[key], begins=self._begins())
        elif key in ways:
            self._go(*ways[key], begins=self._begins())
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.reset_zoom()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.snap()
        elif key == Qt.Key.Key_Home:
            self.moved.emit(self.ground.snapped((0.0, 0.0)), True)
        else:
            super().keyPressEvent(event)

    def _begins(self) -> bool:
        """Whether a key comes so long after the one before that it is another step back."""
        before, self._key_at = self._key_at, time.perf_counter()
        return self._key_at - before > _PAUSE_S

    def _move_anchor(self, across: float, down: float, *, begins: bool) -> None:
        if 0 <= self.chosen < len(self.anchors):
            x, y = self.anchors[self.chosen].place
            self.anchor_moved.emit(self.chosen, (x + across, y + down), begins)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to draw."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed = self._last = event.position()
        self._is_dragging = False
        self._held = self.anchor_at(event.position())
        if self._held >= 0:
            self.anchor_chosen.emit(self._held)
        elif self.pen or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stroke = [self.place_at(event.position())]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._pressed is None:
            return
        way, here = event.position() - self._pressed, event.position()
        begins = not self._is_dragging
        if begins and math.hypot(way.x(), way.y()) < _CLICK_PX:
            return
        self._is_dragging = True
        step, self._last = here - self._last, here
        if self._held >= 0:
            self.anchor_moved.emit(self._held, self.place_at(here), begins)
        elif self.stroke:
            self.stroke.append(self.place_at(here))
            self.update()
        else:
            self._go(-step.x() / self.cell, -step.y() / self.cell, begins=begins)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it; without a drag, go to the tile or the anchor."""
        if self._pressed is None:
            return
        stroke, self.stroke, self._pressed = tuple(self.stroke), [], None
        if self._is_dragging:
            if stroke:
                self.stroke_drawn.emit(stroke)
            return
        if self._held >= 0:
            self.moved.emit(self.anchors[self._held].place, True)
            return
        x, y = self.place_at(event.position())
        if stroke:
            self.stroke_drawn.emit(stroke)
        else:
            self.moved.emit(self.ground.settled((round(x), round(y))), True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        if event.angleDelta().y():
            self.zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Answer a pinch, and name the tile under the mouse."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value())
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            x, y = self.place_at(QPointF(event.pos()))
            held = self.anchor_at(QPointF(event.pos()))
            place = self.anchors[held].place if held >= 0 else (round(x), round(y))
            QToolTip.showText(event.globalPos(), self.ground.name(place), self)
            return True
        return super().event(event)

    # Paint

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(480, 420)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(200, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        paint_map(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a new size."""
        super().resizeEvent(event)
        self.want_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw."""
        super().showEvent(event)
        self.want_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the computer to others while hidden."""
        super().hideEvent(event)
        self.thumbs.want(())
