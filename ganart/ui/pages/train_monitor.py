"""One training, live or as it was left: pictures, curves, and what can be done with it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import (
    CheckpointSaved,
    CoachReport,
    Finished,
    Phase,
    PhaseChanged,
    Remedy,
    RunStarted,
    Samples,
    Stats,
    Trouble,
)
from ganart.errors import StudioError
from ganart.project.runs import RunRecord
from ganart.ui.pages.train_coach import CoachPanel
from ganart.ui.pages.train_controls import TrainControls
from ganart.ui.pages.train_runs import run_title
from ganart.ui.pages.train_samples import Moment, TrainSamples
from ganart.ui.pages.train_status import TrainStatus, rest_of
from ganart.ui.pages.train_tabs import TrainTabs
from ganart.ui.widgets import words
from ganart.ui.widgets.live_view import LiveView
from ganart.ui.widgets.panes import halves
from ganart.ui.widgets.run_notice import RunNotice
from ganart.ui.widgets.text import Caption, Title, told
from ganart.workers.history import RunHistory
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session


class TrainMonitor(LiveView):
    """Shows one run. It is live while a `Run` is attached."""

    resume_wanted = Signal(str, float)
    """The id of a run and for how many minutes it should go on; 0: what is left of its budget."""
    discard_wanted = Signal(str)
    explore_wanted = Signal(str)
    back_wanted = Signal(int, object, float)
    """A new run is to begin at the checkpoint of this step, with these options changed, and go on
    for so many minutes; 0: what was left of the budget there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.run_id = ""
        self._last: Stats | None = None
        self._has_begun = False
        self.title = Title()
        self.about = Caption()
        self.about.setToolTip(self.tr("Batch: how many pictures are shown in one step"))
        self.status = TrainStatus()
        self.notice = RunNotice()
        self.samples = TrainSamples(session)
        self.coach = CoachPanel()
        self.coach.remedy_wanted.connect(self._on_remedy)
        self.tabs = TrainTabs(session)
        self.tabs.back_wanted.connect(self._on_back)
        self.tabs.moments.branch_wanted.connect(self._on_branch)
        self.tabs.currentChanged.connect(self._on_tab)
        self.curves = self.tabs.curves
        self.pictures = QStackedWidget()
        self.pictures.addWidget(self.samples)
        self.pictures.addWidget(self.tabs.moments.stage)
        splitter = halves(self.pictures, self.tabs)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        self.controls = TrainControls()
        self._connect_controls()
        session.rest_changed.connect(self._on_rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.status)
        column.addWidget(self.coach)
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

    @Slot(int)
    def _on_back(self, step: int) -> None:
        self.back_wanted.emit(step, {}, 0.0)

    @Slot(int, float)
    def _on_branch(self, step: int, minutes: float) -> None:
        self.back_wanted.emit(step, {}, minutes)

    @Slot()
    def _on_tab(self) -> None:
        shows_moments = self.tabs.currentWidget() is self.tabs.moments
        self.pictures.setCurrentWidget(self.tabs.moments.stage if shows_moments else self.samples)

    @Slot(object)
    def _on_remedy(self, remedy: Remedy) -> None:
        """Do what the coach advises; all of it can be undone by going back."""
        if remedy.audit:
            self.tabs.setCurrentWidget(self.tabs.audit)
            self._session.audit()
        elif remedy.go_back_to is not None:
            self.back_wanted.emit(
                remedy.go_back_to, dict(remedy.change.options) if remedy.change else {}, 0.0
            )
        elif remedy.change is not None:
            self._session.change_training(remedy.change)

    # What is shown

    def clear(self, title: str = "") -> None:
        """Show an empty run, such as one that is about to start."""
        self.run_id = ""
        self._last = None
        self.title.setText(title)
        self.about.clear()
        self.notice.forget()
        self.samples.clear()
        self.tabs.clear()
        self.coach.clear()
        self.status.clear()

    def show_beginning(self) -> None:
        """Show the pictures and curves, which come first; a new run has no moments yet."""
        self.tabs.setCurrentWidget(self.tabs.curves)

    def show_history(self, history: RunHistory) -> None:
        """Show a run as it stands on disk; a live run goes on from there."""
        record = history.record
        if record.id != self.run_id:
            self.clear()
        self.run_id = record.id
        self.show_record(record)
        self.tabs.load(history)
        if history.report is not None and self._run is None:
            self.coach.hear(history.report)
        self.samples.load([Moment(grid.pictures, grid.path) for grid in history.grids])

    def show_record(self, record: RunRecord) -> None:
        """Show the facts of a run."""
        self.title.setText(run_title(record.name))
        self.tabs.show_config(record.config)
        about = self.tr("{size}   ·   batch {batch}   ·   started {time}").format(
            size=_size(record.config),
            batch=record.config.get("batch", "?"),
            time=words.moment(record.created),
        )
        if record.origin:
            about += "   ·   " + self.tr("begun with a model")
        self.about.setText(about)
        if self._run is None:
            self._show_rest(record)

    def _show_rest(self, record: RunRecord) -> None:
        self.status.show_rest(record)
        self.controls.offer(rest_of(record))
        if record.status == "failed" and not self.notice.text():
            self.notice.setText(record.message)

    # Live

    def attach(self, run: Run | None) -> None:
        """Follow a training; None when it has ended."""
        self._run = run
        if run is not None:
            self._has_begun = False
            self.notice.forget()
            self.status.show_start()
            run.reported.connect(self._on_reported)
            run.failed.connect(self._on_failed)
            run.paused.connect(self._on_paused)
            run.stop_asked.connect(self._on_stop_asked)
            self._on_rest()  # it may have begun before anyone could hear of it
        self._update_controls()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        newest: Stats | None = None
        for record in records:
            if isinstance(record, Stats):
                newest = record
            if self.tabs.hear(record):
                continue
            if isinstance(record, Samples):
                self.samples.append(record)
            else:
                self._on_rare(record)
        if newest is not None:
            self._last = newest
            self._show_stats(newest)

    def _on_rare(self, record: object) -> None:
        if isinstance(record, PhaseChanged):
            self._on_phase(record)
        elif isinstance(record, RunStarted):
            self.run_id = record.run_id
        elif isinstance(record, CheckpointSaved):
            self._on_saved(record)
        elif isinstance(record, CoachReport):
            self.coach.hear(record)
        elif isinstance(record, Trouble):
            self.notice.warn(told(record.error, ""))
        elif isinstance(record, Finished):
            self.status.set_progress(1.0)

    def stop_loading(self) -> None:
        """End the threads that load pictures."""
        self.samples.stop()
        self.tabs.stop()

    def _on_phase(self, record: PhaseChanged) -> None:
        if self._run is None or not (self._run.is_paused() or self._run.is_stopping()):
            self.status.show_phase(record)
        if record.phase is Phase.TRAINING and not self._has_begun:
            self._has_begun = True
            self._update_controls()

    def _on_saved(self, record: CheckpointSaved) -> None:
        text = self.tr("Saved at {time}.")
        if record.best:
            text = self.tr("Saved at {time}; the closest to your pictures so far.")
        self.notice.say(text.format(time=words.clock_after(0)))

    def _show_stats(self, stats: Stats) -> None:
        if self._run is not None and not (self._run.is_paused() or self._run.is_stopping()):
            self.status.show_time_left(stats)
        self.status.show_stats(stats)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.notice.setText(told(report.error, report.text))

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        if paused:
            self.status.show_pause(self._session.rest)
        elif self._last is not None:
            self._show_stats(self._last)
        else:
            self.status.show_start()
        self._update_controls()

    @Slot()
    def _on_rest(self) -> None:
        if self._run is not None and self._run.is_paused() and not self._run.is_stopping():
            self.status.show_pause(self._session.rest)

    @Slot()
    def _on_stop_asked(self) -> None:
        self.status.show_stop()
        self._update_controls()

    def _update_controls(self) -> None:
        self.controls.show_run(self._run, self._has_begun)
        live = self._run is not None and not self._run.is_stopping()
        self.tabs.set_live(live, self._has_begun)
        self.coach.set_live(live)


def _size(options: Mapping[str, Any]) -> str:
    """Return how large the pictures of a run are, as far as its record says so."""
    try:
        return words.pixels(*TrainConfig.from_mapping(options).size)
    except (StudioError, TypeError, ValueError):
        return "?"
