"""The saving of a quick look at the size of the photo, which takes a while for a large one."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.text import give_way
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session
from ganart.workers.stylizing import LookSaved


class SavingLine(QWidget):
    """Says that a picture is being made and saved, and stops it; hidden while there is none."""

    changed = Signal()
    """A saving has begun or ended."""
    saved = Signal(object)
    """The `Path` of what was saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)  # one pass of a network: how far it is cannot be told
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.bar.setAccessibleName(self.tr("Saving the quick look"))
        self.state = QLabel()
        give_way(self.state)
        self.stop_button = tool_button("close", self.tr("Stop saving"))
        self.stop_button.clicked.connect(self.stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.state, 2)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop_button)
        self.hide()

    def is_busy(self) -> bool:
        """Whether a picture is being saved."""
        return self._run is not None

    def begin(self, job: Job) -> None:
        """Start saving."""
        self._say(self.tr("Saving the picture at its full size …"))
        self.stop_button.setEnabled(True)
        self._run = self._session.begin(job, "look", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)
        self.show()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Stop saving; nothing is left of it."""
        if self._run is not None:
            self._run.stop()
            self.stop_button.setEnabled(False)
            self._say(self.tr("Stopping …"))

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.bar.setAccessibleDescription(text)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, LookSaved):
                self.saved.emit(record.path)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self._session.notice.emit(self.tr("The quick look was not saved."))  # a dialog tells why
        self._session.failed.emit(report)

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self.hide()
        self.changed.emit()
