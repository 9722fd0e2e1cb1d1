"""The tab that shows the pictures as the model sees them, and asks what may be done to them."""

import random
from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.framing_panel import WIDTH_PX, action_button
from ganart.ui.pages.dataset.sees_facts import SeesFacts
from ganart.ui.pages.dataset.sees_grid import SeesGrid
from ganart.ui.pages.dataset.sees_questions import SeesQuestions
from ganart.ui.pages.dataset.size_choice import SizeChoice
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import Caption, told
from ganart.workers.run import ErrorReport, Run
from ganart.workers.samples import Augmented, Pixels, Sample, samples_job

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_COUNT = 48
_LOTS = 10 * _COUNT
_DELAY_MS = 200
"""Changes that follow one another in less are drawn once."""
_SCALES = (0, 1, 2)


class SeesTab(QWidget):
    """Some of the pictures, drawn by lot, just as they are prepared; drawn only while seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: Run | None = None
        self._came: set[int] = set()
        self._known: dict[Hashable, Pixels] = {}
        """What was prepared for what is shown, so that it is not done again."""
        self.seed = 0
        """Which pictures are drawn by lot; the same number draws the same ones."""
        self._soon = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._soon.timeout.connect(self._draw)
        self.others = QAction(self.tr("Others"), self)
        self.others.setShortcut(QKeySequence("O"))
        self.others.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.others)
        self.prepared = Chip(self.tr("As prepared"))
        self.augmented = Chip(self.tr("Augmented"))
        self.augmented.setToolTip(
            self.tr(
                "As the discriminator sees them: mirrored, turned and jittered by lot, as your "
                "answers and the Train page say"
            )
        )
        self.scales = [Chip(text) for text in (self.tr("Fit"), "1 ×", "2 ×")]
        self.grid = SeesGrid()
        self.empty = Caption(self.tr("There are no pictures to be trained on yet."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.hint = Caption()
        self.size_choice = SizeChoice(desk)
        self.facts = SeesFacts(desk)
        self.questions = SeesQuestions(desk)
        self._build()
        self._connect()

    def _build(self) -> None:
        modes, scales = QButtonGroup(self), QButtonGroup(self)
        bar, line = QHBoxLayout(), QHBoxLayout()
        bar.setSpacing(6)
        line.setSpacing(6)
        line.addWidget(self.hint, 1)
        for chip in (self.prepared, self.augmented):
            modes.addButton(chip)
            bar.addWidget(chip)
        bar.addStretch(1)
        for number, chip in enumerate(self.scales):
            scales.addButton(chip, number)
            line.addWidget(chip)
        self.scales[0].setToolTip(self.tr("As large as suits the view"))
        self.scales[1].setToolTip(self.tr("A pixel of the screen for each pixel"))
        self.scales[2].setToolTip(self.tr("Four pixels of the screen for each pixel"))
        for chip in self.scales:
            chip.setAccessibleDescription(chip.toolTip())
        bar.addWidget(action_button(self.others, self.tr("Draw other pictures by lot")))
        self.prepared.setChecked(True)
        self.scales[0].setChecked(True)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.grid)
        stage = QVBoxLayout()
        stage.setSpacing(8)
        stage.addLayout(bar)
        stage.addWidget(self.stack, 1)
        stage.addLayout(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(stage, 1)
        layout.addWidget(self._make_side())
        modes.buttonToggled.connect(self.refresh)
        scales.idClicked.connect(self._on_scale)

    def _make_side(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(6, 0, 6, 0)  # which is not mirrored
        column.setSpacing(14)
        column.addWidget(self.size_choice)
        column.addWidget(self.facts)
        column.addWidget(self.questions)
        column.addStretch(1)
        side = QScrollArea()
        side.setWidget(content)
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFixedWidth(WIDTH_PX)
        return side

    def _connect(self) -> None:
        desk = self._desk
        for signal in (
            desk.pictures.listed,
            desk.pictures.noted,
            desk.session.usual_framing.changed,
            desk.session.shown_as.changed,
        ):
            signal.connect(self.refresh)
        desk.session.project_closed.connect(self._stop)
        self.others.triggered.connect(self._draw_others)
        self.grid.activated.connect(self._frame)

    # What is drawn

    @Slot()
    def refresh(self) -> None:
        """Draw anew, for something has changed; while it is not seen, when it is shown."""
        if self.isVisible():
            self._desk.session.usual_framing.read()
            self._soon.start()
            self.facts.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what holds now."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more."""
        super().hideEvent(event)
        self._stop()

    @Slot()
    def _draw_others(self) -> None:
        self.seed += 1
        self.refresh()

    @Slot(int)
    def _on_scale(self, number: int) -> None:
        self.grid.set_scale(_SCALES[number])

    @Slot()
    def _stop(self) -> None:
        self._soon.stop()
        self.facts.stop()
        self._forget_run()

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.failed.disconnect(self._on_failed)
            self._run.done.disconnect(self._on_done)
            self._run.stop()
            self._run = None

    @Slot()
    def _draw(self) -> None:
        session = self._desk.session
        self._forget_run()
        rows = self._drawn_by_lot()
        self.stack.setCurrentWidget(self.grid if rows else self.empty)
        if session.project is None or not rows:
            return
        showing = session.shown_as.showing
        self._came = set()
        self.grid.begin(len(rows), showing.size)
        self._tell()
        usual = session.usual_framing.framing
        job = samples_job(rows, usual, showing, self.augmented.isChecked(), self._known)
        self._known = {}
        self._run = session.begin(job, "samples", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)

    def _drawn_by_lot(self) -> "list[PictureRow]":
        """Return some pictures that are trained on; rejecting one leaves the others in place."""
        lot = random.Random(self.seed)
        rows = self._desk.pictures.rows
        drawn = [row for row in lot.sample(rows, min(_LOTS, len(rows))) if row.weight][:_COUNT]
        if not drawn:  # nearly all are rejected
            rows = [row for row in rows if row.weight]
            drawn = lot.sample(rows, min(_COUNT, len(rows)))
        return drawn

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Sample):
                self._show_sample(record)
            elif isinstance(record, Augmented):
                name = self.tr("One of your pictures, as it is shown once")
                for place, pixels in enumerate(record.pixels):
                    self._came.add(place)
                    self.grid.put(place, image_of(pixels), name, None)

    def _show_sample(self, sample: Sample) -> None:
        image = image_of(sample.pixels)
        if not self._known:
            self.questions.show_picture(image)
        self._known[sample.key] = sample.pixels
        if not self.augmented.isChecked():
            self._came.add(sample.place)
            self.grid.put(sample.place, image, sample.row.path.name, sample.row.id)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.hint.setText(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self.grid.end(self._came)
        self._run = None

    def _tell(self) -> None:
        if not self.augmented.isChecked():
            text = self.tr("These pixels are trained on. Enter or a double click frames a picture.")
        elif self._is_plain():
            text = self.tr("Nothing is done to them: they are shown as they are prepared.")
        else:
            text = self.tr(
                "Shown another way each time; the model should learn to make them as they are."
            )
        self.hint.setText(text)

    def _is_plain(self) -> bool:
        showing = self._desk.session.shown_as.showing
        return not (showing.times > 1 or showing.augment or showing.augment_target)

    @Slot(QModelIndex)
    def _frame(self, index: QModelIndex) -> None:
        picture_id = self.grid.picture_id(index)
        if picture_id is not None:
            self._desk.frame_wanted.emit([picture_id])
