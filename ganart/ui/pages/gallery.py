"""The Gallery page: everything that was saved."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ganart.project.artworks import Artwork
from ganart.ui.pages.gallery_bar import FilterBar
from ganart.ui.pages.gallery_browser import GalleryBrowser
from ganart.ui.pages.gallery_compare import MOST, ComparePane
from ganart.ui.pages.gallery_counts import CountsLine
from ganart.ui.pages.gallery_detail import ArtworkDetail
from ganart.ui.pages.gallery_empty import EmptyGallery
from ganart.ui.pages.gallery_grid import ThumbnailView
from ganart.ui.pages.gallery_loupe import Loupe
from ganart.ui.pages.gallery_menu import ArtworkMenu
from ganart.ui.pages.gallery_models import ArtworksModel
from ganart.ui.pages.gallery_shelf import Shelf
from ganart.ui.reveal import Revealer
from ganart.ui.widgets import words
from ganart.ui.widgets.text import Title
from ganart.workers.artworks import RecipeRead, read_recipe_of, trash_artworks
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.session import Session

_DETAIL = "detail"


class GalleryPage(QWidget):
    """Thumbnails on one side, the chosen artwork on the other; or the loupe, or a comparison."""

    recipe_chosen = Signal(object)
    """A `Recipe` or `StyleRecipe` to be opened again."""
    stylize_wanted = Signal(object)
    """A list with the `Path` of a picture or film that is to be stylized."""
    page_wanted = Signal(str)
    """The name of another page: "explore", "dataset"."""
    give_wanted = Signal(str)
    """The hash of a model that is to be given away."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen: Artwork | None = None
        self._row = 0  # where it stood last
        self._thumbnails = ImageLoader(self)
        self._loader = ImageLoader(self)
        self._revealer = Revealer(session, self)
        self.shelf = Shelf(session, self)
        self.model = ArtworksModel(self.shelf, self._thumbnails, self)
        self.view = ThumbnailView()
        self.view.setModel(self.model)
        self.counts = CountsLine()
        self.bar = FilterBar(self.shelf)
        self.detail = ArtworkDetail()
        self.loupe = Loupe()
        self.compare = ComparePane()
        self.menu = ArtworkMenu(self)
        self.stack = QStackedWidget()
        self.browser = GalleryBrowser(self.bar, self.view, self.detail)
        self._empty = EmptyGallery()
        for each in (self._empty, self.browser, self.loupe, self.compare):
            self.stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(4)
        column.addWidget(Title(self.tr("Gallery")))
        column.addWidget(self.counts)
        column.addSpacing(8)
        column.addWidget(self.stack, 1)
        self._connect_grid()
        self._connect_rest()

    def _connect_grid(self) -> None:
        view, selection = self.view, self.view.selectionModel()
        selection.currentChanged.connect(self._on_current)
        selection.selectionChanged.connect(self._on_selection)
        view.delete_wanted.connect(self.detail.delete_button.click)
        view.stars_wanted.connect(self.set_stars)
        view.tags_wanted.connect(self.detail.marks.edit_tags)
        view.loupe_wanted.connect(self.show_loupe)
        view.doubleClicked.connect(self.show_loupe)
        view.customContextMenuRequested.connect(self._show_menu)
        self.model.thumbnails_dropped.connect(view.viewport().update)
        self.shelf.changed.connect(self._on_shelf)
        self.shelf.marked.connect(self._show_marks)
        self.shelf.known.connect(self._show_known)

    def _connect_rest(self) -> None:
        self._loader.loaded.connect(self._on_loaded)
        self._empty.explore_wanted.connect(lambda: self.page_wanted.emit("explore"))
        self.detail.recipe_wanted.connect(self.recipe_chosen)
        self.detail.stylize_wanted.connect(self.stylize_wanted)
        self.detail.train_wanted.connect(self._on_train)
        self.detail.reveal_wanted.connect(self._revealer.reveal)
        self.detail.compare_wanted.connect(self.show_compare)
        self.detail.delete_wanted.connect(self._on_delete)
        self.detail.marks.stars_chosen.connect(self.set_stars)
        self.detail.marks.tags_changed.connect(self._on_tags)
        self.loupe.step_wanted.connect(self._step)
        self.loupe.stars_wanted.connect(self.set_stars)
        self.loupe.left.connect(self.show_grid)
        self.compare.left.connect(self.show_grid)
        self._session.artworks_changed.connect(self._on_changed)
        self._session.project_opened.connect(self._on_changed)
        self._session.project_closed.connect(self._on_closed)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to update; files may have changed meanwhile."""
        super().showEvent(event)
        self.model.set_pixel_ratio(self.devicePixelRatioF())
        self.shelf.refresh()

    def main_widget(self) -> QWidget:
        """Return what keys are for: the thumbnails, or what is shown in their place."""
        shown = self.stack.currentWidget()
        if shown is self._empty:
            return self._empty.explore_button
        return self.view if shown is None or shown is self.browser else shown

    # What is shown

    def chosen(self) -> list[Artwork]:
        """Return the chosen artworks, in the order in which they are shown."""
        shown = self.shelf.shown
        runs = self.view.chosen_rows()
        return [work for run in runs for work in shown[run.start : run.stop]]

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self.shelf.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._loader.stop()
        self._thumbnails.stop()
        self.show_grid()

    @Slot()
    def _on_shelf(self) -> None:
        """Keep the chosen artwork where other ones are shown, or take the one in its place."""
        shown, total = len(self.shelf.shown), len(self.shelf.works)
        self._tell_count()
        self.browser.show_any(bool(shown))
        if not total:
            self.stack.setCurrentWidget(self._empty)
        elif self.stack.currentWidget() is self._empty:
            self.stack.setCurrentWidget(self.browser)
        if not shown:
            self._show(None)
            self._on_selection()
            return
        again = self.model.row_of(self._chosen.path) if self._chosen is not None else -1
        row = again if again >= 0 else min(self._row, shown - 1)
        self.view.setCurrentIndex(self.model.index(row))

    def _tell_count(self) -> None:
        self.counts.tell(len(self.shelf.shown), len(self.shelf.works), len(self.chosen()))

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        work = self.model.work(index)
        if work is None:
            return
        self._row = index.row()
        if work != self._chosen:
            self._show(work)

    @Slot()
    def _on_selection(self) -> None:
        self.detail.set_chosen_count(len(self.chosen()))
        self._show_marks()
        self._tell_count()

    def _show(self, work: Artwork | None) -> None:
        self._chosen = work
        self.detail.show_work(work)
        if work is None:
            return
        if self.stack.currentWidget() is self.loupe:
            self._show_in_loupe()
        elif self._plays_by_itself(self.detail.playing.is_light()):
            self.detail.playing.toggle()
        self._loader.load(work.picture, slot=_DETAIL)
        job = self._session.begin(read_recipe_of(work), "recipe")
        job.reported.connect(self._on_recipe)

    def _plays_by_itself(self, is_light: bool) -> bool:
        return is_light and not self._session.settings.get("reduce_motion")

    @Slot(object)
    def _on_recipe(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, RecipeRead) and self._is_chosen(record.path):
                self.detail.set_recipe(record.recipe, self.shelf.facts.get(record.path))

    def _is_chosen(self, path: Path) -> bool:
        return self._chosen is not None and self._chosen.path == path

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if self._chosen is not None and self._chosen.picture == loaded.path:
            self.detail.set_image(loaded.image)
            if self.stack.currentWidget() is self.loupe:
                self.loupe.set_image(loaded.image)
        self.compare.set_image(loaded.path, loaded.image)

    # The loupe and comparing

    @Slot()
    def show_grid(self) -> None:
        """Show the thumbnails again."""
        self.loupe.leave()
        if self.stack.currentWidget() is not self._empty:
            self.stack.setCurrentWidget(self.browser)
        self.view.setFocus()

    @Slot()
    def show_loupe(self) -> None:
        """Show the chosen artwork on the whole page."""
        if self._chosen is not None:
            self.detail.playing.stop()
            self.stack.setCurrentWidget(self.loupe)
            self._show_in_loupe()
            self._loader.load(self._chosen.picture, slot=_DETAIL)
            self.loupe.setFocus()

    def _show_in_loupe(self) -> None:
        if self._chosen is None:
            return
        place = self.tr("{number} of {count}").format(
            number=words.count(self._row + 1), count=words.count(len(self.shelf.shown))
        )
        self.loupe.show_work(self._chosen, self.shelf.mark(self._chosen.path), place)
        if self._plays_by_itself(self.loupe.playing.is_light()):
            self.loupe.playing.toggle()

    @Slot(int)
    def _step(self, step: int) -> None:
        row = self.view.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))

    @Slot()
    def show_compare(self) -> None:
        """Compare the chosen artworks, if they are two to four."""
        works = self.chosen()
        if 2 <= len(works) <= MOST:
            self.detail.playing.stop()
            for path in self.compare.show_works(works):
                self._loader.load(path)
            self.stack.setCurrentWidget(self.compare)
            self.compare.setFocus()

    # Stars and tags

    @Slot(int)
    def set_stars(self, stars: int) -> None:
        """Give the chosen artworks so many stars."""
        self.shelf.set_stars(self.chosen(), stars)

    @Slot(object, object)
    def _on_tags(self, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        self.shelf.change_tags(self.chosen(), add, remove)

    @Slot()
    def _show_marks(self) -> None:
        self.detail.marks.show_marks([self.shelf.mark(work.path) for work in self.chosen()])
        if self._chosen is not None:
            self.loupe.show_mark(self.shelf.mark(self._chosen.path))

    @Slot()
    def _show_known(self) -> None:
        self.detail.marks.tags.set_known(self.shelf.tags())

    # Deeds

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        works = self.chosen()
        if works:
            facts = self.shelf.facts.get(works[0].path)
            self.menu.show_for(works, facts, self.view.viewport().mapToGlobal(place))

    @Slot()
    def _on_delete(self) -> None:
        self.view.setFocus()
        self.detail.playing.stop()  # some systems do not move a file that is open
        job = self._session.begin(trash_artworks(self.chosen()), "wastebasket")
        job.done.connect(self.shelf.refresh)

    @Slot(object)
    def _on_train(self, path: Path) -> None:
        self._session.add_folders([path])
        self.page_wanted.emit("dataset")
