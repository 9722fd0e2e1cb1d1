"""The mode of the Stylize page for many photos: set a batch up, watch it, take up another."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.events import BatchFinished, BatchStarted
from ganart.errors import StudioError
from ganart.ui.pages.batch_monitor import BatchMonitor, batch_title
from ganart.ui.pages.batch_setup import BatchSetup
from ganart.ui.pages.look_examples import LookExamples
from ganart.ui.widgets import words
from ganart.ui.widgets.panes import beside
from ganart.ui.widgets.work_list import Work, WorkList
from ganart.workers.batches import (
    BatchesFound,
    BatchOpened,
    BatchRecord,
    forget_batch,
    open_batch,
    read_batches,
    reorder_batch,
    resume_batch,
    retry_batch,
    start_batch,
)
from ganart.workers.brushes import BrushesFound, read_brushes
from ganart.workers.image_loader import ImageLoader
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session

_KIND: Final = "batch"
_CHOICES_KEY = "batch"
_RESULTS = "stylized"
"""The folder among the artworks that results go to unless another one is chosen."""


class BatchMode(QWidget):
    """Setting up on one side of a stack, the monitor on the other, beside the list of batches."""

    page_wanted = Signal(str)
    """The name of another page: "dataset"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Path | None = None
        self._live: Path | None = None
        self._opening: Run | None = None
        self._listing: Run | None = None
        self._brushes: Run | None = None
        self._loader = ImageLoader(self)
        self.works = WorkList(self.tr("Ne&w batch"), self.tr("Batches"))
        self.works.hide()  # until there is one
        self.setup = BatchSetup(self._loader)
        self.monitor = BatchMonitor(self._loader)
        self._examples = LookExamples(session, self.setup.looks.panel, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.setup)
        self.stack.addWidget(self.monitor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside(self.works, self.stack))
        self._connect()
        if session.project is not None:
            self._on_project_opened()
        running = session.styling.run(_KIND)
        if running is not None:
            self._on_jobs_changed(_KIND, running)

    def _connect(self) -> None:
        self.works.new_wanted.connect(self.show_setup)
        self.works.chosen.connect(self.open_batch)
        self.setup.start_wanted.connect(self.start)
        self.setup.sources.changed.connect(self._show_examples)
        self.monitor.reading_wanted.connect(self._read_open_one)
        self.monitor.queue.reordered.connect(self._on_reordered)
        controls = self.monitor.controls
        controls.go_on_button.clicked.connect(self._on_go_on)
        controls.retry_button.clicked.connect(self._on_retry)
        controls.train_button.clicked.connect(self._on_train)
        controls.again_button.clicked.connect(self._on_again)
        controls.forget_button.confirmed.connect(self._on_forget)
        self._session.project_opened.connect(self._on_project_opened)
        self._session.project_closed.connect(self._on_project_closed)
        self._session.styling.changed.connect(self._on_jobs_changed)

    # Project

    @Slot()
    def _on_project_opened(self) -> None:
        project = self._session.project
        if project is not None:
            kept = project.choices.get(_CHOICES_KEY)
            folder = project.artworks_folder / _RESULTS
            self.setup.recall(kept if isinstance(kept, dict) else {}, folder)
            self.read_batches()
            self.show_setup()

    @Slot()
    def _on_project_closed(self) -> None:
        self._loader.stop()
        self._examples.stop()
        self.works.show_works(())
        self.works.hide()
        self.monitor.clear()
        self.setup.sources.clear()
        self.stack.setCurrentWidget(self.setup)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with what is there now."""
        super().showEvent(event)
        self.read_batches()
        self._show_examples()
        if self._session.project is not None:
            self._brushes = self._ask(read_brushes(self._session.project.brushes_folder))

    @Slot()
    def _show_examples(self) -> None:
        if self.isVisible():
            self._examples.show(self.setup.sources.paths())

    # The list

    @Slot()
    def read_batches(self) -> None:
        """Read the list of batches again."""
        if self._session.project is not None:
            self._listing = self._ask(read_batches(self._session.project.batches_folder))

    @Slot()
    def show_setup(self) -> None:
        """Ask for a new batch."""
        self._wanted = None
        self.works.mark(None)
        self.stack.setCurrentWidget(self.setup)

    def add_sources(self, paths: Sequence[Path]) -> None:
        """Begin to set a batch of these photos and folders up."""
        self.show_setup()
        self.setup.add_sources(paths)

    def use_brush(self, brush: Path) -> None:
        """Begin to set a batch with this brush up."""
        self.show_setup()
        self.setup.looks.use_brush(brush)

    @Slot(object)
    def open_batch(self, folder: Path) -> None:
        """Show a batch: the live one as it goes, another as it was left."""
        if self._live is not None and self._live != folder:
            text = self.tr("Other batches can be opened when the one that runs has ended.")
            self._session.notice.emit(text)
            folder = self._live
        self._wanted = folder
        self.works.mark(folder)
        self._opening = self._ask(open_batch(folder))

    def _ask(self, job: Job) -> Run:
        run = self._session.begin(job, "batches")
        run.reported.connect(self._on_read)
        return run

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        newest = self.sender() in (self._opening, self._listing, self._brushes)
        for record in records if newest else ():  # an older answer may come later
            if isinstance(record, BatchesFound):
                self.works.show_works([self._work(each) for each in record.records])
                self.works.setVisible(bool(record.records))
                self.works.mark(self._wanted)
            elif isinstance(record, BrushesFound):
                self.setup.looks.set_brushes([each.path for each in record.records if each.step])
            elif isinstance(record, BatchOpened) and record.record.folder == self._wanted:
                self.monitor.show_batch(record)
                self.stack.setCurrentWidget(self.monitor)

    def _work(self, record: BatchRecord) -> Work:
        counts = record.counts
        if record.folder == self._live:
            state = self.tr("at work now")
        elif counts.waiting:
            done, total = words.count(counts.ended), words.count(counts.total)
            state = self.tr("stopped, {done} of {total}").format(done=done, total=total)
        elif counts.failed:
            state = self.tr("failed: {count}").format(count=words.count(counts.failed))
        else:
            state = self.tr("finished, {count}").format(count=words.count(counts.done))
        started = self.tr("Started {time}").format(time=words.moment(record.created))
        return Work(record.folder, batch_title(record.plan), state, started)

    # Batches

    @Slot(object)
    def start(self, plan: BatchPlan) -> None:
        """Begin a new batch."""
        project = self._session.project
        if project is None or self.monitor.is_live():
            return
        project.choices[_CHOICES_KEY] = self.setup.output.choices()
        try:
            project.save()
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
            return
        self.show_setup()
        self.monitor.clear()
        self._session.styling.begin(_KIND, start_batch(plan, project.batches_folder))

    @Slot(str, object)
    def _on_jobs_changed(self, kind: str, run: Run | None) -> None:
        if kind != _KIND:
            return
        self.monitor.attach(run)
        self.setup.set_free(run is None)
        if run is not None:
            run.reported.connect(self._on_reported)
            self.stack.setCurrentWidget(self.monitor)
            return
        self._live = None
        self._session.artworks_changed.emit()
        self.read_batches()
        if self._wanted is not None:
            self._read_open_one()
        elif self.stack.currentWidget() is self.monitor:
            self.show_setup()  # it failed before it had a folder; the session tells why

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, BatchStarted):
                self._wanted = self._live = record.folder
                self._read_open_one()
                self.read_batches()
            elif isinstance(record, BatchFinished):
                self._session.notice.emit(_ending(record))

    @Slot()
    def _read_open_one(self) -> None:
        if self._wanted is not None:
            self._opening = self._ask(open_batch(self._wanted))

    @Slot(object)
    def _on_reordered(self, items: list[int]) -> None:
        if self.monitor.record is not None:  # the one that is shown; another may be on its way
            self._wanted = self.monitor.record.folder
            self.works.mark(self._wanted)
            self._opening = self._ask(reorder_batch(self._wanted, items))

    # What can be done with a batch at rest: with the one that is shown

    def _take_up(self, job: Callable[[Path], Job], folder: Path) -> None:
        if not self.monitor.is_live():
            self._wanted = self._live = folder  # known before the job tells that it has begun
            self.works.mark(folder)
            self._session.styling.begin(_KIND, job(folder))
            self.read_batches()

    @Slot()
    def _on_go_on(self) -> None:
        if self.monitor.record is not None:
            self._take_up(resume_batch, self.monitor.record.folder)

    @Slot()
    def _on_retry(self) -> None:
        if self.monitor.record is not None:
            self._take_up(retry_batch, self.monitor.record.folder)

    @Slot()
    def _on_train(self) -> None:
        if self.monitor.record is not None:
            self._session.add_folders([self.monitor.record.plan.output.folder])
            self.page_wanted.emit("dataset")

    @Slot()
    def _on_again(self) -> None:
        if self.monitor.record is not None:
            self.setup.show_plan(self.monitor.record.plan)
            self.show_setup()

    @Slot()
    def _on_forget(self) -> None:
        if self.monitor.record is not None:
            job = self._session.begin(forget_batch(self.monitor.record.folder), "batches")
            job.done.connect(self.read_batches)
            self.monitor.clear()
            self.show_setup()


def _ending(record: BatchFinished) -> str:
    text = QCoreApplication.translate("batch", "The batch was stopped; photos done: {done}.")
    if not record.stopped:
        text = QCoreApplication.translate("batch", "The batch has ended; photos done: {done}.")
    text = text.format(done=words.count(record.done))
    if record.failed:
        failed = QCoreApplication.translate("batch", "Failed: {count}.")
        text = f"{text} {failed.format(count=words.count(record.failed))}"
    return text
