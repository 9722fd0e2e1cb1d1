"""The bookmarks of the canvas: kept, named, and gone back to."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.ui.pages.explore.canvas_actions import CanvasActions
from ganart.ui.pages.explore.canvas_edits import BoardEdits
from ganart.ui.pages.explore.canvas_grounds import AnchorGround
from ganart.ui.pages.explore.canvas_map import MapView
from ganart.ui.pages.explore.canvas_shelf import Row, Shelf
from ganart.ui.pages.explore.exploration import Exploration


class BookmarkDesk(QObject):
    """Lets the shelf and the keys work on the same bookmarks. The map of anchors has none."""

    kept = Signal(str)
    """The name of a new bookmark."""

    def __init__(
        self,
        exploration: Exploration,
        chart: MapView,
        edits: BoardEdits,
        shelf: Shelf,
        actions: CanvasActions,
    ) -> None:
        super().__init__(chart)
        self._exploration = exploration
        self._map = chart
        self._edits = edits
        self._shelf = shelf
        actions.keep.triggered.connect(self.keep)
        shelf.activated.connect(self.go_to)
        shelf.renamed.connect(edits.rename_bookmark)
        shelf.removed.connect(edits.remove_bookmark)

    def refresh(self) -> None:
        """Show the bookmarks as they are."""
        bookmarks = self._edits.bookmarks
        self._shelf.set_rows([Row(each.name, each.point) for each in bookmarks])
        is_of_anchors = isinstance(self._map.ground, AnchorGround)
        self._shelf.setVisible(bool(bookmarks) and not is_of_anchors)

    @Slot()
    def keep(self) -> None:
        """Keep the point that is looked at."""
        if self._map.is_on_map and not self._map.message:
            name = self._map.ground.name(self._map.place)
        else:
            number = len(self._edits.bookmarks) + 1
            name = self.tr("Bookmark {number}").format(number=number)
        self._edits.add_bookmark(name, self._exploration.point)
        self.kept.emit(name)

    @Slot(int)
    def go_to(self, number: int) -> None:
        """Look at a bookmark."""
        bookmark = self._edits.bookmarks[number]
        text = self.tr("Go to “{name}”").format(name=bookmark.name)
        self._exploration.look_at(bookmark.point, text)
