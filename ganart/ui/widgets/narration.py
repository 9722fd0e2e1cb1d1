"""A sentence that changes while something is watched, read aloud no oftener than can be borne."""

from time import monotonic

from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ganart.ui.widgets.text import give_way

ALOUD_EVERY_S = 10.0
"""A screen reader is given the newest sentence no oftener than this."""
_MARK_PX = 3
_LINES = 6
"""Space is kept for so many, so that nothing below jumps about."""


class Narration(QFrame):
    """A sentence on a ground of its own, marked as something that is being said."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aloud_s = -ALOUD_EVERY_S
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._read_aloud)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.label.setAccessibleName(name)
        give_way(self.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 12, 10)
        layout.addWidget(self.label)
        self.label.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())

    def text(self) -> str:
        """Return the sentence."""
        return self.label.text()

    def tell(self, text: str) -> None:
        """Show a sentence; it is read aloud now, or once the one before is long enough ago."""
        if text == self.text():
            return
        self.label.setText(text)
        wait_s = self._aloud_s + ALOUD_EVERY_S - monotonic()
        if wait_s <= 0:
            self._read_aloud()
        elif not self._waiting.isActive():
            self._waiting.start(round(1000 * wait_s))

    def show_quietly(self, text: str) -> None:
        """Show a sentence that is no news, and read out nothing that still waits."""
        self._waiting.stop()
        self.label.setText(text)

    @Slot()
    def _read_aloud(self) -> None:
        self._aloud_s = monotonic()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the mark on the side where reading begins."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        mark = QRectF(0, 0, _MARK_PX, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            mark.moveRight(self.width())
        painter.fillRect(mark, self.palette().color(QPalette.ColorRole.Accent))
