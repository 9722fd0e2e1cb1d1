"""A page of seeds to choose from, with the ways to other pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.media.recipe import SEED_MAX
from ganart.ui.pages.explore_point import random_seed
from ganart.ui.widgets.buttons import arrow_button, tool_button
from ganart.ui.widgets.seed_grid import SeedGrid
from ganart.ui.widgets.text import Caption, Heading

COLUMNS = 5
TILES = 30


class SeedsPanel(QWidget):
    """Which seeds are on the page; drawing them is the Explore page's business."""

    changed = Signal()
    """Other seeds are to be drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seeds = list(range(TILES))
        self.grid = SeedGrid(COLUMNS)
        self.heading = Heading(self.tr("Seeds"))
        self.range_label = QLabel()
        self.back_button = arrow_button(Qt.ArrowType.LeftArrow, self.tr("Previous seeds"))
        self.next_button = arrow_button(Qt.ArrowType.RightArrow, self.tr("Next seeds"))
        self.random_button = tool_button("dice", self.tr("Random seeds"))
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.random_button.clicked.connect(self.shuffle)
        turning = QWidget()
        turning.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the grid itself
        turning_line = QHBoxLayout(turning)
        turning_line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.back_button, self.range_label, self.next_button, self.random_button):
            turning_line.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(self.heading)
        line.addStretch(1)
        line.addWidget(turning)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(
            Caption(self.tr("Click for A, Shift+click for B, Ctrl+click to add to the loop."))
        )
        layout.addWidget(self.grid, 1)
        self._show_range()

    def seeds(self) -> list[int]:
        """Return the seeds in reading order."""
        return list(self._seeds)

    def set_seeds(self, seeds: Sequence[int]) -> None:
        """Show other seeds; their pictures follow by `set_images`."""
        self._seeds = list(seeds)
        self.grid.set_tiles(self._seeds, [])
        self._show_range()
        self.changed.emit()

    def set_images(self, images: Sequence[QImage]) -> None:
        """Show the pictures of the seeds."""
        self.grid.set_tiles(self._seeds, images)

    @Slot()
    def go_on(self) -> None:
        """Show the seeds after these."""
        self._go_to(self._seeds[0] + TILES)

    @Slot()
    def go_back(self) -> None:
        """Show the seeds before these."""
        self._go_to(self._seeds[0] - TILES)

    @Slot()
    def shuffle(self) -> None:
        """Show seeds from a place by chance."""
        self._go_to(random_seed())

    def _go_to(self, first: int) -> None:
        first = min(max(0, first), SEED_MAX - TILES + 1)
        self.set_seeds(range(first, first + TILES))

    def _show_range(self) -> None:
        self.range_label.setText(f"{self._seeds[0]} – {self._seeds[-1]}")
        self.back_button.setEnabled(self._seeds[0] > 0)
