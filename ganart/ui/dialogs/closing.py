"""Leaving while something runs: the question, and the short wait for what is being saved."""

from enum import Enum

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import take_icons_off
from ganart.ui.widgets.text import Caption, Heading

PATIENCE_MS = 30_000
"""Saving takes a few seconds; after so long the person may choose not to wait."""


class Leaving(Enum):
    """What to do about a training that runs."""

    KEEP_TRAINING = "keep"
    STOP_AND_SAVE = "stop"
    CANCEL = "cancel"


class LeaveDialog(QMessageBox):
    """Asks what becomes of the training. Escape goes back to the window."""

    def __init__(self, quitting: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Training is running"))
        self.setText(self.tr("A model is being trained."))
        saves = self.tr("Stopping saves everything learned so far, and it can go on later.")
        stays = self.tr("Keep training moves the window out of the way instead.")
        self.setInformativeText(f"{saves} {stays}" if quitting else saves)
        role = QMessageBox.ButtonRole
        self._keep = self.addButton(self.tr("&Keep training"), role.AcceptRole)
        leave = self.tr("&Stop, save and quit") if quitting else self.tr("&Stop, save and close")
        self._stop = self.addButton(leave, role.DestructiveRole)
        self.addButton(QMessageBox.StandardButton.Cancel)
        take_icons_off(self)
        self.setDefaultButton(self._keep)

    def ask(self) -> Leaving:
        """Show the question and return the answer."""
        self.exec()
        return self.answer()

    def answer(self) -> Leaving:
        """Return what was answered; closing the question is no answer."""
        if self.clickedButton() is self._keep:
            return Leaving.KEEP_TRAINING
        if self.clickedButton() is self._stop:
            return Leaving.STOP_AND_SAVE
        return Leaving.CANCEL


class StoppingDialog(QDialog):
    """Stays until the jobs have saved what they made.

    It cannot be closed by hand, except by a button that appears when it takes very long: a job may
    hang on a drive that was unplugged.
    """

    def __init__(self, quitting: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("One moment"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedHeight(8)
        bar.setAccessibleName(self.tr("Saving"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(Heading(self.tr("Stopping and saving…")))
        layout.addWidget(Caption(self.tr("What was made so far is being written to the project.")))
        layout.addWidget(bar)
        self.give_up = QPushButton(
            self.tr("&Quit anyway") if quitting else self.tr("&Stop waiting")
        )
        self.give_up.setAutoDefault(False)
        self.give_up.clicked.connect(self.reject)
        self.give_up.hide()
        layout.addWidget(self.give_up, 0, Qt.AlignmentFlag.AlignTrailing)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._offer_a_way_out)
        self._patience.start(PATIENCE_MS)
        self.finished.connect(self._patience.stop)
        fit(self, 400)

    @Slot()
    def _offer_a_way_out(self) -> None:
        self.give_up.show()
        fit(self, self.width())

    @Slot()
    def finish(self) -> None:
        """Close: all is saved."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ignore Escape."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse to close before the jobs have ended."""
        event.ignore()
