"""A picture on the whole page, to be looked at closely, and on to the next one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ganart.ui.widgets.picture_view import PictureView

GROUND = QColor(20, 20, 20)
"""Dark and neutral, on which colours are judged best, whatever the theme."""
SENTENCE = QColor(176, 176, 176)
"""What is written on it."""


class LoupeView(PictureView):
    """Keys: the arrows go on to other pictures, or pan while it is zoomed; Page up and Page down go
    on always. + and - zoom, F shows the whole, Z one pixel per pixel; Space, Enter and Escape lead
    back.
    """

    step_wanted = Signal(int)
    """1 to the next picture, -1 to the one before."""
    left = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        on_dark(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        step = self._step_of(Qt.Key(event.key()))
        match event.key():
            case _ if step:
                self.step_wanted.emit(step)
            case Qt.Key.Key_F:
                self.fit()
            case Qt.Key.Key_Z:
                self._set_zoom(0.0 if self._zoom else 1.0)
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _step_of(self, key: Qt.Key) -> int:
        """Return where a key leads: 1 onwards, -1 back, 0 nowhere."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if not self._zoom:
            onwards = -1 if is_mirrored() else 1
            steps |= {Qt.Key.Key_Right: onwards, Qt.Key.Key_Left: -onwards}
            steps |= {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        return steps.get(key, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and the picture on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), GROUND)
        painter.end()
        super().paintEvent(event)


def on_dark(widget: QWidget) -> None:
    """Have what a widget writes in place of a picture be readable on `GROUND`."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.PlaceholderText, SENTENCE)
    widget.setPalette(palette)


def is_mirrored() -> bool:
    """Whether people read from right to left; a picture is never mirrored, so it does not know."""
    return QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
