"""What the gallery says while nothing was made."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Caption, Heading


class EmptyGallery(QWidget):
    """A sentence, and the way to the first artwork."""

    explore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.explore_button = push_button("explore", self.tr("Go to &Explore"))
        self.explore_button.clicked.connect(self.explore_wanted)
        text = Caption(
            self.tr(
                "Pictures, sheets and loops that you save on the Explore page, and all that "
                "you stylize, are kept here, each with its recipe."
            )
        )
        text.setAlignment(centre)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(Heading(self.tr("Nothing saved yet")), 0, centre)
        column.addWidget(text)
        column.addSpacing(12)
        column.addWidget(self.explore_button, 0, centre)
        column.addStretch(2)
