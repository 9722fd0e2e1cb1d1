"""The Gallery page: everything that was saved."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.project.artworks import Artwork
from ganart.ui.pages.gallery_detail import ArtworkDetail
from ganart.ui.pages.gallery_grid import ThumbnailView
from ganart.ui.pages.gallery_models import ArtworksModel
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Caption, Heading, Title
from ganart.workers.artworks import (
    ArtworksFound,
    RecipeRead,
    read_artworks,
    read_recipe_of,
    trash_artwork,
)
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.session import Session

_DETAIL = "detail"


class GalleryPage(QWidget):
    """Thumbnails on one side, the chosen artwork on the other."""

    recipe_chosen = Signal(object)
    """A `Recipe` or `StyleRecipe` to be opened again."""
    stylize_wanted = Signal(object)
    """A list with the `Path` of a picture or film that is to be stylized."""
    page_wanted = Signal(str)
    """The name of another page: "explore", "dataset"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._loader = ImageLoader(self)
        self._loader.loaded.connect(self._on_loaded)
        self.model = ArtworksModel(self._loader, self)
        self.view = ThumbnailView()
        self.view.setModel(self.model)
        self.counts = Caption()
        self.detail = ArtworkDetail()
        self._chosen: Artwork | None = None
        self.stack = QStackedWidget()
        self._full = self._make_full()
        self._empty = self._make_empty()
        self.stack.addWidget(self._empty)
        self.stack.addWidget(self._full)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(4)
        column.addWidget(Title(self.tr("Gallery")))
        column.addWidget(self.counts)
        column.addSpacing(8)
        column.addWidget(self.stack, 1)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.delete_wanted.connect(self.detail.delete_button.click)
        self.view.activated.connect(self._on_activated)
        self.detail.recipe_wanted.connect(self.recipe_chosen)
        self.detail.stylize_wanted.connect(self.stylize_wanted)
        self.detail.train_wanted.connect(self._on_train)
        self.detail.delete_wanted.connect(self._on_delete)
        session.artworks_changed.connect(self._on_changed)
        session.project_opened.connect(self._on_changed)
        session.project_closed.connect(self._on_closed)

    def _make_full(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(24)
        splitter.addWidget(self.view)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        return splitter

    def _make_empty(self) -> QWidget:
        self.explore_button: QPushButton = push_button("explore", self.tr("Go to &Explore"))
        self.explore_button.clicked.connect(self._on_explore)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Heading(self.tr("Nothing saved yet")), 0, centre)
        text = Caption(
            self.tr(
                "Pictures, sheets and loops that you save on the Explore page, and all that "
                "you stylize, are kept here, each with its recipe."
            )
        )
        text.setAlignment(centre)
        column.addWidget(text)
        column.addSpacing(12)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.explore_button)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(2)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to update; files may have changed meanwhile."""
        super().showEvent(event)
        self.model.set_pixel_ratio(self.devicePixelRatioF())
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the list of artworks again."""
        if self._session.project is not None:
            job = self._session.begin(read_artworks(self._session.project), "artworks")
            job.reported.connect(self._on_reported)

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._loader.stop()
        self._fill(())

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, ArtworksFound):
                self._fill(record.works)
            elif isinstance(record, RecipeRead) and self._is_chosen(record.path):
                self.detail.set_recipe(record.recipe)

    def _fill(self, works: tuple[Artwork, ...]) -> None:
        chosen = self._chosen
        row = max(0, self.view.currentIndex().row())
        self.model.set_works(works)
        self.counts.setText(
            self.tr("Artworks: {count}").format(count=words.count(len(works))) if works else ""
        )
        self.stack.setCurrentWidget(self._full if works else self._empty)
        if not works:
            self._show(None)
            return
        again = self.model.row_of(chosen.path) if chosen is not None else -1
        row = again if again >= 0 else min(row, len(works) - 1)
        self.view.setCurrentIndex(self.model.index(row))

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        work = self.model.work(index)
        if work is not None and work != self._chosen:
            self._show(work)

    def _show(self, work: Artwork | None) -> None:
        self._chosen = work
        self.detail.show_work(work)
        if work is None:
            return
        if self.detail.plays_lightly() and not self._session.settings.get("reduce_motion"):
            self.detail.toggle_playing()
        else:
            self._loader.load(work.path, slot=_DETAIL)
        job = self._session.begin(read_recipe_of(work.path), "recipe")
        job.reported.connect(self._on_reported)

    def _is_chosen(self, path: Path) -> bool:
        return self._chosen is not None and self._chosen.path == path

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if self._is_chosen(loaded.path) and not loaded.side_px:
            self.detail.set_image(loaded.image)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if self.detail.explore_button.isEnabled():
            self.detail.explore_button.click()

    @Slot(object)
    def _on_delete(self, work: Artwork) -> None:
        self.view.setFocus()
        self.detail.stop()  # some systems do not move a file that is open
        job = self._session.begin(trash_artwork(work.path), "wastebasket")
        job.done.connect(self.refresh)

    @Slot()
    def _on_explore(self) -> None:
        self.page_wanted.emit("explore")

    @Slot(object)
    def _on_train(self, path: Path) -> None:
        self._session.add_folders([path])
        self.page_wanted.emit("dataset")
