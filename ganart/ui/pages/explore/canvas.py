"""The Canvas tab: a page of seeds to choose from, with the ways to other pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.media.point import SEED_MAX, Point
from ganart.ui.pages.explore.easel import random_seed
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.widgets.buttons import arrow_button, tool_button
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.seed_grid import SeedGrid
from ganart.ui.widgets.text import Heading
from ganart.workers.previews import PreviewResult

COLUMNS = 5
TILES = 30
_SEEDS = "seeds"


class CanvasTab(QWidget):
    """The pictures of some seeds."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
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
        layout.addWidget(self.grid, 1)
        self.grid.chosen.connect(self._on_seed)
        exploration.model_changed.connect(self.draw)
        exploration.rendered.connect(self._on_rendered)
        self._show_range()

    def points(self) -> list[Point]:
        """Return the points of the pictures."""
        diversity = self._exploration.point.diversity
        return [Point.at(seed, diversity) for seed in self._seeds]

    def set_points(self, points: Sequence[Point]) -> None:
        """Show the pictures of a sheet."""
        self.set_seeds([each.seeds[0] for each in points if each.seeds])

    @Slot()
    def draw(self) -> None:
        """Ask for the pictures."""
        path = self._exploration.path
        if path is not None and self.isVisible():
            self._exploration.previewer.show(path, self.points(), _SEEDS)

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        shown = [point.seed for point in result.points] == self._seeds
        if result.tag == _SEEDS and result.pixels is not None and shown:
            self.grid.set_tiles(self._seeds, [image_of(tile) for tile in result.pixels])

    @Slot(object)
    def _on_seed(self, seed: int) -> None:
        point = Point.at(seed, self._exploration.point.diversity)
        self._exploration.look_at(point, self.tr("Go to seed {seed}").format(seed=seed))

    def seeds(self) -> list[int]:
        """Return the seeds in reading order."""
        return list(self._seeds)

    def set_seeds(self, seeds: Sequence[int]) -> None:
        """Show other seeds; their pictures follow by `set_images`."""
        self._seeds = list(seeds)
        self.grid.set_tiles(self._seeds, [])
        self._show_range()
        self.draw()

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
