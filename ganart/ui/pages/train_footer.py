"""What stands below the choices for a training: how long it will take, and the start."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ganart.ui.pages.train_estimate import EstimateLine
from ganart.ui.widgets.text import Caption
from ganart.workers.session import Session


class TrainFooter(QFrame):
    """An estimate and the button that starts; or why none can start now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.estimate = EstimateLine(session)
        self.start_button = QPushButton(self.tr("&Start training"))
        self.start_button.setObjectName("train-start")  # for the tour
        self.start_button.setDefault(True)
        self.start_button.setAutoDefault(True)
        self.busy_label = Caption(
            self.tr("A training is running. A new one can start when it has ended.")
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(32, 14, 32, 18)
        line.setSpacing(12)
        line.addWidget(self.busy_label, 1)
        line.addWidget(self.estimate, 1)
        line.addWidget(self.start_button)

    def allow(self, *, is_free: bool, is_ready: bool) -> None:
        """Allow what is possible: `is_free` where none runs, `is_ready` where one could start."""
        self.start_button.setEnabled(is_ready)
        self.estimate.set_allowed(is_ready)
        self.busy_label.setVisible(not is_free)
