"""Painting an area over a picture, by mouse or by keyboard."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ganart.ui.widgets.picture_view import PictureView

MASK_PX = 1024
"""Longer side of a mask; it is fitted to the picture wherever it is used."""
_SIZES_PX = (4, 400)
_TINT_ALPHA = 130
_MOST_UNDONE = 30
_STEP_PX = 8
_INSIDE = 128
"""Greys from here on are inside; what is left at the rim of an erased stroke is not."""
_FAR = 8


class MaskCanvas(PictureView):
    """A picture with an area laid over it as a tint; the left button paints, the right one erases.

    Keys: arrows move a cross (Shift: further), Space paints there, X changes between painting and
    erasing, [ and ] change the size; + and - zoom, 0 fits.
    """

    changed = Signal()
    """The area, the size of the tool, or what the tool does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._mask = QImage()
        self._tint = QImage()
        self._undone_to: list[QImage] = []
        self._size_px = 60
        self._erases = False
        self._stroke_from: QPointF | None = None
        self._stroke_erases = False
        self._cross: QPointF | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def begin(self, picture: QImage, mask: QImage | None) -> None:
        """Paint on another picture, beginning with `mask`, or with nothing."""
        self.set_image(picture)
        self.fit()
        size = picture.size()
        if max(size.width(), size.height()) != MASK_PX:
            size = size.scaled(QSize(MASK_PX, MASK_PX), Qt.AspectRatioMode.KeepAspectRatio)
        size = size.expandedTo(QSize(1, 1))
        if mask is None:
            self._mask = QImage(size, QImage.Format.Format_Grayscale8)
            self._mask.fill(0)
        else:
            how = Qt.TransformationMode.SmoothTransformation
            grey = mask.convertToFormat(QImage.Format.Format_Grayscale8)
            self._mask = grey.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, how)
        self._undone_to.clear()
        self._cross = None
        self._renew()

    def area(self) -> QImage | None:
        """Return the area as a grey picture, white where it is; None for all or nothing."""
        rows = np.frombuffer(self._mask.constBits(), np.uint8).reshape(self._mask.height(), -1)
        is_inside = rows[:, : self._mask.width()] >= _INSIDE
        return self._mask.copy() if is_inside.any() and not is_inside.all() else None

    def size_px(self) -> int:
        """Return the diameter of the tool in pixels of the mask."""
        return self._size_px

    def set_size(self, size_px: int) -> None:
        """Change the diameter of the tool."""
        low, high = _SIZES_PX
        self._size_px = min(high, max(low, size_px))
        self.update()
        self.changed.emit()

    def erases(self) -> bool:
        """Whether the tool takes away."""
        return self._erases

    def set_erases(self, erases: bool) -> None:
        """Let the tool take away or add."""
        self._erases = erases
        self.changed.emit()

    def can_undo(self) -> bool:
        """Whether there is a stroke to take back."""
        return bool(self._undone_to)

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._undone_to:
            self._mask = self._undone_to.pop()
            self._renew()

    def clear(self) -> None:
        """Take the whole area away."""
        self._remember()
        self._mask.fill(0)
        self._renew()

    def invert(self) -> None:
        """Turn the area into what it is not."""
        self._remember()
        self._mask.invertPixels()
        self._renew()

    # Painting

    def _remember(self) -> None:
        self._undone_to = [*self._undone_to[1 - _MOST_UNDONE :], self._mask.copy()]

    def _stroke(self, start: QPointF, end: QPointF, erases: bool) -> None:
        painter = QPainter(self._mask)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(0, 0, 0) if erases else QColor(255, 255, 255)
        round_cap = Qt.PenCapStyle.RoundCap
        pen = QPen(colour, self._size_px, Qt.PenStyle.SolidLine, round_cap)
        painter.setPen(pen)
        if start == end:
            painter.drawPoint(start)
        else:
            painter.drawLine(start, end)
        painter.end()
        self._renew()

    def _renew(self) -> None:
        self._tint = QImage(self._mask.size(), QImage.Format.Format_ARGB32)
        self._tint.fill(self.palette().color(QPalette.ColorRole.Accent))
        alpha = self._mask.copy()
        painter = QPainter(alpha)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(alpha.rect(), QColor(_TINT_ALPHA, _TINT_ALPHA, _TINT_ALPHA))
        painter.end()
        self._tint.setAlphaChannel(alpha)
        self.update()
        self.changed.emit()

    def _on_mask(self, place: QPointF) -> QPointF:
        target = self._target()
        return QPointF(
            (place.x() - target.left()) / max(1.0, target.width()) * self._mask.width(),
            (place.y() - target.top()) / max(1.0, target.height()) * self._mask.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        super().paintEvent(event)
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target = self._target()
        painter.drawImage(target, self._tint, QRectF(self._tint.rect()))
        scale = target.width() / max(1, self._mask.width())
        if self._cross is not None:
            centre = QPointF(
                target.left() + self._cross.x() * scale, target.top() + self._cross.y() * scale
            )
            self._paint_tool(painter, centre, scale)
        elif self.underMouse():
            self._paint_tool(painter, QPointF(self.mapFromGlobal(self.cursor().pos())), scale)
        self._paint_focus(painter)

    def _paint_tool(self, painter: QPainter, centre: QPointF, scale: float) -> None:
        radius = self._size_px * scale / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0), 3.0), (QColor(255, 255, 255), 1.5)):
            style = Qt.PenStyle.DashLine if self._erases else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colour, width, style))
            painter.drawEllipse(centre, radius, radius)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        right = event.button() == Qt.MouseButton.RightButton
        if self._pixmap.isNull() or not (right or event.button() == Qt.MouseButton.LeftButton):
            return
        self._cross = None
        self._remember()
        self._stroke_erases = self._erases != right
        self._stroke_from = self._on_mask(event.position())
        self._stroke(self._stroke_from, self._stroke_from, self._stroke_erases)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a stroke."""
        if self._stroke_from is not None:
            here = self._on_mask(event.position())
            self._stroke(self._stroke_from, here, self._stroke_erases)
            self._stroke_from = here
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a stroke."""
        self._stroke_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Paint on: two clicks are two dabs."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        moves = {
            Qt.Key.Key_Left: QPoint(-1, 0),
            Qt.Key.Key_Right: QPoint(1, 0),
            Qt.Key.Key_Up: QPoint(0, -1),
            Qt.Key.Key_Down: QPoint(0, 1),
        }
        key = Qt.Key(event.key())
        if key in moves:
            far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._move_cross(moves[key] * far * _STEP_PX)
        elif key == Qt.Key.Key_Space:
            self._move_cross(QPoint())
            self._remember()
            if self._cross is not None:
                self._stroke(self._cross, self._cross, self._erases)
        elif key == Qt.Key.Key_X:
            self.set_erases(not self._erases)
        elif key == Qt.Key.Key_BracketLeft:
            self.set_size(round(self._size_px / 1.25))
        elif key == Qt.Key.Key_BracketRight:
            self.set_size(round(self._size_px * 1.25) + 1)
        else:
            super().keyPressEvent(event)

    def _move_cross(self, step: QPoint) -> None:
        size = self._mask.size()
        here = self._cross or QPointF(size.width() / 2, size.height() / 2)
        self._cross = QPointF(
            min(float(size.width()), max(0.0, here.x() + step.x())),
            min(float(size.height()), max(0.0, here.y() + step.y())),
        )
        self.update()
