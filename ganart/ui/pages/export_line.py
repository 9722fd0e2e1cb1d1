"""How far the saving of an artwork is, with a way to cancel it, then where it went."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ganart.ui.outside import open_outside
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.text import give_way
from ganart.workers.exports import Exported, Exporting
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session


class ExportLine(QWidget):
    """One line about one artwork at a time."""

    busy_changed = Signal(bool)
    saved = Signal(object)
    """The `Path` of what was saved."""

    def __init__(self, session: Session, folder_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._saved: Path | None = None
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress of saving"))
        self.cancel_button = tool_button("close", self.tr("Cancel saving"))
        self.cancel_button.clicked.connect(self.cancel)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        give_way(self.message)
        self.show_button = QPushButton(folder_text)
        self.show_button.clicked.connect(self._on_show)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.message, 1)
        line.addWidget(self.show_button)
        self._update()

    def is_busy(self) -> bool:
        """Whether something is being saved."""
        return self._run is not None

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
                self.show_saved(record.path)
                if record.recipe_beside is not None:
                    text = self.tr("Saved: {name}. Its recipe is too long for it: it lies beside.")
                    self.message.setText(text.format(name=record.path.name))
                self._session.artworks_changed.emit()
                self.saved.emit(record.path)

    @Slot(object)
    def show_saved(self, path: Path) -> None:
        """Tell where an artwork went, whoever saved it."""
        self._saved = path
        self.message.setText(self.tr("Saved: {name}").format(name=path.name))
        self._update()

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.message.setText(self.tr("Not saved."))  # a dialog tells why
        self._session.failed.emit(report)

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is self._run:  # a later one may have begun
            self._run = None
            self._update()

    @Slot()
    def _on_show(self) -> None:
        if self._saved is not None:
            open_outside(self._saved.parent, self)

    def _update(self) -> None:
        busy = self.is_busy()
        self.progress.setVisible(busy)
        self.cancel_button.setVisible(busy)
        self.message.setVisible(not busy)
        self.show_button.setVisible(not busy and self._saved is not None)
        self.busy_changed.emit(busy)
