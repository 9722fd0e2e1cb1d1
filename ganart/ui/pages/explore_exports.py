"""The saving half of the Explore page: what is being saved, how far it is, where it went."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ganart.ui.pages.explore_loop import size_box
from ganart.ui.widgets.buttons import push_button, tool_button
from ganart.ui.widgets.text import give_way
from ganart.workers.exports import Exported, Exporting
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session


class ExportBar(QWidget):
    """Buttons to save, then progress with a way to cancel, then where the artwork went."""

    picture_wanted = Signal()
    sheet_wanted = Signal()
    loop_wanted = Signal()
    stylize_wanted = Signal()
    saved = Signal(object)
    """The `Path` of what was saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._saved: Path | None = None
        self._can_save = False
        self.picture_button = push_button("save", self.tr("&Save picture"))
        self.sheet_button = push_button("grid", self.tr("Save sh&eet"))
        self.sheet_button.setToolTip(self.tr("Save all pictures of the grid of seeds as one"))
        self.loop_button = push_button("film", self.tr("Save &loop …"))
        self.picture_button.clicked.connect(self.picture_wanted)
        self.sheet_button.clicked.connect(self.sheet_wanted)
        self.loop_button.clicked.connect(self.loop_wanted)
        self.stylize_button = push_button("stylize", self.tr("Styli&ze it"))
        self.stylize_button.setToolTip(self.tr("Save the picture, and go on with it in Stylize"))
        self.stylize_button.clicked.connect(self.stylize_wanted)
        self.size_choice = size_box(64)
        self.size_choice.setAccessibleName(self.tr("Size of saved pictures"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress of saving"))
        self.cancel_button = tool_button("close", self.tr("Cancel saving"))
        self.cancel_button.clicked.connect(self.cancel)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        give_way(self.message)
        self.show_button = QPushButton(self.tr("Show f&older"))
        self.show_button.clicked.connect(self._on_show)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.picture_button, self.size_choice, *self._other_buttons()):
            line.addWidget(widget)
        line.addSpacing(12)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.message, 1)
        line.addWidget(self.show_button)
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
        self._saved = None
        self.message.clear()
        self._run = self._session.begin(job, "export", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)
        self.progress.setRange(0, 0)
        self._update()

    @Slot()
    def cancel(self) -> None:
        """Stop saving; nothing is left of it."""
        if self._run is not None:
            self._run.stop()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Exporting):
                # The last part, encoding, cannot be measured: the bar runs on.
                total = record.total if record.done < record.total else 0
                self.progress.setRange(0, total)
                self.progress.setValue(record.done)
            elif isinstance(record, Exported):
                self._saved = record.path
                self.message.setText(self.tr("Saved: {name}").format(name=record.path.name))
                self._session.artworks_changed.emit()
                self.saved.emit(record.path)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.message.setText(self.tr("Not saved."))  # a dialog tells why
        self._session.failed.emit(report)

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self._update()

    @Slot()
    def _on_show(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def _other_buttons(self) -> tuple[QPushButton, ...]:
        return self.sheet_button, self.loop_button, self.stylize_button

    def _update(self) -> None:
        busy = self._run is not None
        for button in (self.picture_button, *self._other_buttons()):
            button.setEnabled(self._can_save and not busy)
        self.progress.setVisible(busy)
        self.cancel_button.setVisible(busy)
        self.message.setVisible(not busy)
        self.show_button.setVisible(not busy and self._saved is not None)
