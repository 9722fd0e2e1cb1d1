"""A picture on the whole page, to be looked at closely, and on to the next one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ganart.ui.widgets.picture_view import PictureView


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
        self.set_dark_ground()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        step = self._step_of(Qt.Key(event.key()))
        match event.key():
            case _ if step:
                self.step_wanted.emit(step)
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


def is_mirrored() -> bool:
    """Whether people read from right to left; a picture is never mirrored, so it does not know."""
    return QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
