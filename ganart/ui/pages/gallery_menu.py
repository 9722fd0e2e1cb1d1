"""The menu of the chosen artworks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ganart.project.artwork_marks import STARS_MAX
from ganart.project.artworks import Artwork, Facts
from ganart.ui.pages.gallery_compare import MOST

if TYPE_CHECKING:
    from ganart.ui.pages.gallery import GalleryPage


class ArtworkMenu(QObject):
    """What can be done with artworks, for the mouse's other button and the menu key."""

    def __init__(self, page: "GalleryPage") -> None:
        super().__init__(page)
        self._page = page
        self._model = ""
        detail = page.detail
        self.menu = QMenu(page)
        self.loupe = self._add(self.tr("&Look closely"), "Space")
        self.loupe.triggered.connect(page.show_loupe)
        self.compare = self._add(self.tr("&Compare"))
        self.compare.triggered.connect(page.show_compare)
        self.again = self._add(self.tr("Open it &again"))
        self.again.triggered.connect(detail.explore_button.click)
        self.stylize = self._add(self.tr("Styli&ze this"))
        self.stylize.triggered.connect(detail.stylize_button.click)
        self.menu.addSeparator()
        stars = self.menu.addMenu(self.tr("&Stars"))
        for count in range(STARS_MAX + 1):
            name = "★" * count if count else self.tr("None")
            action = stars.addAction(f"{name}\t{count}")
            action.triggered.connect(lambda _checked=False, count=count: page.set_stars(count))
        self.tags = self._add(self.tr("&Tags"), "T")
        self.tags.triggered.connect(detail.marks.edit_tags)
        self.menu.addSeparator()
        self.reveal = self._add(self.tr("Show in &folder"))
        self.reveal.triggered.connect(detail.reveal_button.click)
        self.give = self._add(self.tr("&Give its model away…"))
        self.give.triggered.connect(lambda: page.give_wanted.emit(self._model))
        self.menu.addSeparator()
        self.delete = self._add(self.tr("&Delete…"), "Del")
        self.delete.triggered.connect(detail.delete_button.click)

    def show_for(self, works: Sequence[Artwork], facts: Facts | None, place: QPoint) -> None:
        """Open it at a place of the screen; `facts` are those of the first artwork."""
        self._model = facts.model if facts is not None else ""
        is_one = len(works) == 1
        self.compare.setEnabled(2 <= len(works) <= MOST)
        self.again.setEnabled(is_one and self._page.detail.explore_button.isEnabled())
        self.stylize.setEnabled(is_one)
        self.give.setEnabled(is_one and bool(self._model))
        self.menu.popup(place)

    def _add(self, text: str, keys: str = "") -> QAction:
        """Add an entry that shows the keys which the thumbnails answer themselves."""
        return self.menu.addAction(f"{text}\t{keys}" if keys else text)
