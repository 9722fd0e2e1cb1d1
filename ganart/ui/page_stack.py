"""The pages of the window, each made when it is first shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ganart.media.style_recipe import StyleRecipe
from ganart.project.store import SUFFIX
from ganart.ui.model_files import is_model
from ganart.ui.pages.welcome import WelcomePage
from ganart.workers.session import Session

if TYPE_CHECKING:  # these bring the plotting library or Pillow, which take a while to load
    from ganart.media.metadata import AnyRecipe
    from ganart.ui.pages.dataset.page import DatasetPage
    from ganart.ui.pages.explore.page import ExplorePage
    from ganart.ui.pages.gallery import GalleryPage
    from ganart.ui.pages.stylize import StylizePage
    from ganart.ui.pages.train import TrainPage


@runtime_checkable
class WithMainWidget(Protocol):
    """A page that says where keys are to go when it is chosen."""

    def main_widget(self) -> QWidget:
        """Return what is worked with on the page as it is shown now."""


class PageStack(QStackedWidget):
    """The welcome page while no project is open; then those of the rail."""

    add_asked = Signal()
    """The person wants to choose a folder of pictures."""
    give_wanted = Signal(str)
    """The hash of a model that is to be given away."""
    photo_missing = Signal(object, str)
    """A stylized picture came from outside, whose photo was not found; and what was not found."""
    page_shown = Signal(str)
    """The key of the page that is shown; empty for the welcome page."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.welcome = WelcomePage()
        self.addWidget(self.welcome)
        self._pages: dict[str, QWidget] = {}

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show the page of a key in `Actions.pages`, or the welcome page for ""."""
        self.setCurrentWidget(self._page(key) if key else self.welcome)
        self.page_shown.emit(key)

    def take_focus(self) -> None:
        """Give the keys to what the shown page is there for; the menu bar would else keep them
        after a menu was left by Escape.
        """
        page: object = self.currentWidget()
        if isinstance(page, WithMainWidget):
            page.main_widget().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def open_recipe(self, recipe: "AnyRecipe") -> None:
        """Open what `recipe` describes again, on the Explore or on the Stylize page."""
        if isinstance(recipe, StyleRecipe):
            self.open_stylized(recipe)
        else:
            self.show_page("explore")
            self._explore().open_recipe(recipe)

    def open_stylized(self, recipe: StyleRecipe, picture: Path | None = None) -> None:
        """Show the choices of a stylized picture again; `picture` is its file if it came from
        outside.
        """
        self.show_page("stylize")
        self._stylize().open_recipe(recipe, picture)

    def is_shown(self, key: str) -> bool:
        """Whether this page is the one that is shown."""
        return self._pages.get(key) is self.currentWidget()

    def show_picture(self, picture_id: int) -> None:
        """Show a picture of the dataset among all others, selected."""
        self.show_page("dataset")
        from ganart.ui.pages.dataset.page import DatasetPage

        page = self._page("dataset")
        if isinstance(page, DatasetPage):
            page.show_picture(picture_id)

    @Slot(object)
    def stylize(self, paths: Sequence[Path]) -> None:
        """Begin to stylize a photo, a film, or many photos and folders."""
        self.show_page("stylize")
        self._stylize().take(paths)

    def show_painting(self, folder: Path) -> None:
        """Show a painting by its work folder."""
        self.show_page("stylize")
        self._stylize().open_painting(folder)

    def take_dropped(self, paths: Sequence[Path]) -> bool:
        """Let the page that is shown have what was dropped; False if it has no use for it."""
        page = self._pages.get("stylize")
        is_for_all = any(path.suffix == SUFFIX or is_model(path) for path in paths)
        if page is None or self.currentWidget() is not page or is_for_all:
            return False
        self._stylize().take_dropped(paths)
        return True

    @Slot(str)
    def explore_run(self, run_id: str) -> None:
        """Explore the newest model of a run."""
        self.show_page("explore")
        self._explore().open_run(run_id)

    def explore_model(self, path: Path) -> None:
        """Explore a model by its file."""
        self.show_page("explore")
        self._explore().models.choose(path)

    @Slot(str)
    def train_run(self, run_id: str) -> None:
        """Show a run on the Train page."""
        self.show_page("train")
        page = self._page("train")
        from ganart.ui.pages.train import TrainPage

        if isinstance(page, TrainPage):
            page.open_run(run_id)

    def show_lesson(self) -> None:
        """Go on with the lesson on the Train page."""
        self.show_page("train")
        page = self._page("train")
        from ganart.ui.pages.train import TrainPage

        if isinstance(page, TrainPage):
            page.lesson.enter()

    def _explore(self) -> "ExplorePage":
        from ganart.ui.pages.explore.page import ExplorePage

        page = self._page("explore")
        if not isinstance(page, ExplorePage):
            raise TypeError(page)
        return page

    def _stylize(self) -> "StylizePage":
        from ganart.ui.pages.stylize import StylizePage

        page = self._page("stylize")
        if not isinstance(page, StylizePage):
            raise TypeError(page)
        return page

    def _page(self, key: str) -> QWidget:
        if key not in self._pages:
            makers = {
                "dataset": self._make_dataset,
                "train": self._make_train,
                "explore": self._make_explore,
                "stylize": self._make_stylize,
                "gallery": self._make_gallery,
            }
            self._pages[key] = makers[key]()
            self.addWidget(self._pages[key])
        return self._pages[key]

    def _make_dataset(self) -> "DatasetPage":
        from ganart.ui.pages.dataset.page import DatasetPage

        page = DatasetPage(self._session)
        page.add_asked.connect(self.add_asked)
        page.stylize_wanted.connect(self.stylize)
        return page

    def _make_train(self) -> "TrainPage":
        from ganart.ui.pages.train import TrainPage

        page = TrainPage(self._session)
        page.page_wanted.connect(self.show_page)
        page.explore_wanted.connect(self.explore_run)
        return page

    def _make_explore(self) -> "ExplorePage":
        from ganart.ui.pages.explore.page import ExplorePage

        page = ExplorePage(self._session)
        page.page_wanted.connect(self.show_page)
        page.models.give_wanted.connect(self.give_wanted)
        page.stylize_wanted.connect(self.stylize)
        return page

    def _make_stylize(self) -> "StylizePage":
        from ganart.ui.pages.stylize import StylizePage

        page = StylizePage(self._session)
        page.page_wanted.connect(self.show_page)
        page.photo_missing.connect(self.photo_missing)
        return page

    def _make_gallery(self) -> "GalleryPage":
        from ganart.ui.pages.gallery import GalleryPage

        page = GalleryPage(self._session)
        page.recipe_chosen.connect(self.open_recipe)
        page.give_wanted.connect(self.give_wanted)
        page.stylize_wanted.connect(self.stylize)
        page.page_wanted.connect(self.show_page)
        return page
