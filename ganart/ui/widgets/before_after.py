"""A picture before and after, compared by a divider, side by side, or one for the other."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QWidget

from ganart.ui.widgets.picture_view import PictureView

_STEP = 0.02
_FAR = 10
_GRIP_PX = 12
_GAP_PX = 8
_LABEL_ALPHA = 200


class Compare(StrEnum):
    """How the two are compared."""

    SLIDER = "slider"
    HOLD = "hold"
    SPLIT = "split"


class BeforeAfter(PictureView):
    """Shows a photo and what became of it, which may have any size, in the same place.

    Keys besides those of the view: Space, held, shows the photo; Left and Right move the divider
    while the whole picture is shown, Ctrl+Left and Ctrl+Right always (Shift: ten times as far).
    """

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._after = QPixmap()
        self._compare = Compare.SLIDER
        self._share = 0.5
        self._is_held = False
        self._moves_divider = False
        self._names = (self.tr("Before"), self.tr("After"))
        self.setMouseTracking(True)

    # What is shown

    def set_names(self, before: str, after: str) -> None:
        """Call the two otherwise than before and after."""
        self._names = (before, after)
        self.update()

    def set_before(self, image: QImage) -> None:
        """Show another photo; what came of the one before goes."""
        self._after = QPixmap()
        self.set_image(image)

    def set_after(self, image: QImage) -> None:
        """Show what became of the photo; a null image takes it away."""
        self._after = QPixmap.fromImage(image)
        self.update()

    def after(self) -> QImage:
        """Return what became of the photo."""
        return self._after.toImage()

    def has_after(self) -> bool:
        """Whether there is anything to compare with."""
        return not self._after.isNull()

    def compare(self) -> Compare:
        """Return how the two are compared."""
        return self._compare

    def set_compare(self, compare: Compare) -> None:
        """Compare in another way."""
        self._compare = compare
        self.fit()

    def share(self) -> float:
        """Return where the divider stands, 0 to 1 of the picture's width."""
        return self._share

    def set_share(self, share: float) -> None:
        """Move the divider."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def hold(self, is_held: bool) -> None:
        """Show the photo alone while it is held."""
        self._is_held = is_held
        self.update()

    # Painting

    def _room(self) -> QRectF:
        room = super()._room()
        if self._is_split():
            room.setWidth((room.width() - _GAP_PX) / 2)
        return room

    def _is_split(self) -> bool:
        return self._compare is Compare.SPLIT and self.has_after()

    def _divider_px(self) -> float:
        target = self._target()
        return target.left() + self._share * target.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        super().paintEvent(event)
        if not self.has_after() or self._pixmap.isNull():
            return
        painter = QPainter(self)
        # Of one size, both have pixels alike; a smaller result is stretched to the photo's size.
        is_alike = self._after.size() == self._pixmap.size()
        is_soft = self._is_soft() or not is_alike
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_soft)
        target, after = self._target(), QRectF(self._after.rect())
        if self._compare is Compare.SPLIT:
            self._paint_split(painter, target)
        elif self._compare is Compare.HOLD:
            if not self._is_held:
                painter.drawPixmap(target, self._after, after)
            self._label(painter, self._shown_name(), at_end=False)
        elif not self._is_held:
            visible = QRectF(self.rect())
            visible.setLeft(self._divider_px())
            painter.setClipRect(visible)
            painter.drawPixmap(target, self._after, after)
            painter.setClipping(False)
            self._paint_divider(painter, target)
            self._label(painter, self._names[0], at_end=False)
            self._label(painter, self._names[1], at_end=True)
        else:
            self._label(painter, self._shown_name(), at_end=False)
        self._paint_focus(painter)

    def _shown_name(self) -> str:
        return self._names[0] if self._is_held else self._names[1]

    def _paint_split(self, painter: QPainter, target: QRectF) -> None:
        room = self._room()
        half = QRectF(room)
        half.moveLeft(room.width() + _GAP_PX)
        # A zoomed photo reaches over the middle.
        painter.fillRect(half.adjusted(-_GAP_PX, 0, 0, 0), self.palette().window())
        painter.setClipRect(half)
        shifted = target.translated(half.left(), 0)
        painter.drawPixmap(shifted, self._after, QRectF(self._after.rect()))
        painter.setClipping(False)
        self._label(painter, self._names[0], at_end=False)
        self._label(painter, self._names[1], at_end=True)

    def _paint_divider(self, painter: QPainter, target: QRectF) -> None:
        palette = self.palette()
        x = self._divider_px()
        top, bottom = max(0.0, target.top()), min(float(self.height()), target.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A dark line beside a light one is seen on every picture.
        for shift, colour in ((-1, QColor(0, 0, 0, 160)), (0, QColor(255, 255, 255))):
            painter.setPen(QPen(colour, 1.5))
            painter.drawLine(QPointF(x + shift, top), QPointF(x + shift, bottom))
        grip = QRectF(0, 0, 2 * _GRIP_PX, 2 * _GRIP_PX)
        grip.moveCenter(QPointF(x, (top + bottom) / 2))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(grip)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.5))
        y = grip.center().y()
        for side in (-1, 1):
            tip = QPointF(x + 7 * side, y)
            painter.drawLine(tip, QPointF(x + 3 * side, y - 4))
            painter.drawLine(tip, QPointF(x + 3 * side, y + 4))

    def _label(self, painter: QPainter, text: str, *, at_end: bool) -> None:
        palette = self.palette()
        box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -3, 8, 3)
        seen = self._target().intersected(self._room())
        if self._is_split() and at_end:
            seen.translate(self._room().width() + _GAP_PX, 0)
        box.moveTop(seen.top() + 8)
        if at_end:
            box.moveRight(seen.right() - 8)
        else:
            box.moveLeft(seen.left() + 8)
        ground = QColor(palette.color(QPalette.ColorRole.Base))
        ground.setAlpha(_LABEL_ALPHA)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setLayoutDirection(QApplication.layoutDirection())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # Mouse and keys

    def _is_at_divider(self, place: QPointF) -> bool:
        usable = self._compare is Compare.SLIDER and self.has_after()
        return usable and abs(place.x() - self._divider_px()) <= _GRIP_PX

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the divider, or show the photo."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._moves_divider = left and self._is_at_divider(event.position())
        if self._moves_divider:
            return
        if left and self._compare is Compare.HOLD:
            self.hold(True)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the divider."""
        if self._moves_divider:
            target = self._target()
            self.set_share((event.position().x() - target.left()) / max(1.0, target.width()))
            return
        shape = Qt.CursorShape.ArrowCursor
        if self._is_at_divider(event.position()):
            shape = Qt.CursorShape.SplitHCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._moves_divider = False
        self.hold(False)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        moves = not self._zoom or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Qt.Key.Key_Space:
                if not event.isAutoRepeat():
                    self.hold(True)
            case Qt.Key.Key_Left if moves:
                self.set_share(self._share - far * _STEP)
            case Qt.Key.Key_Right if moves:
                self.set_share(self._share + far * _STEP)
            case _:
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the result again."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.hold(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the result again: the key may be released elsewhere."""
        self.hold(False)
        super().focusOutEvent(event)
