"""The saving half of the Explore page: what can be saved, and how far it is."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ganart.ui.pages.explore.loop_dialog import size_box
from ganart.ui.pages.export_line import ExportLine
from ganart.ui.widgets.buttons import push_button
from ganart.workers.run import Job
from ganart.workers.session import Session


class ExportBar(QWidget):
    """Buttons to save, then progress with a way to cancel, then where the artwork went."""

    picture_wanted = Signal()
    sheet_wanted = Signal()
    stylize_wanted = Signal()
    saved = Signal(object)
    """The `Path` of what was saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_save = False
        self.picture_button = push_button("save", self.tr("&Save picture"))
        self.sheet_button = push_button("grid", self.tr("Save sh&eet"))
        self.sheet_button.setToolTip(self.tr("Save all pictures of the grid of seeds as one"))
        self.picture_button.clicked.connect(self.picture_wanted)
        self.sheet_button.clicked.connect(self.sheet_wanted)
        self.stylize_button = push_button("stylize", self.tr("Styli&ze it"))
        self.stylize_button.setToolTip(self.tr("Save the picture, and go on with it in Stylize"))
        self.stylize_button.clicked.connect(self.stylize_wanted)
        self.size_choice = size_box(64)
        self.size_choice.setAccessibleName(self.tr("Size of saved pictures"))
        self.line = ExportLine(session, self.tr("Show f&older"))
        self.line.busy_changed.connect(self._update)
        self.line.saved.connect(self.saved)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.picture_button, self.size_choice, *self._other_buttons()):
            line.addWidget(widget)
        line.addSpacing(12)
        line.addWidget(self.line, 1)
        self._update()

    def scale(self) -> int:
        """Return how many times larger pictures are saved."""
        return int(self.size_choice.currentData())

    def set_side(self, side: int) -> None:
        """Offer multiples of another picture side."""
        fresh = size_box(side)
        for index in range(fresh.count()):
            self.size_choice.setItemText(index, fresh.itemText(index))
        self.size_choice.setCurrentIndex(fresh.currentIndex())

    def set_can_save(self, can_save: bool) -> None:
        """Allow saving; without a picture there is nothing to save."""
        self._can_save = can_save
        self._update()

    def begin(self, job: Job) -> None:
        """Start saving."""
        self.line.begin(job)

    def _other_buttons(self) -> tuple[QPushButton, ...]:
        return self.sheet_button, self.stylize_button

    @Slot()
    def _update(self) -> None:
        for button in (self.picture_button, *self._other_buttons()):
            button.setEnabled(self._can_save and not self.line.is_busy())
