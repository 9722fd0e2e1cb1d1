"""One brush, in training or as it was left: a preview, its curves, what can be done with it."""

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.events import (
    BrushFinished,
    BrushSaved,
    BrushStarted,
    BrushStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.ui.pages.brush_controls import MAX_MINUTES, BrushControls
from ganart.ui.pages.style_curves import StyleCurves
from ganart.ui.widgets import words
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.live_view import LiveView
from ganart.ui.widgets.panes import halves
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.run_notice import RunNotice
from ganart.ui.widgets.status_line import StatusLine
from ganart.ui.widgets.text import Caption, Heading, give_way, told
from ganart.workers.brushes import BrushOpened, BrushRecord
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.run import ErrorReport, Run


class BrushMonitor(LiveView):
    """Shows one brush. It is live while a `Run` is attached."""

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: BrushRecord | None = None
        self._last: BrushStats | None = None
        self._has_begun = False
        self._loader = loader
        loader.loaded.connect(self._on_loaded)
        self.title = Heading()
        self.about = Caption()
        self.status = StatusLine()
        self.notice = RunNotice()
        self.view = PictureView(self.tr("The first preview appears soon."))
        self.view.setAccessibleName(self.tr("Preview of the brush"))
        self.caption = Caption()
        self.curves = StyleCurves(self.tr("Step"))
        self.controls = BrushControls()
        self._lay_out()
        self.controls.pause_button.clicked.connect(self.toggle_pause)
        self.controls.stop_button.clicked.connect(self.stop)
        self.controls.sample_button.clicked.connect(self.sample_now)
        self.controls.save_button.clicked.connect(self.save_now)

    def _lay_out(self) -> None:
        pictures = QWidget()
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)
        give_way(self.title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self.title, self.about, self.status):
            layout.addWidget(widget)
        layout.addWidget(halves(pictures, self.curves), 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.controls)

    # What is shown

    def clear(self) -> None:
        """Show an empty brush, such as one whose training is about to start."""
        self.record = self._last = None
        self.title.setText(self.tr("New brush"))
        for label in (self.about, self.caption):
            label.clear()
        self.notice.forget()
        self.view.set_image(QImage())
        self.curves.clear()
        self.status.set_state("")
        self.status.set_facts([])

    def show_brush(self, opened: BrushOpened) -> None:
        """Show a brush as it stands on disk; a live one goes on from there."""
        record = opened.record
        if self.record is not None and self.record.folder != record.folder:
            self.clear()
        self.record = record
        self.title.setText(record.name)
        self.about.setText(
            self.tr("In the style of {style}   ·   started {time}").format(
                style=record.style.name, time=words.moment(record.created)
            )
        )
        if self._run is None:
            self.curves.load(opened.curves)
            self._show_rest(record)
        if self.view.image().isNull():
            self._loader.load(record.style_picture, slot="style")

    def _show_rest(self, record: BrushRecord) -> None:
        minutes = planned_minutes(record)
        left_s = 60 * minutes - record.elapsed_s
        self.status.set_progress(record.elapsed_s / (60 * minutes))
        if not record.step:
            text = self.tr("There is no brush yet: it was stopped before the first was saved.")
        elif left_s > 0:
            text = self.tr("Stopped and kept. It can be used, and trained further.")
        else:
            text = self.tr("Finished. It can be used, and trained further.")
        self.status.set_state(text)
        self.status.set_facts(self._facts(record.step, record.elapsed_s))
        rest = self.tr("the rest, {duration}").format(duration=words.duration(left_s))
        self.controls.offer(rest if left_s > 0 else "", usable=record.step > 0)

    def _facts(self, step: int, elapsed_s: float) -> list[str]:
        return [
            self.tr("trained for {duration}").format(duration=words.duration(elapsed_s)),
            self.tr("steps: {count}").format(count=words.count(step)),
        ]

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        wanted = self.record is not None and loaded.path == self.record.style_picture
        if wanted and not loaded.side_px and self.view.image().isNull():
            self.view.set_image(loaded.image)
            self.caption.setText(self.tr("The style"))

    # Live

    def attach(self, run: Run | None) -> None:
        """Follow a training; None when it has ended."""
        self._run = run
        if run is not None:
            self._has_begun = False
            self._last = None
            self.notice.forget()
            self.status.set_state(self.tr("Starting …"))
            self.status.set_progress(None)
            run.reported.connect(self._on_reported)
            run.failed.connect(self._on_failed)
            run.paused.connect(self._on_paused)
            run.stop_asked.connect(self._on_stop_asked)
        self._update_controls()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        newest: Preview | None = None
        for record in records:
            if isinstance(record, BrushStats):
                self.curves.append(record)
                self._last = record
            elif isinstance(record, Preview):
                newest = record
            else:
                self._on_rare(record)
        if newest is not None:
            self.view.set_image(image_of(newest.pixels))
            step = words.count(newest.iteration)
            self.caption.setText(self.tr("The first photo after {count} steps").format(count=step))
        if self._last is not None and self._run is not None:
            self._show_stats(self._last)

    def _on_rare(self, record: object) -> None:
        if isinstance(record, StylePhaseChanged):
            self._on_phase(record)
        elif isinstance(record, BrushStarted):
            text = self.tr("photos: {count}").format(count=words.count(record.photos))
            self.notice.setText(text)
        elif isinstance(record, BrushSaved):
            text = self.tr("Saved at {time}.").format(time=words.clock_after(0))
            self.notice.say(text)
        elif isinstance(record, StyleTrouble):
            self.notice.warn(told(record.error, ""))
        elif isinstance(record, BrushFinished) and not record.stopped:
            self.status.set_progress(1.0)

    def _on_phase(self, record: StylePhaseChanged) -> None:
        if self._run is None or not self._run.is_stopping():
            self.status.set_state(QCoreApplication.translate("phases", record.phase.value))
        if record.phase is StylePhase.TRAINING and not self._has_begun:
            self._has_begun = True
            self._update_controls()

    def _show_stats(self, stats: BrushStats) -> None:
        whole_s = stats.elapsed_s + stats.time_left_s
        self.status.set_progress(stats.elapsed_s / whole_s if whole_s else None)
        self.status.set_facts(self._facts(stats.step, stats.elapsed_s))
        if self._run is not None and not (self._run.is_paused() or self._run.is_stopping()):
            left, end = words.time_left(stats.time_left_s), words.clock_after(stats.time_left_s)
            text = self.tr("Training the brush   ·   {left} left, until {time}")
            self.status.set_state(text.format(left=left, time=end))

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

    @Slot()
    def _on_stop_asked(self) -> None:
        self.status.set_state(self.tr("Stopping and saving …"))
        self._update_controls()

    def _update_controls(self) -> None:
        self.controls.show_run(self._run, self._has_begun)


def planned_minutes(record: BrushRecord) -> float:
    """Return how long a brush is to be trained in all, whatever its description says."""
    minutes = record.config.get("minutes")
    if isinstance(minutes, int | float) and not isinstance(minutes, bool):
        return float(minutes) if 0 < minutes <= MAX_MINUTES else BrushConfig().minutes
    return BrushConfig().minutes
