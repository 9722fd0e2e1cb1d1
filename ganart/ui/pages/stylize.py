"""The Stylize page: one photo, many, a brush of one's own, a film; each a mode with its own tab."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ganart.engine.style.config import PaintConfig
from ganart.media.style_recipe import StyleRecipe
from ganart.ui.pages.batch import BatchMode
from ganart.ui.pages.brush import BrushMode
from ganart.ui.pages.film import FilmMode
from ganart.ui.pages.film_setup import is_film
from ganart.ui.pages.stylize_choice import Choice
from ganart.ui.pages.stylize_photo import PhotoMode
from ganart.ui.pages.stylize_recipes import StyleRecipeOpener
from ganart.ui.widgets.text import Title
from ganart.workers.session import Session

_Mode = TypeVar("_Mode", bound=QWidget)


class StylizePage(QWidget):
    """A bar of modes over the one that is shown; a mode is made when it is first shown."""

    page_wanted = Signal(str)
    """The name of another page: "gallery"."""
    photo_missing = Signal(object, str)
    """A stylized picture came from outside, whose photo was not found; and what was not found."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        self.modes = QTabBar()
        self.modes.setObjectName("stylize-modes")  # for the tour
        self.modes.setDrawBase(False)
        self.modes.setExpanding(False)
        self.modes.setAccessibleName(self.tr("What to stylize"))
        self.stack = QStackedWidget()
        # The modes take the letters D, M, O and U; the menus have F, H, T and V.
        self._add_mode("photo", self.tr("Ph&oto"), self._make_photo)
        self._add_mode("batch", self.tr("Fol&der"), self._make_batch)
        self._add_mode("brush", self.tr("Br&ush"), self._make_brush)
        self._add_mode("film", self.tr("Fil&m"), self._make_film)
        top = QHBoxLayout()
        top.addWidget(Title(self.tr("Stylize")))
        top.addSpacing(24)
        top.addWidget(self.modes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        self._recipes = StyleRecipeOpener(session, self)
        self._recipes.found.connect(self._on_choice_found)
        self._recipes.missing.connect(session.notice)
        self._recipes.photo_missing.connect(self.photo_missing)
        self.modes.currentChanged.connect(self._on_tab)
        self._on_tab(0)

    def main_widget(self) -> QWidget:
        """Return the bar of modes, from which Tab leads into the one that is shown."""
        return self.modes

    def show_mode(self, key: str) -> QWidget:
        """Show a mode, such as "photo", and return its widget."""
        self.modes.setCurrentIndex(list(self._makers).index(key))
        return self.mode(key)

    def mode(self, key: str) -> QWidget:
        """Return the widget of a mode."""
        if key not in self._made:
            self._made[key] = self._makers[key]()
            self.stack.addWidget(self._made[key])
        return self._made[key]

    # What comes from other pages and programs

    def take(self, paths: Sequence[Path]) -> None:
        """Begin to stylize a photo, a film, or many photos and folders."""
        if len(paths) != 1 or not paths[0].is_file() or paths[0].suffix.lower() == ".zip":
            self._batch().add_sources(paths)
        elif is_film(paths[0]):
            self._film().set_film(paths[0])
        else:
            self._photo().set_photo(paths[0])

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Let the mode that is shown have what was dropped, as far as it has a use for it."""
        shown = self.stack.currentWidget()
        if isinstance(shown, BrushMode):
            shown.setup.photos.add(paths)
        elif isinstance(shown, BatchMode):
            shown.add_sources(paths)
        else:
            self.take(paths)

    def open_painting(self, folder: Path) -> None:
        """Show a painting of the project by its work folder."""
        self._photo().open(folder)

    def open_recipe(self, recipe: StyleRecipe, picture: Path | None = None) -> None:
        """Show the choices that made a picture again; `picture` is its file if it came from
        outside.
        """
        self._recipes.open(recipe, picture)

    @Slot(object, object)
    def _on_choice_found(self, choice: Choice, config: PaintConfig | None) -> None:
        if choice.photo is not None and is_film(choice.photo):
            film = self._film()
            film.set_film(choice.photo)
            film.setup.panel.show_choice(choice.look)
        else:
            photo = self._photo()
            photo.show_setup()
            photo.setup.history.change(choice)
            if config is not None:
                photo.setup.side.paint.form.set_values(asdict(config))

    @Slot(object)
    def _use_on_photo(self, brush: Path) -> None:
        photo = self._photo()
        photo.show_setup()
        look = replace(photo.setup.history.now.look, kind="brush", brush=brush)
        photo.setup.history.change(replace(photo.setup.history.now, look=look))

    @Slot(object)
    def _use_on_batch(self, brush: Path) -> None:
        self._batch().use_brush(brush)

    # Modes

    def _photo(self) -> PhotoMode:
        return _typed(self.show_mode("photo"), PhotoMode)

    def _batch(self) -> BatchMode:
        return _typed(self.show_mode("batch"), BatchMode)

    def _film(self) -> FilmMode:
        return _typed(self.show_mode("film"), FilmMode)

    def _add_mode(self, key: str, label: str, make: Callable[[], QWidget]) -> None:
        self._makers[key] = make
        self.modes.addTab(label)

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        if 0 <= index < len(self._makers):
            self.stack.setCurrentWidget(self.mode(list(self._makers)[index]))

    def _make_photo(self) -> PhotoMode:
        mode = PhotoMode(self._session)
        mode.page_wanted.connect(self.page_wanted)
        return mode

    def _make_batch(self) -> BatchMode:
        mode = BatchMode(self._session)
        mode.page_wanted.connect(self.page_wanted)
        return mode

    def _make_brush(self) -> BrushMode:
        mode = BrushMode(self._session)
        mode.photo_wanted.connect(self._use_on_photo)
        mode.batch_wanted.connect(self._use_on_batch)
        return mode

    def _make_film(self) -> FilmMode:
        mode = FilmMode(self._session)
        mode.page_wanted.connect(self.page_wanted)
        return mode


def _typed(widget: QWidget, kind: type[_Mode]) -> _Mode:
    if not isinstance(widget, kind):
        raise TypeError(widget)
    return widget
