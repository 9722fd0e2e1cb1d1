"""The stations of the loop: picture A, picture B and the seeds that were added."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ganart.ui.widgets.text import give_way


class LoopStations(QWidget):
    """Tells the way of the loop and gives every station its mark for the grid of seeds."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = (0, 1)
        self._added: list[int] = []
        self.way_label = QLabel()
        self.way_label.setTextFormat(Qt.TextFormat.PlainText)
        give_way(self.way_label)
        self.clear_button = QPushButton(self.tr("&Clear loop"))
        self.clear_button.clicked.connect(self.clear)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.way_label, 1)
        line.addWidget(self.clear_button)
        self._show()

    def seeds(self) -> list[int]:
        """Return the stations in order, each once."""
        return list(dict.fromkeys([*self._ends, *self._added]))

    def marks(self) -> dict[int, str]:
        """Return a short word for every station: 'A', 'B', '3', '4', ..."""
        marks = {seed: str(place) for place, seed in enumerate(self.seeds(), 1)}
        first, second = self._ends
        marks[second] = self.tr("B")
        marks[first] = self.tr("A")
        return marks

    def set_ends(self, first: int, second: int) -> None:
        """Set the seeds of pictures A and B."""
        self._ends = (first, second)
        self._show()

    def set_added(self, seeds: Sequence[int]) -> None:
        """Replace the seeds behind A and B."""
        self._added = list(seeds)
        self._show()

    @Slot(object)
    def toggle(self, seed: int) -> None:
        """Add a seed to the loop or take it out."""
        if seed in self._added:
            self._added.remove(seed)
        else:
            self._added.append(seed)
        self._show()

    @Slot()
    def clear(self) -> None:
        """Go back to A and B alone."""
        self.set_added([])

    def _show(self) -> None:
        marks = self.marks()
        names = [marks[seed] for seed in self.seeds()]
        self.way_label.setText(self.tr("Loop: {way}").format(way=" → ".join([*names, names[0]])))
        self.clear_button.setVisible(bool(self._added))
        self.changed.emit()
