"""A painting being painted, or at rest: the picture, its curves, and what can be done with it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganart.engine.style.events import (
    PaintFinished,
    PaintSaved,
    PaintStarted,
    PaintStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.ui.outside import open_outside
from ganart.ui.pages.style_curves import StyleCurves
from ganart.ui.pages.stylize_painting_controls import PaintingControls, PaintingStatus
from ganart.ui.pages.stylize_paintings import state_of, title_of
from ganart.ui.pages.stylize_plan import plan_in_words
from ganart.ui.pages.stylize_stage import Stage
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.live_view import LiveView
from ganart.ui.widgets.panes import side_by_side
from ganart.ui.widgets.text import Caption, Heading, told
from ganart.workers.paintings import PaintingHistory
from ganart.workers.run import ErrorReport, Run

_SIZES = (4000, 6000)
"""A splitter shares what it has in the proportion of such numbers."""


class PaintingMonitor(LiveView):
    """Shows one painting. It is live while a `Run` is attached."""

    back_wanted = Signal()
    """To the choices, for another painting."""
    resume_wanted = Signal(object, int)
    """The folder of the painting, and how many iterations more; 0: what is left."""
    discard_wanted = Signal(object)
    """The folder of a painting to be deleted."""
    gallery_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.picture: Path | None = None
        self._last: PaintStats | None = None
        self._can_resume = False
        self.stage = Stage(self.tr("The first picture appears in a moment."))
        self.title = Heading()
        self.title.setWordWrap(True)
        self.about = Caption()
        self.status = PaintingStatus()
        self.curves = StyleCurves(self.tr("Iteration"))
        self.notice = Caption()
        self.controls = PaintingControls()
        self.back_button = push_button("back", self.tr("Another &picture"))
        self._lay_out()
        self.back_button.clicked.connect(self.back_wanted)
        self.controls.pause_button.clicked.connect(self.toggle_pause)
        self.controls.stop_button.clicked.connect(self.stop)
        self.controls.now_button.clicked.connect(self.sample_now)
        self.controls.gallery_button.clicked.connect(self.gallery_wanted)
        self.controls.folder_button.clicked.connect(self._on_folder)
        self.controls.go_on_wanted.connect(self._on_go_on)
        self.controls.discard_button.confirmed.connect(self._on_discard)
        self._update()

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.status)
        column.addWidget(self.curves, 1)
        column.addWidget(self.notice)
        column.addWidget(self.controls)
        splitter = side_by_side(side, self.stage)
        for index, share in enumerate(_SIZES):
            splitter.setStretchFactor(index, share)
        splitter.setSizes(list(_SIZES))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    # What is shown

    def begin(self, title: str, photo: QImage) -> None:
        """Show an empty painting of a photo, such as one that is about to start."""
        self.folder = self.picture = self._last = None
        self._can_resume = False
        self.title.setText(title)
        self.about.clear()
        self.status.clear()
        self.notice.clear()
        self.curves.clear()
        self.stage.tell("")
        self.stage.view.set_before(photo)
        self._update()

    def show_rest(self, history: PaintingHistory) -> None:
        """Show a painting as it was left on disk; its pictures follow."""
        record = history.record
        self.begin(title_of(record), QImage())
        self.folder = record.folder
        self._can_resume = record.status != "finished"
        self.about.setText(
            self.tr(
                "{width} × {height} px   ·   iterations: {count}   ·   painted for {time}"
            ).format(
                width=words.count(record.width),
                height=words.count(record.height),
                count=words.count(record.iteration),
                time=words.duration(record.elapsed_s),
            )
        )
        self.status.say(state_of(record))
        self.status.set_progress(0.0 if self._can_resume else 1.0)
        self.notice.setText(record.message)
        self.curves.load(history.curves)
        self._update()

    def set_photo(self, image: QImage) -> None:
        """Show what the painting began with; what was painted stays."""
        after = self.stage.view.after()
        self.stage.view.set_before(image)
        self.stage.view.set_after(after)

    def set_picture(self, path: Path, image: QImage) -> None:
        """Show a finished picture."""
        self.picture = path
        self._show_image(image)
        self._update()

    def _show_image(self, image: QImage) -> None:
        if self.stage.view.image().isNull():
            self.stage.view.set_before(image)
        self.stage.view.set_after(image)

    # Live

    def attach(self, run: Run | None) -> None:
        """Follow a painting; None when it has ended."""
        self._run = run
        if run is not None:
            self.notice.clear()
            self.status.say(self.tr("Starting …"))
            self.status.set_progress(None)
            run.reported.connect(self._on_reported)
            run.failed.connect(self._on_failed)
            run.paused.connect(self._on_paused)
            run.stop_asked.connect(self._on_stop_asked)
        self._update()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        stats = [each for each in records if isinstance(each, PaintStats)]
        previews = [each for each in records if isinstance(each, Preview)]
        for each in stats:
            self.curves.append(each)
        if stats:
            self._last = stats[-1]
            self._show_stats(stats[-1])
        if previews:
            self._show_preview(previews[-1])
        for record in records:
            self._on_rare(record)

    def _on_rare(self, record: object) -> None:
        if isinstance(record, PaintStarted):
            self.folder = record.folder
            self.about.setText(plan_in_words(record.plan))
        elif isinstance(record, StylePhaseChanged):
            self._on_phase(record.phase)
        elif isinstance(record, PaintSaved):
            self.notice.setText(self.tr("Saved at {time}.").format(time=words.clock_after(0)))
        elif isinstance(record, StyleTrouble):
            self.notice.setText(told(record.error, ""))
        elif isinstance(record, PaintFinished):
            self._on_finished(record)

    def _on_finished(self, record: PaintFinished) -> None:
        self.picture = record.picture
        self._can_resume = record.stopped
        self.status.say(self.tr("Stopped and kept.") if record.stopped else self.tr("Finished."))
        if not record.stopped:
            self.status.set_progress(1.0)

    def _on_phase(self, phase: StylePhase) -> None:
        if self._run is not None and not self._run.is_stopping():
            self.status.say(QCoreApplication.translate("phases", phase.value))
            if phase not in (StylePhase.PAINTING, StylePhase.SAVING):
                self.status.set_progress(None)

    def _show_preview(self, preview: Preview) -> None:
        self._show_image(image_of(preview.pixels))
        text = self.tr("The first, quick picture")
        if preview.iteration:
            number = words.count(preview.iteration)
            text = self.tr("After {number} iterations").format(number=number)
        self.stage.tell(text)

    def _show_stats(self, stats: PaintStats) -> None:
        self.status.show_stats(stats)
        if self._run is not None and not (self._run.is_paused() or self._run.is_stopping()):
            self.status.show_time_left(stats)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.status.set_progress(0.0)
        self.status.say(self.tr("Ended by a trouble."))
        self._can_resume = self.folder is not None
        self.notice.setText(told(report.error, report.text))

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        if paused:
            self.status.say(self.tr("Paused. The time stands still."))
        elif self._last is not None:
            self._show_stats(self._last)
        self._update()

    @Slot()
    def _on_stop_asked(self) -> None:
        self.status.say(self.tr("Stopping and saving …"))
        self._update()

    # Deeds

    @Slot(int)
    def _on_go_on(self, iterations: int) -> None:
        if self.folder is not None:
            self.resume_wanted.emit(self.folder, iterations)

    @Slot()
    def _on_discard(self) -> None:
        if self.folder is not None:
            self.discard_wanted.emit(self.folder)

    @Slot()
    def _on_folder(self) -> None:
        if self.picture is not None:
            open_outside(self.picture.parent, self)

    def _update(self) -> None:
        self.controls.show_run(self._run)
        self.controls.show_rest(
            has_folder=self.folder is not None,
            has_picture=self.picture is not None,
            can_resume=self._can_resume and self.folder is not None,
        )
