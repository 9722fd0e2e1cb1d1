"""The entries of the Train menu, which work from every page."""

from PySide6.QtCore import QObject, Slot

from ganart.engine.asks import Ask
from ganart.engine.gan.events import Phase, PhaseChanged
from ganart.ui.actions import Actions
from ganart.workers.run import Run
from ganart.workers.session import Session


class TrainingCommands(QObject):
    """Passes pause, stop, sample and save on to the training that runs."""

    def __init__(self, session: Session, commands: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._run: Run | None = None
        self._has_begun = False
        commands.pause.triggered.connect(self._toggle_pause)
        commands.stop.triggered.connect(self._stop)
        commands.sample_now.triggered.connect(self._sample)
        commands.save_now.triggered.connect(self._save)
        session.training_changed.connect(self._follow)
        self._follow(session.training)

    @Slot(object)
    def _follow(self, run: Run | None) -> None:
        self._run = run
        self._has_begun = False
        if run is not None:
            run.reported.connect(self._hear)
            run.paused.connect(self._update)
            run.stop_asked.connect(self._update)
        self._update()

    @Slot(object)
    def _hear(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PhaseChanged) and record.phase is Phase.TRAINING:
                self._has_begun = True
                self._update()

    @Slot()
    def _update(self) -> None:
        """Allow what the training can do now; samples and checkpoints once it has begun."""
        run = self._run
        live = run is not None and not run.is_stopping()
        paused = run is not None and run.is_paused()
        for action in (self._commands.pause, self._commands.stop):
            action.setEnabled(live)
        for action in (self._commands.sample_now, self._commands.save_now):
            action.setEnabled(live and self._has_begun and not paused)
        self._commands.pause.setChecked(paused)

    @Slot()
    def _toggle_pause(self) -> None:
        if self._run is None:
            return
        if self._run.is_paused():
            self._run.resume()
        else:
            self._run.pause()

    @Slot()
    def _stop(self) -> None:
        self._ask(Ask.STOP)

    @Slot()
    def _sample(self) -> None:
        self._ask(Ask.SAMPLE)

    @Slot()
    def _save(self) -> None:
        self._ask(Ask.SAVE)

    def _ask(self, ask: Ask) -> None:
        if self._run is not None:
            self._run.ask(ask)
