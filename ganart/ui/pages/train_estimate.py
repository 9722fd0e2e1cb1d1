"""How long will it take, and what comes of it: measured before a training starts."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Estimate, PhaseChanged
from ganart.ui.widgets import words
from ganart.ui.widgets.text import Caption, told
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session


class EstimateLine(QWidget):
    """A button that measures and a sentence that answers."""

    wanted = Signal()
    """The button was pressed; whoever knows the options calls `measure`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._is_allowed = False
        self._batch = 0
        self.answer = Caption()
        self.button = QPushButton(self.tr("&Estimate"))
        self.button.setToolTip(
            self.tr("Train for a few seconds to see how fast this computer is; nothing is kept")
        )
        self.button.clicked.connect(self.wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.answer, 1)
        line.addWidget(self.button)

    def set_allowed(self, allowed: bool) -> None:
        """Allow measuring or not."""
        self._is_allowed = allowed
        self.button.setEnabled(allowed and self._run is None)

    def measure(self, config: TrainConfig) -> None:
        """Measure a config; the sentence follows."""
        self.forget()
        self._batch = config.batch
        self._run = self._session.estimate(config)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)
        self.answer.setText(self.tr("Measuring how fast this computer is …"))
        self.set_allowed(self._is_allowed)

    @Slot()
    def forget(self) -> None:
        """Take the sentence back, for the options have changed, and end a measurement."""
        self.answer.clear()
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.failed.disconnect(self._on_failed)
            self._run.done.disconnect(self._on_done)
            self._run.stop()
            self._run = None
            self.set_allowed(self._is_allowed)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PhaseChanged) and record.total:
                phase = QCoreApplication.translate("phases", record.phase.value)
                done, total = words.count(record.done), words.count(record.total)
                self.answer.setText(
                    self.tr("{phase}: {done} of {total}").format(
                        phase=phase, done=done, total=total
                    )
                )
            elif isinstance(record, Estimate):
                self.answer.setText(self._in_words(record))

    def _in_words(self, estimate: Estimate) -> str:
        text = self.tr("About {pictures} pictures in {duration}; started now, it ends at {time}.")
        text = text.format(
            pictures=words.rounded_count(estimate.pictures),
            duration=words.duration(estimate.seconds),
            time=words.clock_after(estimate.seconds),
        )
        if estimate.memory_bytes:
            size = words.memory_size(estimate.memory_bytes)
            text += " " + self.tr("Needs about {size} of memory.").format(size=size)
        if 0 < estimate.at_once < self._batch:
            fitting = self.tr("Of a batch of {batch}, {count} are computed at once.")
            text += " " + fitting.format(batch=self._batch, count=estimate.at_once)
        return text

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.answer.setText(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self.set_allowed(self._is_allowed)
