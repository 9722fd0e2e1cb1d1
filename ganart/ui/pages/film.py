"""The mode of the Stylize page for moving pictures: a film in, the same in another look out."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.style.events import (
    FilmDone,
    FilmProgress,
    Preview,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.media.names import safe_stem
from ganart.ui.outside import open_outside
from ganart.ui.pages.film_setup import FilmSetup
from ganart.ui.pages.look_examples import LookExamples
from ganart.ui.pages.look_words import look_in_words
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.live_view import LiveView
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.status_line import StatusLine
from ganart.ui.widgets.text import Caption, told
from ganart.workers.brushes import BrushesFound, read_brushes
from ganart.workers.films import FilmPlan, stylize_film
from ganart.workers.image_loader import ImageLoader
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

_KIND: Final = "film"


class FilmMode(LiveView):
    """The choices on one side, the frames as they come on the other."""

    page_wanted = Signal(str)
    """The name of another page: "gallery"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._last: FilmProgress | None = None
        self._saved: Path | None = None
        self._loader = ImageLoader(self)
        self.setup = FilmSetup(self._loader)
        self._examples = LookExamples(session, self.setup.panel, self)
        self.view = PictureView(self.tr("The stylized frames appear here."))
        self.view.setAccessibleName(self.tr("Stylized frame"))
        self.status = StatusLine()
        self.status.bar.setAccessibleName(self.tr("Progress of the film"))
        self.notice = Caption()
        self.start_button = QPushButton(self.tr("&Begin the film"))
        self.start_button.setDefault(True)
        self.start_button.setAutoDefault(True)
        self.pause_button = push_button("pause", self.tr("P&ause"))
        self.stop_button = push_button("stop", self.tr("Stop and k&eep"))
        self.open_button = push_button("play", self.tr("Play it"))
        self.gallery_button = push_button("gallery", self.tr("Show in the &Gallery"))
        self._lay_out()
        self.setup.changed.connect(self._update)
        self.setup.changed.connect(self._show_examples)
        self.start_button.clicked.connect(self._on_start)
        self.pause_button.clicked.connect(self.toggle_pause)
        self.stop_button.clicked.connect(self.stop)
        self.open_button.clicked.connect(self._on_open)
        self.gallery_button.clicked.connect(self._on_gallery)
        session.styling.changed.connect(self._on_jobs_changed)
        session.project_closed.connect(self._on_project_closed)
        self._attach(session.styling.run(_KIND))

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.setup)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        column.addWidget(self.status)
        column.addWidget(self.notice)
        line = QHBoxLayout()
        for button in (self.pause_button, self.stop_button, self.open_button):
            line.addWidget(button)
        line.addWidget(self.gallery_button)
        line.addStretch(1)
        line.addWidget(self.start_button)
        column.addLayout(line)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(24)
        splitter.addWidget(scroll)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the brushes of now."""
        super().showEvent(event)
        self._show_examples()
        if self._session.project is not None:
            job = read_brushes(self._session.project.brushes_folder)
            self._session.begin(job, "brushes").reported.connect(self._on_brushes)

    @Slot(object)
    def _on_brushes(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, BrushesFound):
                usable = [each.path for each in record.records if each.step]
                self.setup.panel.set_brushes(usable)

    @Slot()
    def _show_examples(self) -> None:
        film = self.setup.film()
        if self.isVisible():
            self._examples.show([film] if film is not None else [])

    def set_film(self, path: Path) -> None:
        """Begin with a film."""
        self.setup.set_film(path)

    # The job

    @Slot()
    def _on_start(self) -> None:
        plan = self.setup.plan()
        if plan is not None:
            self.start(plan)

    def start(self, plan: FilmPlan) -> None:
        """Stylize a film into the artworks of the project."""
        project = self._session.project
        if project is None or self._run is not None:
            return
        name = safe_stem(f"{plan.source.stem} {look_in_words(plan.look)}")
        target = project.artworks_folder / f"{name}{plan.suffix}"
        self._last = self._saved = None
        self.view.set_image(QImage())
        self.status.set_facts([])
        self._session.styling.begin(_KIND, stylize_film(plan, target))

    @Slot(str, object)
    def _on_jobs_changed(self, kind: str, run: Run | None) -> None:
        if kind == _KIND:
            self._attach(run)

    def _attach(self, run: Run | None) -> None:
        self._run = run
        if run is not None:
            self.notice.clear()
            self.status.set_state(self.tr("Starting …"))
            self.status.set_progress(None)
            run.reported.connect(self._on_reported)
            run.failed.connect(self._on_failed)
            run.paused.connect(self._on_paused)
            run.stop_asked.connect(self._on_stop_asked)
        self._update()

    @Slot()
    def _update(self) -> None:
        run = self._run
        missing = self.setup.missing()
        self.start_button.setVisible(run is None)
        self.start_button.setEnabled(not missing)
        self.start_button.setToolTip(missing)
        for button in (self.pause_button, self.stop_button):
            button.setVisible(run is not None)
            button.setEnabled(run is not None and not run.is_stopping())
        paused = run is not None and run.is_paused()
        self.pause_button.setText(self.tr("&Resume") if paused else self.tr("P&ause"))
        for button in (self.open_button, self.gallery_button):
            button.setVisible(run is None and self._saved is not None)
        if run is None and self._saved is None and not self.notice.text():
            self.status.set_progress(0.0)
            self.status.set_state(missing)

    # What it tells

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, FilmProgress):
                self._last = record
            elif isinstance(record, Preview):
                self.view.set_image(image_of(record.pixels))
            elif isinstance(record, StylePhaseChanged):
                self.status.set_state(QCoreApplication.translate("phases", record.phase.value))
            elif isinstance(record, StyleTrouble):
                self.notice.setText(told(record.error, ""))
            elif isinstance(record, FilmDone):
                self._on_film_done(record)
                return
        if self._last is not None:
            self._show_progress(self._last)

    def _show_progress(self, last: FilmProgress) -> None:
        self.status.set_progress(last.frame / last.frames if last.frames else None)
        frames = words.count(last.frames) if last.frames else "?"
        text = self.tr("frame {frame} of {frames}")
        facts = [text.format(frame=words.count(last.frame), frames=frames)]
        self.status.set_facts([*facts, self._flicker(last.flicker, last.flicker_plain)])
        if self._run is not None and not (self._run.is_paused() or self._run.is_stopping()):
            left = words.time_left(last.time_left_s)
            self.status.set_state(self.tr("Stylizing   ·   {left} left").format(left=left))

    def _flicker(self, calm: float, plain: float) -> str:
        text = self.tr("flicker {calm}, without calm {plain}")
        return text.format(calm=words.decimal(calm, 2), plain=words.decimal(plain, 2))

    def _on_film_done(self, done: FilmDone) -> None:
        self._saved = done.path
        self._session.artworks_changed.emit()
        if done.path is None:
            self.status.set_state("")
            self.notice.setText(self.tr("Stopped before the first frame; nothing was saved."))
            return
        frames = self.tr("frames: {count}").format(count=words.count(done.frames))
        facts = [frames, self._flicker(done.flicker, done.flicker_plain)]
        if done.broken:
            broken = words.count(done.broken)
            facts.append(self.tr("could not be read: {count}").format(count=broken))
        self.status.set_facts(facts)
        self.status.set_progress(1.0)
        text = self.tr("Stopped; kept as far as it is: {name}")
        if not done.stopped:
            text = self.tr("Saved: {name}")
        text = text.format(name=done.path.name)
        self.status.set_state(text)
        self._session.notice.emit(text)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.status.set_progress(0.0)
        self.status.set_state(self.tr("Not saved."))
        self.notice.setText(told(report.error, report.text))

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        if paused:
            self.status.set_state(self.tr("Paused."))
        self._update()

    @Slot()
    def _on_stop_asked(self) -> None:
        self.status.set_state(self.tr("Stopping and saving …"))
        self._update()

    @Slot()
    def _on_open(self) -> None:
        if self._saved is not None:
            open_outside(self._saved, self)

    @Slot()
    def _on_gallery(self) -> None:
        self.page_wanted.emit("gallery")

    @Slot()
    def _on_project_closed(self) -> None:
        self._loader.stop()
        self._examples.stop()
        self._saved = self._last = None
        self.view.set_image(QImage())
        self.notice.clear()
        self.status.set_facts([])
        self.setup.set_film(None)
