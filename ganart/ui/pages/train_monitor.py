"""One training, live or as it was left: pictures, curves, and what can be done with it."""

from PySide6.QtCore import QCoreApplication, Qt, QTime, Signal, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ganart.engine.gan.events import (
    Ask,
    CheckpointSaved,
    Finished,
    Phase,
    PhaseChanged,
    RunStarted,
    Samples,
    Stats,
    Trouble,
)
from ganart.project.runs import RunRecord
from ganart.ui.pages.train_controls import TrainControls
from ganart.ui.pages.train_curves import TrainCurves
from ganart.ui.pages.train_runs import run_title
from ganart.ui.pages.train_samples import Moment, TrainSamples
from ganart.ui.widgets import words
from ganart.ui.widgets.status_line import StatusLine
from ganart.ui.widgets.text import Caption, Title, told
from ganart.workers.history import RunHistory
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

_EQUAL = 10_000
"""A splitter shares what it has in the proportion of such numbers."""


class TrainMonitor(QWidget):
    """Shows one run. It is live while a `Run` is attached."""

    resume_wanted = Signal(str, float)
    """The id of a run and for how many minutes it should go on; 0: what is left of its budget."""
    discard_wanted = Signal(str)
    explore_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run_id = ""
        self._run: Run | None = None
        self._last: Stats | None = None
        self.title = Title()
        self.about = Caption()
        self.status = StatusLine()
        self.notice = Caption()
        self.samples = TrainSamples(session)
        self.curves = TrainCurves()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.samples)
        splitter.addWidget(self.curves)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_EQUAL, _EQUAL])
        splitter.setHandleWidth(20)
        self.controls = TrainControls()
        self._connect_controls()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.status)
        column.addWidget(splitter, 1)
        column.addWidget(self.notice)
        column.addWidget(self.controls)

    def _connect_controls(self) -> None:
        controls = self.controls
        controls.pause_button.clicked.connect(self.toggle_pause)
        controls.stop_button.clicked.connect(self.stop)
        controls.sample_button.clicked.connect(self.sample_now)
        controls.save_button.clicked.connect(self.save_now)
        controls.resume_button.clicked.connect(self._on_resume)
        controls.explore_button.clicked.connect(self._on_explore)
        for button in controls.discard_buttons:
            button.confirmed.connect(self._on_discard)

    @Slot()
    def _on_resume(self) -> None:
        self.resume_wanted.emit(self.run_id, self.controls.minutes.value())

    @Slot()
    def _on_explore(self) -> None:
        self.explore_wanted.emit(self.run_id)

    @Slot()
    def _on_discard(self) -> None:
        self.discard_wanted.emit(self.run_id)

    # What is shown

    def clear(self, title: str = "") -> None:
        """Show an empty run, such as one that is about to start."""
        self.run_id = ""
        self._last = None
        self.title.setText(title)
        self.about.clear()
        self.notice.clear()
        self.samples.clear()
        self.curves.clear()
        self.status.set_progress(0.0)
        self.status.set_state("")
        self.status.set_facts([])

    def show_history(self, history: RunHistory) -> None:
        """Show a run as it stands on disk; a live run goes on from there."""
        record = history.record
        if record.id != self.run_id:
            self.clear()
        self.run_id = record.id
        self.show_record(record)
        self.curves.load(history.curves)
        steps = history.curves.get("step")
        moments = []
        for grid in history.grids:
            pictures = self.curves.pictures_at_step(steps, grid.step) if steps is not None else 0
            moments.append(Moment(pictures, grid.path))
        self.samples.load(moments)

    def show_record(self, record: RunRecord) -> None:
        """Show the facts of a run."""
        self.title.setText(run_title(record.name))
        side, batch = record.config.get("side", "?"), record.config.get("batch", "?")
        self.about.setText(
            self.tr("{side} × {side} px   ·   batch {batch}   ·   started {time}").format(
                side=side, batch=batch, time=words.moment(record.created)
            )
        )
        if self._run is None:
            self._show_rest(record)

    def _show_rest(self, record: RunRecord) -> None:
        states = {
            "running": self.tr("Interrupted. It can go on from its last checkpoint."),
            "stopped": self.tr("Stopped and kept."),
            "finished": self.tr("Finished."),
            "failed": self.tr("Failed: {reason}").format(reason=record.message),
        }
        self.status.set_state(states[record.status])
        self.status.set_progress(1.0 if record.status == "finished" else self._share(record))
        facts = [
            self.tr("trained for {duration}").format(duration=words.duration(record.elapsed_s)),
            self.tr("pictures shown: {count}").format(count=words.count(record.pictures)),
        ]
        self.status.set_facts(facts)
        self.controls.offer(self._rest(record))

    def _share(self, record: RunRecord) -> float:
        minutes = record.config.get("minutes") or 0.0
        return record.elapsed_s / (60 * minutes) if minutes else 0.0

    def _rest(self, record: RunRecord) -> str:
        """Say what is left of a run's budget; nothing where any part of it is used up."""
        minutes = record.config.get("minutes") or 0.0
        pictures = record.config.get("pictures") or 0
        left_s = 60 * minutes - record.elapsed_s
        time_is_up = minutes and left_s <= 0
        if record.status == "finished" or time_is_up or (pictures and record.pictures >= pictures):
            return ""
        if not minutes:
            return self.tr("the rest")
        return self.tr("the rest, {duration}").format(duration=words.duration(left_s))

    # Live

    def attach(self, run: Run | None) -> None:
        """Follow a training; None when it has ended."""
        self._run = run
        if run is not None:
            self.notice.clear()
            self.status.set_state(self.tr("Starting …"))
            self.status.set_progress(None)
            run.reported.connect(self._on_reported)
            run.failed.connect(self._on_failed)
            run.paused.connect(self._on_paused)
        self._update_controls()

    def is_live(self) -> bool:
        """Whether a training is followed."""
        return self._run is not None

    @Slot()
    def toggle_pause(self) -> None:
        """Hold the training or let it go on."""
        if self._run is not None:
            (self._run.resume if self._run.is_paused() else self._run.pause)()

    @Slot()
    def stop(self) -> None:
        """End the training and keep everything."""
        if self._run is not None:
            self.status.set_state(self.tr("Stopping and saving …"))
            self._run.stop()
            self._update_controls()

    @Slot()
    def sample_now(self) -> None:
        """Ask for a sample grid."""
        if self._run is not None:
            self._run.ask(Ask.SAMPLE)

    @Slot()
    def save_now(self) -> None:
        """Ask for a checkpoint."""
        if self._run is not None:
            self._run.ask(Ask.SAVE)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        newest: Stats | None = None
        for record in records:
            if isinstance(record, Stats):
                self.curves.append(record)
                newest = record
            elif isinstance(record, Samples):
                self.samples.append(record)
            else:
                self._on_rare(record)
        if newest is not None:
            self._last = newest
            self._show_stats(newest)

    def _on_rare(self, record: object) -> None:
        if isinstance(record, PhaseChanged):
            self._show_phase(record)
        elif isinstance(record, RunStarted):
            self.run_id = record.run_id
        elif isinstance(record, CheckpointSaved):
            text = self.tr("Saved at {time}; the closest to your pictures so far.")
            if not record.best:
                text = self.tr("Saved at {time}.")
            now = QTime.currentTime().toString("HH:mm")
            self.notice.setText(text.format(time=now))
        elif isinstance(record, Trouble):
            self.notice.setText(told(record.error, ""))
        elif isinstance(record, Finished):
            self.status.set_progress(1.0)

    def _show_phase(self, record: PhaseChanged) -> None:
        text = QCoreApplication.translate("phases", record.phase.value)
        if record.phase is Phase.TRAINING:
            self.status.set_state(text)
            return
        if record.phase is not Phase.SAVING:
            self.status.set_progress(record.done / record.total if record.total else None)
        if record.total:
            text += f"   {words.count(record.done)} / {words.count(record.total)}"
        self.status.set_state(text)

    def _show_stats(self, stats: Stats) -> None:
        if self._run is not None and not (self._run.is_paused() or self._run.is_stopping()):
            left = words.time_left(stats.time_left_s)
            end = words.clock_after(stats.time_left_s)
            text = self.tr("Training   ·   {left} left, until {time}")
            self.status.set_state(text.format(left=left, time=end))
        self.status.set_progress(stats.progress)
        rate = words.decimal(stats.pictures_per_s)
        facts = [
            self.tr("trained for {duration}").format(duration=words.duration(stats.elapsed_s)),
            self.tr("pictures shown: {count}").format(count=words.count(stats.pictures)),
            self.tr("{rate} pictures/s").format(rate=rate),
        ]
        if stats.skipped_steps:
            skipped = words.count(stats.skipped_steps)
            facts.append(self.tr("steps skipped: {count}").format(count=skipped))
        self.status.set_facts(facts)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.notice.setText(told(report.error, report.text))

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        if paused:
            self.status.set_state(self.tr("Paused. The time stands still."))
        elif self._last is not None:
            self._show_stats(self._last)
        self._update_controls()

    def _update_controls(self) -> None:
        self.controls.show_run(self._run)
