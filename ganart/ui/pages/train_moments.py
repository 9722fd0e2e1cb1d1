"""The time machine of one training: its kept moments, drawn with the artist's own seeds."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.engine.gan.events import CheckpointSaved, RunStarted
from ganart.ui.pages.moment_compare import CompareBar, blend_name
from ganart.ui.pages.moment_deeds import MomentDeeds
from ganart.ui.pages.moment_easel import MomentEasel
from ganart.ui.pages.moment_list import MomentList
from ganart.ui.pages.moment_seeds import SeedsEdit, SeedsKeeper
from ganart.ui.pages.moment_shelf import NOTHING, MomentShelf
from ganart.ui.pages.moment_stage import MomentStage
from ganart.ui.widgets.text import Caption
from ganart.workers.moments import BlendKept, KeptMoment, MomentsFound, keep_blend
from ganart.workers.session import Session


class TrainMoments(QWidget):
    """The list of moments and what can be done with them; `stage` shows the pictures elsewhere."""

    branch_wanted = Signal(int, float)
    """A new run is to begin at the checkpoint of this step and go on for so many minutes; 0: what
    was left of the budget there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found = NOTHING
        self._number = -1
        self._is_live = False
        self.shelf = MomentShelf(session, self)
        self.stage = MomentStage()
        self.notice = Caption()
        self.list = MomentList()
        self.compare = CompareBar()
        self.seeds = SeedsEdit()
        self._kept_seeds = SeedsKeeper(session, self.seeds, self)
        self.deeds = MomentDeeds(session, self.shelf)
        self.easel = MomentEasel(self.stage, self.compare, self.seeds, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(self.list, 1)
        for part in (self.compare, self.seeds, self.deeds):
            column.addWidget(part)
        self._connect()
        self._recall()
        self._tell("")
        self._take(NOTHING, -1)

    def _connect(self) -> None:
        self.shelf.found.connect(self._on_found)
        self.shelf.busy_changed.connect(self._update_star)
        self.easel.failed.connect(self._tell)
        self.easel.doubted.connect(self.refresh)
        self.easel.drawing.thumb_drawn.connect(self._on_thumb)
        self.list.chosen.connect(self.choose)
        self.list.second_chosen.connect(self._on_second)
        self.list.star_wanted.connect(self.toggle_star)
        self.stage.chosen.connect(self.choose)
        self.stage.star_wanted.connect(self._on_star)
        self.compare.changed.connect(self._on_compare)
        self.compare.keep_wanted.connect(self.keep_blend)
        self.seeds.changed.connect(self._on_seeds)
        self.deeds.branch_wanted.connect(self.branch_wanted)
        self._session.project_opened.connect(self._recall)
        self._session.models_changed.connect(self.refresh)

    # Which moments there are

    def clear(self) -> None:
        """Forget a run."""
        self.show_run("")

    def show_run(self, run_id: str) -> None:
        """Show the moments of a run; those of the one that is shown are read again."""
        is_other = run_id != self.shelf.run_id()
        self.shelf.show_run(run_id)
        if is_other:
            self._tell("")
            self._take(NOTHING, -1)

    def set_live(self, is_live: bool) -> None:
        """Say whether the training goes on."""
        self._is_live = is_live
        self._show_lack()

    def hear(self, record: object) -> None:
        """Follow a training."""
        if isinstance(record, RunStarted):
            self.show_run(record.run_id)
        elif isinstance(record, CheckpointSaved):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the moments again as soon as somebody looks."""
        self.shelf.refresh()

    @Slot(object)
    def _on_found(self, found: MomentsFound) -> None:
        """Stay at the moment that is shown, or go on with the newest where that was shown."""
        if found == self._found:
            return
        before, steps = self.moment(), [each.step for each in found.moments]
        number = len(steps) - 1
        if before is not None and steps and self._number < len(self._found.moments) - 1:
            nearest = min(steps, key=lambda step: abs(step - before.step))
            number = steps.index(nearest)
            if nearest != before.step:
                self._tell(
                    self.tr(
                        "The moment that was shown has been thinned out to save space; this is "
                        "the nearest that is kept. Star a moment to keep it for good."
                    )
                )
        self._take(found, number)

    def _take(self, found: MomentsFound, number: int) -> None:
        self._found, self._number = found, number
        self.list.show_moments(found.moments, number, self.easel.drawing.thumb)
        self.stage.show_moments(found.moments, number)
        if self.compare.offer(found.moments, found.others) and found.run_id:
            self._tell(self.tr("B has been thinned out meanwhile; there is nothing to compare."))
        self._show_choice()
        self._show_lack()
        self._draw()

    def _show_lack(self) -> None:
        if self._found.moments:
            return
        self.easel.clear()
        text = ""  # nothing is known before it was read
        if self._is_live:
            text = self.tr("The first moment is kept within minutes; “Save now” keeps one at once.")
        elif self._found.run_id == self.shelf.run_id():
            text = self.tr("This training has kept no moments.")
        self.stage.tell(text)

    # Which one is looked at

    def moment(self) -> KeptMoment | None:
        """Return moment A."""
        return self._found.moments[self._number] if self._number >= 0 else None

    @Slot(int)
    def choose(self, number: int) -> None:
        """Look at another moment, the oldest being 0."""
        if number == self._number or not 0 <= number < len(self._found.moments):
            return
        self._number = number
        self._tell("")
        self.list.choose(number)
        self.stage.choose(number)
        self._show_choice()
        self._draw()

    @Slot(int)
    def _on_second(self, number: int) -> None:
        self.compare.choose(self._found.moments[number].path)

    @Slot()
    def _on_compare(self) -> None:
        self._tell("")
        self._show_choice()
        self._draw()

    def _show_choice(self) -> None:
        second = self.compare.path()
        marks = {}
        if second is not None:
            numbers = {each.path: number for number, each in enumerate(self._found.moments)}
            marks = {numbers[second]: self.tr("B")} if second in numbers else {}
            marks[self._number] = self.tr("A")
        self.list.set_marks(marks)
        self.deeds.show_moment(self._found, self.moment())
        self._update_star()

    # Stars

    @Slot()
    def _update_star(self) -> None:
        moment = self.moment()
        self.stage.show_star(moment is not None and moment.is_starred)
        self.stage.star_button.setEnabled(moment is not None and not self.shelf.is_busy())

    @Slot()
    def _on_star(self) -> None:
        self.toggle_star(self._number)

    @Slot(int)
    def toggle_star(self, number: int) -> None:
        """Star a moment, or take its star away."""
        if 0 <= number < len(self._found.moments):
            moment = self._found.moments[number]
            self.shelf.star(moment, not moment.is_starred)
        self._update_star()  # a button shows what is, not what was clicked

    # Drawing

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw: while nobody looks, a training has the computer for itself."""
        super().showEvent(event)
        self.shelf.set_open(True)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing and hold no models while hidden."""
        super().hideEvent(event)
        self.shelf.set_open(False)
        self.easel.drawing.rest()

    def _draw(self) -> None:
        moment = self.moment()
        if moment is not None and self.isVisible():
            self.easel.draw(moment, self._found.moments)

    @Slot(str)
    def _on_thumb(self, model_hash: str) -> None:
        self.list.set_thumb(model_hash, self.easel.drawing.thumb(model_hash))

    def stop(self) -> None:
        """End the drawing thread."""
        self.easel.drawing.stop()

    # Blends and seeds that are kept

    @Slot()
    def keep_blend(self) -> None:
        """Make the blend one of the project's models."""
        blend, project, moment = self.easel.blend(), self._session.project, self.moment()
        if blend is None or project is None or moment is None:
            return
        name = self.compare.box.currentText()
        label = blend_name(moment, blend.second, self._found.moments, name)
        job = keep_blend(project, blend.first, blend.second, blend.mix, label)
        self._session.begin(job, "blend").reported.connect(self._on_kept)

    @Slot(object)
    def _on_kept(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, BlendKept):
                text = self.tr("“{name}” is one of your models now; find it in Explore.")
                self._tell(text.format(name=record.label))
                self._session.notice.emit(self.notice.text())
                self._session.models_changed.emit()

    @Slot()
    def _on_seeds(self) -> None:
        self._share_seeds()
        self._draw()
        self._kept_seeds.keep()

    @Slot()
    def _recall(self) -> None:
        self._kept_seeds.recall()
        self._share_seeds()

    def _share_seeds(self) -> None:
        self.deeds.seeds = self.seeds.seeds()

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
