"""The tray of the Breed tab: the parents of the next litter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganart.media.family import PARENTS
from ganart.media.point import Point
from ganart.ui.pages.explore.breed_pictures import PointPictures
from ganart.ui.pages.explore.breed_tiles import Tiles
from ganart.ui.widgets.buttons import push_button, tool_button

_TILE_PX = 64


class ParentsTray(QWidget):
    """Tiles with room for four, a button that fills them, and one that takes out."""

    removal_wanted = Signal(int)
    """The place of a parent."""

    def __init__(self, pictures: PointPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = Tiles(
            self.tr("Parents"), self.tr("Enter: look at it. Delete: take it out."), pictures
        )
        self.tiles.setAcceptDrops(True)
        self.tiles.setFixedSize(PARENTS[1] * (_TILE_PX + 4) + 2, _TILE_PX + 6)
        self.add_button = push_button("plus", self.tr("&Add this picture"))
        self.add_button.setToolTip(self.tr("Take the picture of the easel as a parent"))
        self.remove_button = tool_button("close", self.tr("Take the parent out"))
        self.tiles.removed.connect(self.removal_wanted)
        self.remove_button.clicked.connect(self._on_remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.tiles)
        line.addWidget(self.remove_button)
        line.addWidget(self.add_button)
        line.addStretch(1)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these parents."""
        self.tiles.show_points(points, PARENTS[1])
        self.add_button.setEnabled(len(points) < PARENTS[1])
        self.remove_button.setEnabled(bool(points))

    @Slot()
    def _on_remove(self) -> None:
        place = self.tiles.current()
        if place is not None:
            self.removal_wanted.emit(place)
