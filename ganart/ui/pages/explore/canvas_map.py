"""The map of the canvas as mouse and keyboard move it."""

import math
import time

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ganart.ui.pages.explore.canvas_field import ZOOM_STEP, MapField
from ganart.ui.pages.explore.canvas_grounds import Ground
from ganart.ui.pages.explore.canvas_thumbs import Thumbs

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_WHEEL_NOTCH = 120
_CLICK_PX = 4
"""A mouse that moves less than this between press and release clicks."""
_STEP = 0.1
"""Of the arrow keys, in places; with Shift ten times as far."""
_PAUSE_S = 0.8
"""Between two keys that are steps back of their own."""


class MapView(MapField):
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

    def __init__(self, ground: Ground, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(ground, thumbs, parent)
        self.pen = False
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._is_dragging = False
        self._held = -1
        self._key_at = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

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
        far = _STEP * (10 if event.modifiers() & _SHIFT else 1)
        ways = {
            Qt.Key.Key_Left: (-far, 0.0),
            Qt.Key.Key_Right: (far, 0.0),
            Qt.Key.Key_Up: (0.0, -far),
            Qt.Key.Key_Down: (0.0, far),
            Qt.Key.Key_PageUp: (0.0, -float(max(1, int(self.height() // self.pitch[1])))),
            Qt.Key.Key_PageDown: (0.0, float(max(1, int(self.height() // self.pitch[1])))),
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
        held = self.anchor_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or self.message:
            if held >= 0:  # the menu that follows is about this one
                self.anchor_chosen.emit(held)
            super().mousePressEvent(event)
            return
        self._pressed = self._last = event.position()
        self._is_dragging = False
        self._held = held
        if held >= 0:
            self.anchor_chosen.emit(held)
        elif self.can_draw and (self.pen or event.modifiers() & _SHIFT):
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
            across, down = self.pitch
            self._go(-step.x() / across, -step.y() / down, begins=begins)

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
            self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Answer a pinch, and name the tile under the mouse."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value())
                return True
        elif isinstance(event, QHelpEvent) and not self.message:
            x, y = self.place_at(QPointF(event.pos()))
            held = self.anchor_at(QPointF(event.pos()))
            place = self.anchors[held].place if held >= 0 else (round(x), round(y))
            QToolTip.showText(event.globalPos(), self.ground.name(place), self)
            return True
        return super().event(event)
