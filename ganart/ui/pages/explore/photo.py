"""The Photo tab: a photo of one's own is looked for in the model."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.photo_setup import PhotoSetup
from ganart.ui.widgets import words
from ganart.ui.widgets.before_after import BeforeAfter, Compare
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import Caption, Heading, told
from ganart.workers.projections import Looking, Photo, Projected, Projecting, projection_job
from ganart.workers.run import ErrorReport, Run


class PhotoTab(QWidget):
    """The photo and its options over photo and result side by side."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._run: Run | None = None
        self.found: Projected | None = None
        self._path: Path | None = None
        """Of the model that it is looked for in."""
        self.setup = PhotoSetup(exploration.session)
        self.start_button = push_button("play", self.tr("Loo&k for it"))
        self.stop_button = push_button("stop", self.tr("Stop and &keep"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress of the search"))
        self.view = BeforeAfter(
            self.tr("Your own picture, as near as the model comes to it.\nChoose a photo first.")
        )
        self.view.set_names(self.tr("Photo"), self.tr("Model"))
        self.view.set_compare(Compare.SPLIT)
        self.view.setAccessibleName(self.tr("Photo and what the model makes of it"))
        self.slider_button = QPushButton(self.tr("With a divider"))
        self.slider_button.setCheckable(True)
        self.look_button = push_button("explore", self.tr("Look at it"))
        self.look_button.setToolTip(self.tr("Put what was found on the easel"))
        self.score = Heading()
        self.message = Caption()
        self._lay_out()
        self._connect()
        self._update()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for widget in (self.start_button, self.stop_button):
            line.addWidget(widget)
        line.addWidget(self.progress, 1)
        line.addStretch(1)
        line.addWidget(self.slider_button)
        line.addWidget(self.look_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.setup)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        column.addWidget(self.score)
        column.addWidget(self.message)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self.slider_button.toggled.connect(self._on_slider)
        self.look_button.clicked.connect(self.look)
        self.setup.changed.connect(self._on_setup)
        self._exploration.model_changed.connect(self._update)
        self._exploration.rendered.connect(self._on_rendered)
        self._exploration.session.project_closed.connect(self._on_project_closed)

    @Slot()
    def start(self) -> None:
        """Begin to look."""
        path, plan = self._exploration.path, self.setup.plan()
        if path is None or plan is None or self._run is not None:
            return
        self._forget()
        self._path = path
        self.message.setText(self.tr("Looking around in the model …"))
        self._run = self._exploration.session.begin(
            projection_job(path, plan), "projection", announce=False
        )
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)
        self.progress.setRange(0, 0)
        self._update()

    @Slot()
    def stop(self) -> None:
        """End, with the best so far."""
        if self._run is not None:
            self._run.stop()

    @Slot()
    def look(self) -> None:
        """Put what was found on the easel."""
        if self.found is not None and self._exploration.path == self._path:
            self._exploration.look_at(self.found.point, self.tr("Look at a photo in the model"))

    # The search

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        pixels = None
        for record in records:
            match record:
                case Photo():
                    self.view.set_before(image_of(record.pixels))
                case Looking():
                    self._progress(record.done, record.total)
                case Projecting():
                    self._progress(record.step, record.steps)
                    self.message.setText(self.tr("Coming nearer …"))
                    pixels = record.pixels if record.pixels is not None else pixels
                case Projected():
                    self.found, pixels = record, record.pixels
                    self._tell(record)
        if pixels is not None:  # of many only the newest is seen
            self.view.set_after(image_of(pixels))

    def _progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _tell(self, found: Projected) -> None:
        share = words.count(100 * found.nearness.share)
        self.score.setText(self.tr("{percent} % near").format(percent=share))
        lines = [QCoreApplication.translate("projection", found.known.verdict)]
        if found.known != found.nearness:
            text = self.tr("Before each layer went its own way it was {percent} %.")
            lines.append(text.format(percent=words.count(100 * found.known.share)))
        lines.append(
            self.tr(
                "100 % is the photo itself; 0 % is as far from it as two pictures of this model "
                "are from each other."
            )
        )
        if found.is_stopped:
            lines.insert(0, self.tr("Stopped early."))
        self.message.setText(" ".join(lines))

    def _forget(self) -> None:
        self.found = None
        self.score.clear()
        self.message.clear()

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.message.setText(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        if self.found is None and self._run is not None and self._run.failure is None:
            self.message.setText(self.tr("Stopped before anything was found."))
        self._run = None
        self._update()

    # What is seen

    @Slot(bool)
    def _on_slider(self, is_slider: bool) -> None:
        self.view.set_compare(Compare.SLIDER if is_slider else Compare.SPLIT)

    @Slot()
    def _on_setup(self) -> None:
        if self._run is None:
            self._forget()
            self.view.set_before(self.setup.crop())
        self._update()

    @Slot()
    def _on_rendered(self) -> None:
        info = self._exploration.info
        self.setup.set_has_styles(info is not None and info.config.architecture == "style")
        if info is not None:
            self.setup.set_shape(QSize(*info.config.size))

    @Slot()
    def _on_project_closed(self) -> None:
        self.setup.stop()
        self.view.set_before(QImage())
        self._forget()
        self._update()

    @Slot()
    def _update(self) -> None:
        is_running = self._run is not None
        can_start = self._exploration.path is not None and self.setup.plan() is not None
        self.start_button.setVisible(not is_running)
        self.start_button.setEnabled(can_start)
        self.stop_button.setVisible(is_running)
        self.progress.setVisible(is_running)
        self.setup.setEnabled(not is_running)
        self.slider_button.setEnabled(self.view.has_after())
        # In another model the place that was found is another picture.
        is_of_this = self._exploration.path == self._path
        self.look_button.setEnabled(self.found is not None and is_of_this)
