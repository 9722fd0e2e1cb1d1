"""A button for what cannot be undone: the first click asks, the second one acts."""

from PySide6.QtCore import QDeadlineTimer, QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ganart.ui.widgets.click_shield import ClickShield

CONFIRM_WITHIN_MS = 20_000


class ConfirmButton(QPushButton):
    """Turns into its own question, which has the focus. Nothing happens unless it is answered by
    another click; looking elsewhere takes the question back.

    A double click only asks. The second click of one that answers meets nothing, whatever has come
    up in this button's place.
    """

    confirmed = Signal()

    def __init__(self, text: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self._question = question
        self._deaf = QDeadlineTimer()
        self._shield = ClickShield(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CONFIRM_WITHIN_MS)
        self._timer.timeout.connect(self.withdraw)
        self.clicked.connect(self._on_clicked)

    def is_asking(self) -> bool:
        """Whether the next click acts."""
        return self._timer.isActive()

    def reword(self, text: str, question: str) -> None:
        """Say something else, and take the question back."""
        self._text, self._question = text, question
        self.withdraw()

    @Slot()
    def withdraw(self) -> None:
        """Take the question back."""
        self._timer.stop()
        self.setText(self._text)

    @Slot()
    def _on_clicked(self) -> None:
        if self.is_asking():
            self._answer()
            return
        self._wait()
        self.setText(self._question)
        self.setFocus()
        self._timer.start()
        question = self._question.replace("&", "")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, question))

    def _answer(self) -> None:
        if not self._deaf.hasExpired():
            self._wait()  # of three quick clicks none answers
            return
        self.withdraw()
        self.confirmed.emit()
        self._shield.raise_up()

    def _wait(self) -> None:
        self._deaf = QDeadlineTimer(QApplication.doubleClickInterval())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Not be pressed: the first click was for this button's question or for another button."""
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the question back."""
        super().focusOutEvent(event)
        self.withdraw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or state."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.withdraw()
