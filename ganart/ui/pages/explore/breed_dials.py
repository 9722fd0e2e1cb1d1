"""How the next litter comes about: kind of mixing, wildness, number of children."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSlider, QWidget

from ganart.media.family import COUNTS, Kind, Litter
from ganart.ui.widgets import words

_WILDNESS = 30


class BreedDials(QWidget):
    """Two choices and a slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind_box = QComboBox()
        for key, text in (
            ("all", self.tr("Some of each")),
            ("mix", self.tr("Crossed")),
            ("slerp", self.tr("In between")),
            ("mutate", self.tr("Changed a little")),
        ):
            self.kind_box.addItem(text, key)
        self.kind_box.setToolTip(
            self.tr(
                "Crossed: each trait from one parent or another. In between: a blend of all. "
                "Changed a little: one parent, and the wildness."
            )
        )
        self.count_box = QComboBox()
        self.count_box.setAccessibleName(self.tr("Number of children"))
        for count in COUNTS:
            text = self.tr("{count} children").format(count=words.count(count))
            self.count_box.addItem(text, count)
        self.wildness = QSlider(Qt.Orientation.Horizontal)
        self.wildness.setRange(0, 100)
        self.wildness.setPageStep(10)
        self.wildness.setToolTip(
            self.tr("How far children stray from their parents, towards pictures by chance.")
        )
        self.wildness_label = QLabel()
        kind_label = QLabel(self.tr("&Kind"))
        kind_label.setBuddy(self.kind_box)
        wildness_label = QLabel(self.tr("Wildn&ess"))
        wildness_label.setBuddy(self.wildness)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.addWidget(kind_label, 0, 0)
        grid.addWidget(self.kind_box, 0, 1)
        grid.addWidget(self.count_box, 0, 2)
        grid.addWidget(wildness_label, 1, 0)
        grid.addWidget(self.wildness, 1, 1)
        grid.addWidget(self.wildness_label, 1, 2)
        grid.setColumnStretch(1, 1)
        self.wildness.valueChanged.connect(self._on_wildness)
        self.wildness.setValue(_WILDNESS)

    def kind(self) -> Kind:
        """Return the kind of mixing."""
        kind: Kind = self.kind_box.currentData()
        return kind

    def count(self) -> int:
        """Return how many children there shall be."""
        return int(self.count_box.currentData())

    def show_litter(self, litter: Litter) -> None:
        """Take over how a litter came about."""
        self.kind_box.setCurrentIndex(self.kind_box.findData(litter.kind))
        self.wildness.setValue(round(100 * litter.wildness))
        row = self.count_box.findData(litter.count)
        if row >= 0:
            self.count_box.setCurrentIndex(row)

    @Slot(int)
    def _on_wildness(self, percent: int) -> None:
        text = self.tr("{number} %").format(number=words.count(percent))
        self.wildness_label.setText(text)
