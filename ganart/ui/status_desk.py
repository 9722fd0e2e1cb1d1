"""The status bar: what is at work, as chips that lead there, and news in a sentence."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from ganart.ui.actions import Actions
from ganart.ui.chips import Chip, DeviceChip
from ganart.ui.style_watch import StyleWatch
from ganart.ui.training_watch import TrainingWatch
from ganart.workers.session import Session

_MESSAGE_MS = 8000


class StatusDesk(QObject):
    """Fills the status bar of the window, and calls whoever looks elsewhere."""

    percent_changed = Signal(str)
    """How far the training is, '' where that is not known."""

    def __init__(self, session: Session, commands: Actions, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.watch = TrainingWatch(session, self)
        self.style_watch = StyleWatch(session, self)
        self.job_chip = Chip(self.tr("At work"))
        self.style_chip = Chip(self.tr("Being stylized"))
        self.device_chip = DeviceChip()
        for chip in (self.style_chip, self.job_chip, self.device_chip):
            window.statusBar().addPermanentWidget(chip)
        self.watch.told.connect(self._show_training)
        self.watch.ended.connect(self._on_training_ended)
        self.job_chip.clicked.connect(commands.pages["train"].trigger)
        self.style_watch.told.connect(self._show_styling)
        self.style_watch.ended.connect(self._call)
        self.style_chip.clicked.connect(commands.pages["stylize"].trigger)
        session.device_described.connect(self.device_chip.show_device)
        session.notice.connect(self._tell)

    @Slot(str)
    def _tell(self, text: str) -> None:
        self._window.statusBar().showMessage(text, _MESSAGE_MS)

    @Slot(str, str)
    def _show_training(self, percent: str, state: str) -> None:
        self.percent_changed.emit(percent)
        text = f"{percent}  {state}".strip()
        self.job_chip.tell(text, self.tr("Show the training") if text else "")

    @Slot(bool, bool)
    def _on_training_ended(self, was_long: bool, is_saved: bool) -> None:
        if is_saved:
            self._tell(self.tr("Training has ended; everything is saved."))
        if was_long:
            self._call()

    @Slot(str)
    def _show_styling(self, text: str) -> None:
        self.style_chip.tell(text, self.tr("Show it") if text else "")

    @Slot()
    def _call(self) -> None:
        """Call a person who looks elsewhere: something that took long has ended."""
        if self._session.settings.get("notify") and not self._window.isActiveWindow():
            QApplication.alert(self._window)
            QApplication.beep()
