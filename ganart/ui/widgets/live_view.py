"""What the monitors of long jobs share."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ganart.engine.asks import Ask
from ganart.workers.run import Run


class LiveView(QWidget):
    """Follows at most one `Run`; what is asked of it does nothing while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None

    def is_live(self) -> bool:
        """Whether a run is followed."""
        return self._run is not None

    @Slot()
    def toggle_pause(self) -> None:
        """Hold the run or let it go on."""
        if self._run is not None:
            (self._run.resume if self._run.is_paused() else self._run.pause)()

    @Slot()
    def stop(self) -> None:
        """End the run and keep what it made."""
        if self._run is not None:
            self._run.stop()

    @Slot()
    def sample_now(self) -> None:
        """Ask for what it would show next, at this moment."""
        if self._run is not None:
            self._run.ask(Ask.SAMPLE)

    @Slot()
    def save_now(self) -> None:
        """Ask for what it has learnt to be saved at this moment."""
        if self._run is not None:
            self._run.ask(Ask.SAVE)
