"""A line above the page for news that need no answer, with one thing to do about it at most."""

from collections import deque
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ganart.ui.icons import icon

MOST_WAITING = 5
"""Of more news than these the oldest are dropped."""


class _News(NamedTuple):
    text: str
    button: str
    key: str
    decline: str


class NoticeBar(QWidget):
    """Hidden until there is something to tell; news wait until those before them were hidden."""

    acted = Signal(str)
    """The button was used; the key of what it stands for."""
    declined = Signal(str)
    """The other button was used; the key of what is not wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: _News | None = None
        self._waiting: deque[_News] = deque(maxlen=MOST_WAITING)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._decline = QPushButton()
        self._decline.clicked.connect(self._on_declined)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Hide this notice"))
        self._close.setToolTip(self.tr("Hide this notice"))
        self._close.clicked.connect(self._show_next)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._decline)
        layout.addWidget(self._close)
        self.hide()

    def text(self) -> str:
        """Return what is told at the moment."""
        return self._shown.text if self._shown is not None else ""

    def tell(self, text: str, button: str = "", key: str = "", decline: str = "") -> None:
        """Show `text`, and a `button` that emits `acted` with `key`; what is told or waits already
        is not told again.

        `decline` is another button, which emits `declined`; in place of hiding the notice.
        """
        news = _News(text, button, key, decline)
        if news == self._shown or news in self._waiting:
            return
        self._waiting.append(news)
        if self._shown is None:
            self._show_next()

    def clear(self) -> None:
        """Hide the bar and forget what waits."""
        self._waiting.clear()
        self._show_next()

    @Slot()
    def _show_next(self) -> None:
        self._shown = self._waiting.popleft() if self._waiting else None
        self.setVisible(self._shown is not None)
        if self._shown is None:
            return
        self._text.setText(self._shown.text)
        self._button.setText(self._shown.button)
        self._button.setVisible(bool(self._shown.button))
        self._decline.setText(self._shown.decline)
        self._decline.setVisible(bool(self._shown.decline))
        self._close.setVisible(not self._shown.decline)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._shown.text))

    @Slot()
    def _act(self) -> None:
        key = self._shown.key if self._shown is not None else ""
        self._show_next()
        self.acted.emit(key)

    @Slot()
    def _on_declined(self) -> None:
        key = self._shown.key if self._shown is not None else ""
        self._show_next()
        self.declined.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        mark = QRectF(0, 0, 3, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            mark.moveRight(self.width())
        painter.fillRect(mark, self.palette().color(QPalette.ColorRole.Accent))
