"""What can be made of a moment: a new training that begins there, and the film of the whole run."""

from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.ui.pages.export_line import ExportLine
from ganart.ui.pages.moment_dialogs import BranchDialog, TimelapseDialog
from ganart.ui.pages.moment_seeds import DEFAULT
from ganart.ui.pages.moment_shelf import NOTHING, MomentShelf
from ganart.ui.pages.train_status import rest
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.flow import FlowLayout
from ganart.workers.moments import KeptMoment, MomentsFound, TimelapsePlan, timelapse_job
from ganart.workers.session import Session


class MomentDeeds(QWidget):
    """Two buttons that ask before they act, and how far the film is."""

    branch_wanted = Signal(int, float)
    """A new run is to begin at the checkpoint of this step and go on for so many minutes; 0: what
    was left of the budget there."""

    def __init__(self, session: Session, shelf: MomentShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shelf = shelf
        self._found = NOTHING
        self._moment: KeptMoment | None = None
        self.seeds: tuple[int, ...] = DEFAULT
        """Those that the film follows."""
        self.branch_button = push_button("train", self.tr("Bra&nch off here…"))
        self.branch_button.setToolTip(
            self.tr("Begin a new training at this moment; the old one stays as it is")
        )
        self.film_button = push_button("film", self.tr("Film of the trainin&g…"))
        self.film_button.setToolTip(self.tr("Save a time-lapse as GIF, WebP or MP4"))
        self.exports = ExportLine(session, self.tr("Show folder"))
        self.exports.hide()
        buttons = FlowLayout()
        buttons.addWidget(self.branch_button)
        buttons.addWidget(self.film_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(buttons)
        column.addWidget(self.exports)
        self.branch_button.clicked.connect(self.ask_for_branch)
        self.film_button.clicked.connect(self.ask_for_film)
        self.exports.saved.connect(self._on_saved)
        self.exports.busy_changed.connect(self._update_buttons)
        shelf.busy_changed.connect(self._update_buttons)

    def show_moment(self, found: MomentsFound, moment: KeptMoment | None) -> None:
        """Act on this moment from now on."""
        self._found, self._moment = found, moment
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        self.branch_button.setEnabled(self._moment is not None and not self._shelf.is_busy())
        enough = len(self._found.moments) > 1 or self._found.grids > 1
        self.film_button.setEnabled(enough and not self.exports.is_busy())

    @Slot()
    def ask_for_branch(self) -> None:
        """Ask how long a new run is to go on from this moment, and begin it."""
        moment = self._moment
        if moment is None:
            return
        config = moment.config
        left = rest(config.minutes, config.pictures, moment.elapsed_s, moment.pictures)
        dialog = BranchDialog(moment, left, self._session.training is not None, self)
        if dialog.exec():
            self.branch(moment, dialog.minutes_wanted())
        dialog.deleteLater()

    def branch(self, moment: KeptMoment, minutes: float) -> None:
        """Begin a new run at a moment; a training that goes on is stopped for it."""
        self.branch_wanted.emit(moment.step, minutes)

    @Slot()
    def ask_for_film(self) -> None:
        """Ask what a time-lapse shall be like, and save it."""
        found = self._found
        size = QSize(*self._moment.config.size) if self._moment is not None else QSize(0, 0)
        moments, grid = len(found.moments), QSize(*found.grid_size)
        dialog = TimelapseDialog(self.seeds, size, moments, grid, found.grids, self)
        if dialog.exec():
            self.save_film(dialog.plan())
        dialog.deleteLater()

    def save_film(self, plan: TimelapsePlan) -> None:
        """Save a time-lapse among the artworks."""
        project = self._session.project
        if project is not None:
            self.exports.show()
            self.exports.begin(timelapse_job(project, self._found.run_id, plan))

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        text = self.tr("The time-lapse is in the gallery: {name}").format(name=path.name)
        self._session.notice.emit(text)
