"""The picture at hand with the rectangle of its crop, by mouse and by keyboard."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ganart.ui.pages.dataset.framing_crop import (
    CORNERS,
    SIDES,
    Handle,
    centred,
    grown,
    moved,
    nudge_px,
    resized,
)
from ganart.ui.pages.dataset.framing_marks import (
    HANDLE_PX,
    paint_cut_off,
    paint_outline,
    paint_point,
    paint_thirds,
)
from ganart.ui.widgets.picture_view import PictureView

_REACH_PX = 9
"""A handle is caught this near to its middle."""
_FAR = 10
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_Mod = Qt.KeyboardModifier


class Tool(Enum):
    """What a click does."""

    CROP = auto()
    FOCUS = auto()
    """It brings the place to the middle."""
    PICK = auto()
    """It takes the colour there."""


class CropCanvas(PictureView):
    """A picture that is bright where it is shown, and dark where it is cut off.

    Keys: arrows move the crop, or the focus point, by a pixel of training (Shift: ten); with
    Control they resize the crop about its middle, with Alt from its upper left corner; + and -
    zoom, 0 fits, 1 shows one pixel per pixel. A drag outside of the crop moves an enlarged picture.
    """

    changing = Signal(QRectF)
    """Where the crop is while it is dragged, in pixels of the picture."""
    settled = Signal(QRectF, str)
    """Where it was left, and the name of the key that moved it, empty after a drag."""
    pointed = Signal(QPointF, str)
    """A place of the picture that is to come to the middle, in its pixels, and the key's name."""
    picked = Signal(QColor)
    tool_changed = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._picture = QSize()
        self._training_px = (1, 1)
        self._rect = QRectF()
        self._focus: QPointF | None = None
        self._has_aspect = True
        self._grip: tuple[Handle, QPointF, QRectF] | None = None
        self.tool = Tool.CROP
        self.has_thirds = False
        self.setMouseTracking(True)

    def show_crop(
        self,
        picture: QSize,
        size: tuple[int, int],
        rect: QRectF,
        focus: QPointF | None,
        has_aspect: bool,
    ) -> None:
        """Show a crop of a `picture` of so many pixels, for training at `size`.

        With `has_aspect` its width stays as many times its height as in `size`. A crop of the same
        picture that is being dragged stays where it is.
        """
        if self._grip is not None and picture == self._picture:
            return
        self._picture, self._training_px = picture, size
        self._rect, self._focus, self._has_aspect = rect, focus, has_aspect
        self._grip = None
        self.update()

    def crop(self) -> QRectF:
        """Return the rectangle in pixels of the picture."""
        return QRectF(self._rect)

    def let_go(self) -> None:
        """End a drag where it is, and leave things as they were."""
        self._grip = None

    def set_tool(self, tool: Tool) -> None:
        """Let clicks do something else."""
        self.tool = tool
        self._grip = None
        self._set_cursor(None)
        self.update()
        self.tool_changed.emit()

    def set_thirds(self, has_thirds: bool) -> None:
        """Draw two lines each way over the crop, or none."""
        self.has_thirds = has_thirds
        self.update()

    @property
    def _aspect(self) -> float | None:
        return self._training_px[0] / self._training_px[1] if self._has_aspect else None

    @property
    def _handles(self) -> tuple[Handle, ...]:
        return CORNERS if self._has_aspect else (*CORNERS, *SIDES)

    # Between the widget and the picture

    def _room(self) -> QRectF:
        """Return the place that the picture may fill; handles at its border are seen whole."""
        return super()._room().adjusted(HANDLE_PX, HANDLE_PX, -HANDLE_PX, -HANDLE_PX)

    def _scale(self) -> float:
        """Return pixels of the widget for one of the picture."""
        return self._target().width() / max(1, self._picture.width())

    def _on_screen(self, rect: QRectF) -> QRectF:
        scale, corner = self._scale(), self._target().topLeft()
        return QRectF(rect.topLeft() * scale + corner, QSizeF(rect.size() * scale))

    def place_of(self, point: QPointF) -> QPointF:
        """Return which place of the picture lies at a point of the widget."""
        return (point - self._target().topLeft()) / self._scale()

    def handle_place(self, handle: Handle) -> QPointF:
        """Return where a handle lies on the widget."""
        rect = self._on_screen(self._rect)
        return rect.center() + QPointF(handle[0] * rect.width() / 2, handle[1] * rect.height() / 2)

    def _handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle at a point, (0, 0) inside of the crop, None elsewhere."""
        for handle in self._handles:
            step = self.handle_place(handle) - point
            if max(abs(step.x()), abs(step.y())) <= _REACH_PX:
                return handle
        return (0, 0) if self._on_screen(self._rect).contains(point) else None

    def _is_empty(self) -> bool:
        return self._rect.isEmpty() or self.image().isNull()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and what is shown of it."""
        super().paintEvent(event)
        if self._is_empty():
            return
        painter = QPainter(self)
        crop = self._on_screen(self._rect)
        paint_cut_off(painter, self._target(), crop)
        if self.has_thirds:
            paint_thirds(painter, crop)
        paint_outline(painter, crop, map(self.handle_place, self._handles))
        if self.tool is Tool.FOCUS and self._focus is not None:
            paint_point(painter, self._on_screen(QRectF(self._focus, QSizeF())).topLeft())
        self._paint_focus(painter)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Catch the crop or one of its handles; or point, or pick a colour."""
        if event.button() != Qt.MouseButton.LeftButton or self._is_empty():
            super().mousePressEvent(event)
            return
        place = self.place_of(event.position())
        if self.tool is Tool.PICK:
            self._pick(place)
        elif self.tool is Tool.FOCUS:
            self.pointed.emit(place, "")
        elif (handle := self._handle_at(event.position())) is not None:
            self._grip = handle, place, QRectF(self._rect)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was caught."""
        if self._grip is None:
            super().mouseMoveEvent(event)
            if not self._is_empty():
                self._set_cursor(self._handle_at(event.position()))
            return
        handle, start, rect = self._grip
        place = self.place_of(event.position())
        if handle == (0, 0):
            step = place - start
            self._rect = moved(rect, step.x(), step.y(), self._picture)
        else:
            self._rect = resized(rect, handle, place, self._picture, self._aspect)
        self.update()
        self.changing.emit(self._rect)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave what was dragged where it is."""
        if self._grip is not None:
            _, _, before = self._grip
            self._grip = None
            if self._rect != before:
                self.settled.emit(self._rect, "")
        super().mouseReleaseEvent(event)

    def _pick(self, place: QPointF) -> None:
        image = self.image()
        scale = image.width() / self._picture.width()
        x, y = int(place.x() * scale), int(place.y() * scale)
        if image.valid(x, y):
            self.picked.emit(image.pixelColor(x, y))

    def _set_cursor(self, handle: Handle | None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self.tool is not Tool.CROP:
            shape = Qt.CursorShape.CrossCursor
        elif handle == (0, 0):
            shape = Qt.CursorShape.SizeAllCursor
        elif handle is not None and 0 in handle:
            is_level = handle[1] == 0
            shape = Qt.CursorShape.SizeHorCursor if is_level else Qt.CursorShape.SizeVerCursor
        elif handle is not None:
            is_falling = handle[0] == handle[1]
            shape = Qt.CursorShape.SizeFDiagCursor if is_falling else Qt.CursorShape.SizeBDiagCursor
        self.setCursor(shape)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move or resize the crop; answer the keys of any picture."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None or self._is_empty():
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers()
        step = nudge_px(self._rect, self._training_px) * (
            _FAR if modifiers & _Mod.ShiftModifier else 1
        )
        x_px, y_px = arrow[0] * step, arrow[1] * step
        if self.tool is Tool.FOCUS:
            place = (self._focus or self._rect.center()) + QPointF(x_px, y_px)
            self.pointed.emit(place, "focus")
            return
        name = "resize"
        if modifiers & _Mod.ControlModifier:
            rect = grown(self._rect, x_px, -y_px, self._picture, self._aspect)
        elif modifiers & _Mod.AltModifier:
            rect = self._pulled(x_px, y_px)
        else:
            rect, name = moved(self._rect, x_px, y_px, self._picture), "move"
        if rect != self._rect:
            self._rect = rect
            self.update()
            self.settled.emit(rect, name)

    def _pulled(self, x_px: float, y_px: float) -> QRectF:
        """Return the crop with its lower right corner moved."""
        corner = self._rect.bottomRight() + QPointF(x_px, y_px)
        if self._aspect is not None:
            width = self._rect.width() + (x_px or y_px * self._aspect)
            corner = self._rect.topLeft() + QPointF(width, width / self._aspect)
        return resized(self._rect, (1, 1), corner, self._picture, self._aspect)

    def centre_on(self, place: QPointF) -> QRectF:
        """Return the crop with a place in its midst, as far as the picture reaches."""
        return centred(self._rect, place, self._picture)
