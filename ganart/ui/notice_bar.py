"""A line above the page for news that need no answer, with one thing to do about it at most."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ganart.ui.icons import icon


class NoticeBar(QWidget):
    """Hidden until there is something to tell; the newest news replace the older ones."""

    acted = Signal(str)
    """The button was used; the key of what it stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Hide this notice"))
        self._close.setToolTip(self.tr("Hide this notice"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self.hide()

    def text(self) -> str:
        """Return what is told at the moment."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, button: str = "", key: str = "") -> None:
        """Show `text`, and a `button` that emits `acted` with `key`."""
        self._key = key
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def _act(self) -> None:
        self.hide()
        self.acted.emit(self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        mark = QRectF(0, 0, 3, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            mark.moveRight(self.width())
        painter.fillRect(mark, self.palette().color(QPalette.ColorRole.Accent))
