"""Says that some pictures are not measured yet, and offers to do it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count
from ganart.workers.session import Session


class Unmeasured(QWidget):
    """Hidden while all pictures are measured."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Caption()
        self.button = QPushButton(self.tr("Look at them"))
        self.button.clicked.connect(session.scan)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.hide()

    def show_count(self, pictures: int) -> None:
        """Tell how many pictures nothing is known of."""
        text = self.tr("Pictures that were not looked at closely yet: {count}")
        self._label.setText(text.format(count=count(pictures)))
        self.setVisible(pictures > 0)
