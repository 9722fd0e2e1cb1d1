"""The saving half of the Explore page: what can be saved, and how far it is."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ganart.ui.pages.explore.export_list import ExportList, ExportQueueButton
from ganart.ui.pages.export_line import ExportLine
from ganart.ui.widgets.buttons import push_button
from ganart.workers.export_queue import ExportQueue
from ganart.workers.run import Job
from ganart.workers.session import Session


class ExportBar(QWidget):
    """Buttons to save, then progress with a way to cancel, then where the artwork went.

    Pictures and sheets are saved at once; loops and prints take their turn in the queue.
    """

    picture_wanted = Signal()
    sheet_wanted = Signal()
    export_wanted = Signal()
    stylize_wanted = Signal()
    saved = Signal(object)
    """The `Path` of what was saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_save = False
        self.queue = ExportQueue(session, self)
        self.list: ExportList | None = None
        self.picture_button = push_button("save", self.tr("&Save picture"))
        self.picture_button.setToolTip(self.tr("Save the large picture as the last one"))
        self.sheet_button = push_button("grid", self.tr("Save sh&eet"))
        self.sheet_button.setToolTip(
            self.tr("Save all pictures of the canvas, or of a litter, as one")
        )
        self.export_button = push_button("film", self.tr("Ex&port…"))
        self.export_button.setToolTip(self.tr("Choose format, size, paper, signature and name"))
        self.stylize_button = push_button("stylize", self.tr("Styli&ze it"))
        self.stylize_button.setToolTip(self.tr("Save the picture, and go on with it in Stylize"))
        self.picture_button.clicked.connect(self.picture_wanted)
        self.sheet_button.clicked.connect(self.sheet_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.stylize_button.clicked.connect(self.stylize_wanted)
        self.line = ExportLine(session, self.tr("Show f&older"))
        self.queue_button = ExportQueueButton(self.queue)
        self.line.busy_changed.connect(self._update)
        self.line.saved.connect(self.saved)
        self.queue.saved.connect(self.line.show_saved)
        self.queue_button.opened.connect(self.show_list)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for button in (self.picture_button, *self._other_buttons()):
            line.addWidget(button)
        line.addSpacing(12)
        line.addWidget(self.line, 1)
        line.addWidget(self.queue_button)
        self._update()

    def set_can_save(self, can_save: bool) -> None:
        """Allow saving; without a picture there is nothing to save."""
        self._can_save = can_save
        self._update()

    def begin(self, job: Job) -> None:
        """Start saving a picture or a sheet."""
        self.line.begin(job)

    def place(self, job: Job) -> None:
        """Put the loop or print that a job writes down into the queue."""
        self.queue.place(job)

    @Slot()
    def show_list(self) -> None:
        """Open the window with all exports of the queue."""
        if self.list is None:
            self.list = ExportList(self.queue, self)
        self.list.show()
        self.list.raise_()
        self.list.activateWindow()

    def _other_buttons(self) -> tuple[QPushButton, ...]:
        return self.sheet_button, self.export_button, self.stylize_button

    @Slot()
    def _update(self) -> None:
        is_busy = self.line.is_busy()
        for button in (self.picture_button, *self._other_buttons()):
            button.setEnabled(self._can_save and not is_busy)
