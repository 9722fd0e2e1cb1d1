"""Follows the training for the whole window: percent, state, and whether it was a long one."""

from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from ganart.engine.gan.events import Finished, PhaseChanged, Stats
from ganart.engine.polite import Rest
from ganart.ui.widgets.words import time_left
from ganart.workers.manners import RestKeeper
from ganart.workers.run import Run
from ganart.workers.session import Session

LONG_S = 30.0
"""Only the end of something that took longer deserves a notice."""


class TrainingWatch(QObject):
    """Turns the records of the training into one short text."""

    told = Signal(str, str)
    """The percentage ('' where unknown) and the state in words ('' when nothing is trained)."""
    ended = Signal(bool, bool)
    """The training has ended: whether it was a long one, and whether all that it made is saved."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._began_s = 0.0
        self._percent = ""
        self._state = ""
        self._is_saved = False
        self._rest = ""
        self.manners = RestKeeper(session.settings, self)
        self.manners.resting.connect(self._on_resting)
        self.manners.resting.connect(session.note_rest)
        session.training_changed.connect(self._follow)

    @Slot(object)
    def _follow(self, run: Run | None) -> None:
        ended, self._run = self._run, run
        self._rest = ""
        self.manners.follow(run)
        self._percent = ""
        if run is None:
            self._say("")
            if ended is not None:
                saved = self._is_saved and ended.failure is None
                self.ended.emit(monotonic() - self._began_s > LONG_S, saved)
            return
        self._is_saved = False
        self._began_s = monotonic()
        run.reported.connect(self._hear)
        run.paused.connect(self._tell)
        self._say(self.tr("Starting"))

    @Slot(object)
    def _hear(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PhaseChanged):
                self._state = QCoreApplication.translate("phases", record.phase.value)
            elif isinstance(record, Stats):
                self._percent = self.tr("{percent} %").format(percent=int(100 * record.progress))
                self._state = self.tr("Training, {time} left").format(
                    time=time_left(record.time_left_s)
                )
                if record.progress >= 1 and record.time_left_s <= 0:
                    self._state = self.tr("Measuring and saving once more")
            elif isinstance(record, Finished):
                self._is_saved = True
                self._state = self.tr("Saved")
        self._tell()

    @Slot(object)
    def _on_resting(self, reason: Rest | None) -> None:
        self._rest = QCoreApplication.translate("polite", reason.value) if reason else ""
        self._tell()

    def _say(self, state: str) -> None:
        self._state = state
        self._tell()

    @Slot()
    def _tell(self) -> None:
        paused = self._run is not None and self._run.is_paused()
        self.told.emit(self._percent, (self._rest or self.tr("Paused")) if paused else self._state)
