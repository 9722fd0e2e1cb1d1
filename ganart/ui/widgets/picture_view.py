"""One picture, as large as fits, with zoom and panning by mouse and keyboard."""

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ganart.ui import theme

_ZOOM_STEP = 1.25
_LARGEST_ZOOM = 64.0
_PAN_PX = 40
_WHEEL_NOTCH = 120
_DARK = QColor(20, 20, 20)
_LIGHT = QColor(176, 176, 176)


class PictureView(QWidget):
    """Paints one image, centred and undistorted; hard pixels when enlarged, smooth when reduced.

    Keys: + and - zoom, 0 and F fit, 1 shows one pixel per pixel and so does Z, or leads back from
    there; arrows pan (Shift: ten times as far).
    """

    zoom_changed = Signal(float)
    """Device pixels per picture pixel."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._pixmap = QPixmap()
        self._size = QSize()
        """Of the picture, of which the image may be a smaller or a larger copy."""
        self._placeholder = placeholder
        self._ground: QColor | None = None
        self._zoom = 0.0  # 0 means: fit
        self._centre = QPointF(0.5, 0.5)
        self._drag_from: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # Pictures are never mirrored.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def image(self) -> QImage:
        """Return what is shown."""
        return self._image

    def set_image(self, image: QImage, size: QSize | None = None) -> None:
        """Show another image; zoom and place stay when it has the same size.

        With a `size` it stands for a picture of so many pixels, such as until that one is read; it
        may then be null.
        """
        before = self._size
        self._size = image.size() if size is None else size
        self._image = image
        self._pixmap = QPixmap.fromImage(image)
        if self._size != before:
            self.fit()
        self.update()

    def picture_size(self) -> QSize:
        """Return the size of the picture, of which the image may be a copy of another size."""
        return self._size

    def set_placeholder(self, text: str) -> None:
        """Set the sentence that stands in place of a picture."""
        self._placeholder = text
        self.update()

    def set_dark_ground(self) -> None:
        """Show it on a dark neutral ground, on which colours are judged best, in every theme."""
        self._ground = _DARK
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, _LIGHT)
        seen_on_dark = theme.palette(dark=True).color(QPalette.ColorRole.Highlight)
        palette.setColor(QPalette.ColorRole.Highlight, seen_on_dark)
        self.setPalette(palette)

    def zoom(self) -> float:
        """Return device pixels per picture pixel."""
        return self._zoom or self._fitting_zoom()

    def fit(self) -> None:
        """Show the whole picture."""
        self._centre = QPointF(0.5, 0.5)
        self._set_zoom(0.0)

    def zoom_by(self, factor: float) -> None:
        """Enlarge or reduce around the centre of the view; below fitting it fits."""
        wanted = self.zoom() * factor
        self._set_zoom(0.0 if wanted <= self._fitting_zoom() else wanted)

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = min(zoom, _LARGEST_ZOOM)
        self.zoom_changed.emit(self.zoom())
        self.update()

    def _fitting_zoom(self) -> float:
        if self._size.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        room = self._room()
        zoom = min(
            room.width() * ratio / self._size.width(), room.height() * ratio / self._size.height()
        )
        # Whole multiples keep the pixels of small pictures equally large.
        return float(math.floor(zoom)) if zoom >= 2 else max(zoom, 1e-3)

    def _room(self) -> QRectF:
        """Return the place that the picture may fill, in the widget's coordinates."""
        return QRectF(self.rect())

    def _target(self) -> QRectF:
        """Return where the whole picture lies, in the widget's coordinates."""
        zoom = self.zoom() / self.devicePixelRatioF()
        width, height = self._size.width() * zoom, self._size.height() * zoom
        middle = self._room().center()
        share = self._centre if self._zoom else QPointF(0.5, 0.5)
        return QRectF(
            middle.x() - share.x() * width, middle.y() - share.y() * height, width, height
        )

    def _pan(self, x_px: float, y_px: float) -> None:
        target = self._target()
        if not self._zoom or target.isEmpty():
            return
        self._centre = QPointF(
            min(1.0, max(0.0, self._centre.x() - x_px / target.width())),
            min(1.0, max(0.0, self._centre.y() - y_px / target.height())),
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(448, 448)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(96, 96)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        palette = self.palette()
        if self._ground is not None:
            painter.fillRect(self.rect(), self._ground)
        if self._pixmap.isNull():
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            # The picture is never mirrored, but this is a sentence.
            painter.setLayoutDirection(QApplication.layoutDirection())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), int(flags), self._placeholder)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_soft())
            painter.drawPixmap(self._target(), self._pixmap, QRectF(self._pixmap.rect()))
        self._paint_focus(painter)

    def _is_soft(self) -> bool:
        # Enlarged by less than 2, hard pixels would be visibly of unequal size.
        # Nor are the pixels of a copy those of the picture.
        is_copy = self._image.size() != self._size
        return is_copy or (self.zoom() < 2 and self.zoom() != 1)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        step = _PAN_PX * far
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(_ZOOM_STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / _ZOOM_STEP)
            case Qt.Key.Key_0 | Qt.Key.Key_F:
                self.fit()
            case Qt.Key.Key_Z:
                self._set_zoom(0.0 if self._zoom else 1.0)
            case Qt.Key.Key_1:
                self._set_zoom(1.0)
            case Qt.Key.Key_Left if self._zoom:
                self._pan(step, 0)
            case Qt.Key.Key_Right if self._zoom:
                self._pan(-step, 0)
            case Qt.Key.Key_Up if self._zoom:
                self._pan(0, step)
            case Qt.Key.Key_Down if self._zoom:
                self._pan(0, -step)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        if self._image.isNull() or not event.angleDelta().y():
            event.ignore()
            return
        self.zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a press of the mouse."""
        if event.button() == Qt.MouseButton.LeftButton and self._zoom:
            self._drag_from = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Answer a move of the mouse."""
        if self._drag_from is not None:
            here = event.position().toPoint()
            self._pan(here.x() - self._drag_from.x(), here.y() - self._drag_from.y())
            self._drag_from = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Answer the release of the mouse."""
        self._drag_from = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything."""
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a new size."""
        super().resizeEvent(event)
        self.zoom_changed.emit(self.zoom())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or state."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
