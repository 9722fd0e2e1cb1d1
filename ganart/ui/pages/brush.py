"""The mode of the Stylize page for brushes: train one on one's own photos, go on with another."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.events import BrushFinished, BrushSaved, BrushStarted
from ganart.ui.outside import open_outside
from ganart.ui.pages.brush_monitor import BrushMonitor, planned_minutes
from ganart.ui.pages.brush_setup import BrushSetup
from ganart.ui.widgets import words
from ganart.ui.widgets.panes import beside
from ganart.ui.widgets.work_list import Work, WorkList
from ganart.workers.brushes import (
    BrushesFound,
    BrushOpened,
    BrushRecord,
    discard_brush,
    open_brush,
    read_brushes,
    resume_brush,
    train_brush,
)
from ganart.workers.image_loader import ImageLoader
from ganart.workers.run import Job, Run
from ganart.workers.session import Session

_KIND: Final = "brush"


class BrushMode(QWidget):
    """Setting up on one side of a stack, the monitor on the other, beside the list of brushes."""

    photo_wanted = Signal(object)
    """The `Path` of a brush that is to be used on a photo."""
    batch_wanted = Signal(object)
    """The `Path` of a brush that is to be used on many photos."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Path | None = None
        self._live: Path | None = None
        self._has_saved = False
        self._opening: Run | None = None
        self._listing: Run | None = None
        self._loader = ImageLoader(self)
        self.works = WorkList(self.tr("Ne&w brush"), self.tr("Brushes"))
        self.works.hide()  # until there is one
        self.setup = BrushSetup(self._loader)
        self.monitor = BrushMonitor(self._loader)
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
        self.works.chosen.connect(self.open_brush)
        self.setup.start_wanted.connect(self.start)
        controls = self.monitor.controls
        controls.resume_button.clicked.connect(self._on_resume)
        controls.photo_button.clicked.connect(self._on_photo)
        controls.batch_button.clicked.connect(self._on_batch)
        controls.folder_button.clicked.connect(self._on_folder)
        controls.discard_button.confirmed.connect(self._on_discard)
        self._session.project_opened.connect(self._on_project_opened)
        self._session.project_closed.connect(self._on_project_closed)
        self._session.styling.changed.connect(self._on_jobs_changed)

    # Project

    @Slot()
    def _on_project_opened(self) -> None:
        self.read_brushes()
        self.show_setup()

    @Slot()
    def _on_project_closed(self) -> None:
        self._loader.stop()
        self.works.show_works(())
        self.works.hide()
        self.monitor.clear()
        self.setup.photos.clear()
        self.setup.set_style_picture(None)
        self.stack.setCurrentWidget(self.setup)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with what is there now."""
        super().showEvent(event)
        self.read_brushes()

    # The list

    @Slot()
    def read_brushes(self) -> None:
        """Read the list of brushes again."""
        if self._session.project is not None:
            self._listing = self._ask(read_brushes(self._session.project.brushes_folder))

    @Slot()
    def show_setup(self) -> None:
        """Ask for a new brush."""
        self._wanted = None
        self.works.mark(None)
        self.stack.setCurrentWidget(self.setup)

    @Slot(object)
    def open_brush(self, folder: Path) -> None:
        """Show a brush: the live one as it goes, another as it was left."""
        if self._live is not None and self._live != folder:
            text = self.tr("Other brushes can be opened when the training has ended.")
            self._session.notice.emit(text)
            folder = self._live
        self._wanted = folder
        self.works.mark(folder)
        self._opening = self._ask(open_brush(folder))

    def _ask(self, job: Job) -> Run:
        run = self._session.begin(job, "brushes")
        run.reported.connect(self._on_read)
        return run

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        newest = self.sender() in (self._opening, self._listing)
        for record in records if newest else ():  # an older answer may come later
            if isinstance(record, BrushesFound):
                self.works.show_works([self._work(each) for each in record.records])
                self.works.setVisible(bool(record.records))
                self.works.mark(self._wanted)
            elif isinstance(record, BrushOpened) and record.record.folder == self._wanted:
                self.monitor.show_brush(record)
                self.stack.setCurrentWidget(self.monitor)

    def _work(self, record: BrushRecord) -> Work:
        states = {
            True: self.tr("finished"),
            False: self.tr("stopped"),
        }
        state = states[record.elapsed_s >= 60 * planned_minutes(record)]
        if record.folder == self._live:
            state = self.tr("training now")
        state = f"{state}   ·   {words.duration(record.elapsed_s)}"
        started = self.tr("Started {time}").format(time=words.moment(record.created))
        return Work(record.folder, record.name, state, started)

    # Training

    @Slot(object, object, object)
    def start(self, style: Path, photos: tuple[Path, ...], config: BrushConfig) -> None:
        """Train a new brush."""
        project = self._session.project
        if project is not None and not self.monitor.is_live():
            self.show_setup()
            self.monitor.clear()
            job = train_brush(style, photos, config, project.brushes_folder)
            self._session.styling.begin(_KIND, job)

    @Slot(str, object)
    def _on_jobs_changed(self, kind: str, run: Run | None) -> None:
        if kind != _KIND:
            return
        self.monitor.attach(run)
        self.setup.set_free(run is None)
        if run is not None:
            self._has_saved = False
            run.reported.connect(self._on_reported)
            self.stack.setCurrentWidget(self.monitor)
            return
        self._live = None
        self.read_brushes()
        if self._wanted is not None:
            self._opening = self._ask(open_brush(self._wanted))
        elif self.stack.currentWidget() is self.monitor:
            self.show_setup()  # it failed before it had a folder; the session tells why

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, BrushStarted):
                self._wanted = self._live = record.folder
                self._opening = self._ask(open_brush(record.folder))
                self.read_brushes()
            elif isinstance(record, BrushSaved):
                self._has_saved = True
                self.read_brushes()
            elif isinstance(record, BrushFinished):
                text = self.tr("The training was stopped before there was a brush to save.")
                if self._has_saved:
                    text = self.tr("The training has ended; the brush is saved.")
                self._session.notice.emit(text)

    @Slot()
    def _on_resume(self) -> None:
        record = self.monitor.record
        if record is not None and not self.monitor.is_live():
            self._wanted = self._live = record.folder  # before the job tells that it has begun
            self.works.mark(record.folder)
            minutes = self.monitor.controls.minutes.value()
            self._session.styling.begin(_KIND, resume_brush(record.folder, minutes))
            self.read_brushes()

    # What can be done with a brush at rest

    @Slot()
    def _on_photo(self) -> None:
        if self.monitor.record is not None:
            self.photo_wanted.emit(self.monitor.record.path)

    @Slot()
    def _on_batch(self) -> None:
        if self.monitor.record is not None:
            self.batch_wanted.emit(self.monitor.record.path)

    @Slot()
    def _on_folder(self) -> None:
        if self.monitor.record is not None:
            open_outside(self.monitor.record.folder, self)

    @Slot()
    def _on_discard(self) -> None:
        if self.monitor.record is not None:  # the one that is shown; another may be on its way
            folder = self.monitor.record.folder
            job = self._session.begin(discard_brush(folder), "brushes")
            job.done.connect(self.read_brushes)
            self.monitor.clear()
            self.show_setup()
