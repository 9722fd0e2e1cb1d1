"""The Train page: set a training up, watch it, take up an earlier one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from ganart.datasets.records import Counts
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import RunStarted
from ganart.project.runs import RunRecord
from ganart.ui.pages.lesson_mode import LessonMode
from ganart.ui.pages.train_monitor import TrainMonitor
from ganart.ui.pages.train_runs import RunList
from ganart.ui.pages.train_setup import TrainSetup
from ganart.workers.history import RunHistory, RunsFound, read_history, read_runs
from ganart.workers.jobs import counts_job
from ganart.workers.run import Run
from ganart.workers.session import Session


class TrainPage(QWidget):
    """Setting up on one side of a stack, the monitor on the other, beside the list of runs."""

    page_wanted = Signal(str)
    """The name of another page: "dataset" or "stylize"."""
    explore_wanted = Signal(str)
    """The id of a run whose newest model is to be explored."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted_id = ""
        self._to_discard = False
        self._branch: tuple[str, int, Mapping[str, Any], float] | None = None
        self._counting: Run | None = None
        self.runs = RunList()
        self.runs.hide()  # until there is one
        self.setup = TrainSetup(session)
        self.monitor = TrainMonitor(session)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.setup)
        self.stack.addWidget(self.monitor)
        self.lesson = LessonMode(session, self.runs, self.stack, self.monitor, self)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.runs)
        splitter.addWidget(self.lesson.panel)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(2, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.runs.new_wanted.connect(self.show_setup)
        self.runs.run_chosen.connect(self.open_run)
        self.setup.dataset_wanted.connect(self._on_dataset_wanted)
        self.setup.start_wanted.connect(self.start)
        self.setup.lesson_wanted.connect(self.lesson.enter)
        self.lesson.setup_wanted.connect(self.show_setup)
        self.lesson.run_wanted.connect(self.open_run)
        self.lesson.page_wanted.connect(self.page_wanted)
        self.lesson.explore_wanted.connect(self.explore_wanted)
        self.monitor.resume_wanted.connect(self.resume)
        self.monitor.discard_wanted.connect(self.discard)
        self.monitor.explore_wanted.connect(self.explore_wanted)
        self.monitor.back_wanted.connect(self.go_back)
        session.project_opened.connect(self._on_project_opened)
        session.project_closed.connect(self._on_project_closed)
        session.dataset_changed.connect(self.update_counts)
        session.training_changed.connect(self._on_training_changed)
        session.jobs_stopping.connect(self._on_jobs_stopping)
        if session.project is not None:
            self._on_project_opened()
        if session.training is not None:
            self._on_training_changed(session.training)

    def main_widget(self) -> QWidget:
        """Return what keys are for: what to train, or what is seen of a training."""
        is_setting_up = self.stack.currentWidget() is self.setup
        return self.setup.presets.main_widget() if is_setting_up else self.monitor.tabs.tabBar()

    # Project

    @Slot()
    def _on_project_opened(self) -> None:
        project = self._session.project
        if project is None:
            return
        self.setup.recall(project.choices)
        self.update_counts()
        self.read_runs()
        self.show_setup()

    @Slot()
    def _on_project_closed(self) -> None:
        self.runs.set_records((), "")
        self.monitor.clear()
        self.monitor.stop_loading()
        self.setup.set_counts(0, 0)
        self.stack.setCurrentWidget(self.setup)

    @Slot()
    def update_counts(self) -> None:
        """Ask the catalogue how many pictures there are; the newest question counts."""
        if self._counting is not None:
            self._counting.reported.disconnect(self._on_counted)
            self._counting = None
        project = self._session.project
        if project is None or not project.catalogue_path.exists():
            self.setup.set_counts(0, 0)
            return
        # A failure is told by the Dataset page, which reads the same file.
        self._counting = self._session.begin(
            counts_job(project.catalogue_path), "counts", announce=False
        )
        self._counting.reported.connect(self._on_counted)

    @Slot(object)
    def _on_counted(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Counts):
                readable = record.readable - record.excluded
                self.setup.set_counts(readable, record.refused, record.excluded)
                self.lesson.set_pictures(readable)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the numbers of now."""
        super().showEvent(event)
        self.update_counts()

    @Slot()
    def _on_dataset_wanted(self) -> None:
        self.page_wanted.emit("dataset")

    # Runs

    @Slot()
    def read_runs(self) -> None:
        """Read the list of runs again."""
        if self._session.project is not None:
            job = self._session.begin(read_runs(self._session.project), "runs")
            job.reported.connect(self._on_read)

    @Slot()
    def show_setup(self) -> None:
        """Ask for a new training."""
        self._wanted_id = ""
        self.runs.mark("")
        self.stack.setCurrentWidget(self.setup)

    @Slot(str)
    def open_run(self, run_id: str) -> None:
        """Show a run: the live one as it goes, another as it was left."""
        if self._session.project is None:
            return
        self._wanted_id = run_id
        self.runs.mark(run_id)
        if self.monitor.is_live():
            # The monitor follows the training; other runs can be looked at when it has ended.
            self.stack.setCurrentWidget(self.monitor)
            self.runs.mark(self.monitor.run_id)
            if run_id != self.monitor.run_id:
                text = self.tr("Other trainings can be opened when the one that runs has ended.")
                self._session.notice.emit(text)
            return
        job = self._session.begin(read_history(self._session.project, run_id), "history")
        job.reported.connect(self._on_read)

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, RunsFound):
                live_id = self.monitor.run_id if self.monitor.is_live() else ""
                self.runs.set_records(record.records, live_id)
                self.lesson.refresh()
                self.runs.mark(self._wanted_id)
                self._name_live_run(record.records)
            elif isinstance(record, RunHistory) and record.record.id == self._wanted_id:
                self.monitor.show_history(record)
                self.stack.setCurrentWidget(self.monitor)

    def _name_live_run(self, records: tuple[RunRecord, ...]) -> None:
        for record in records:
            if self.monitor.is_live() and record.id == self.monitor.run_id:
                self.monitor.show_record(record)

    # Training

    @Slot(object, str, object)
    def start(self, config: TrainConfig, preset_key: str, origin: Path | None = None) -> None:
        """Train a new model, from the one at `origin` if there is one."""
        if self._session.training is None:
            self.monitor.clear(self.tr("New training"))
            self.monitor.show_beginning()
            self._session.start_training(config, preset_key, origin)

    @Slot(str, float)
    def resume(self, run_id: str, minutes: float) -> None:
        """Go on with a run."""
        if self._session.training is None:
            self._session.resume_training(run_id, minutes)

    @Slot(str)
    def discard(self, run_id: str) -> None:
        """Delete a run and all its files; a live one is stopped first."""
        if self.monitor.is_live():
            self._to_discard = True
            self.monitor.stop()
            return
        if run_id:
            self._session.discard_run(run_id).done.connect(self.read_runs)
        self.monitor.clear()
        self.show_setup()

    @Slot(int, object, float)
    def go_back(self, step: int, changes: Mapping[str, Any], minutes: float = 0.0) -> None:
        """Begin a new run at a checkpoint of the shown one, which is stopped and kept first, for
        `minutes` (0: what was left of its budget there).
        """
        self._branch = (self.monitor.run_id, step, changes, minutes)
        if self.monitor.is_live():
            self.monitor.stop()
        else:
            self._begin_branch()

    @Slot()
    def _on_jobs_stopping(self) -> None:
        self._branch = None

    @Slot()
    def _begin_branch(self) -> None:
        if self._branch is not None and self._session.training is None:
            (run_id, step, changes, minutes), self._branch = self._branch, None
            self.monitor.clear(self.tr("New training"))
            self._session.branch_training(run_id, step, changes, minutes)

    @Slot(object)
    def _on_training_changed(self, run: Run | None) -> None:
        was_setting_up = self.setup.isAncestorOf(QApplication.focusWidget() or self)
        self.monitor.attach(run)
        self.setup.update_buttons()
        if run is not None:
            self.setup.estimate.forget()  # two would measure each other
            run.reported.connect(self._on_reported)
            self.stack.setCurrentWidget(self.monitor)
            if was_setting_up:  # else keys would go to whatever comes first in the window
                self.monitor.tabs.tabBar().setFocus()
            return
        if self._to_discard:
            self._to_discard = False
            self.discard(self.monitor.run_id)
            return
        if self.lesson.begin_next():
            return
        if self._branch is not None:
            QTimer.singleShot(0, self._begin_branch)  # when all have heard of this one's end
            return
        self.read_runs()
        if self.stack.currentWidget() is not self.monitor:
            return  # the person is setting up the next one
        if self.monitor.run_id:
            self.open_run(self.monitor.run_id)
        elif self.lesson.is_open():  # it failed before it had a folder; the session tells why
            self.lesson.enter()
        else:
            self.show_setup()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, RunStarted):
                self._wanted_id = record.run_id
                self.read_runs()
