"""Which pictures a training would learn from, in one line with the way to them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ganart.ui.widgets import words

FEWEST_PICTURES = 2


class PicturesLine(QWidget):
    """Counts the pictures of the dataset, and says what to do where they do not suffice."""

    dataset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.button = QPushButton(self.tr("Choose &pictures…"))
        self.button.clicked.connect(self.dataset_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label, 1)
        line.addWidget(self.button)

    def set_counts(self, readable: int, refused: int, excluded: int) -> None:
        """Say how many can be trained on, how many cannot, and how many were left out by hand."""
        parts = [self._ready(readable, excluded)]
        if 0 < readable < FEWEST_PICTURES:
            parts.append(self.tr("A training needs at least two; a hundred are better."))
        if readable and excluded:
            parts.append(self.tr("excluded: {count}").format(count=words.count(excluded)))
        if refused:
            text = self.tr("could not be read: {count}")
            parts.append(text.format(count=words.count(refused)))
        self.label.setText("   ·   ".join(parts))

    def _ready(self, readable: int, excluded: int) -> str:
        if readable:
            text = self.tr("Pictures ready for training: {count}")
            return text.format(count=words.count(readable))
        if excluded:
            text = self.tr(
                "All pictures are excluded, {count} of them. Show some as usual again on the "
                "Dataset page."
            )
            return text.format(count=words.count(excluded))
        return self.tr("No pictures yet. Choose a folder of your own pictures first.")
