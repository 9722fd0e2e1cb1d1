"""The Explore page: a picture on the easel, and the ways to others beside it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.gan.events import Published
from ganart.media.composition import Composition
from ganart.media.point import Point
from ganart.media.recipe import MAX_POINTS, Recipe
from ganart.ui.pages.explore.breed import BreedTab
from ganart.ui.pages.explore.canvas import CanvasTab
from ganart.ui.pages.explore.easel import Easel
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.export_bar import ExportBar
from ganart.ui.pages.explore.exporter import Exporter
from ganart.ui.pages.explore.genes import GenesTab
from ganart.ui.pages.explore.loop import LoopTab
from ganart.ui.pages.explore.models import ModelChooser
from ganart.ui.pages.explore.photo import PhotoTab
from ganart.ui.pages.explore.recipes import LocateBar, RecipeOpener
from ganart.ui.widgets.text import Caption, Title
from ganart.workers.session import Session


class ExplorePage(QWidget):
    """The easel on one side, tabs with the ways to its picture on the other, saving below."""

    page_wanted = Signal(str)
    """The name of another page: "train"."""
    stylize_wanted = Signal(object)
    """A list with the `Path` of a picture that was saved to be stylized."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._recipes = RecipeOpener(session, self)
        self._is_to_be_stylized = False
        self.exploration = Exploration(session, self)
        self.models = ModelChooser(session)
        self.easel = Easel(self.exploration)
        self.canvas = CanvasTab(self.exploration)
        self.genes = GenesTab(self.exploration, self.easel.wander)
        self.breed = BreedTab(self.exploration)
        self.photo = PhotoTab(self.exploration)
        self.loop = LoopTab(self.exploration)
        self.tabs = QTabWidget()
        self.exports = ExportBar(session)
        self.exporter = Exporter(self.exploration, self.exports, self)
        self.notice = Caption()
        self.notice.hide()
        self.locate = LocateBar(self._recipes)
        self.train_button = QPushButton(self.tr("T&rain a model"))
        self._lay_out()
        self._connect()
        self._on_model()
        self.models.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(Title(self.tr("Explore")))
        top.addStretch(1)
        top.addWidget(self.train_button)
        top.addWidget(self.models)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("explore-tabs")  # for the tour
        self.tabs.tabBar().setChangeCurrentOnDrag(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Ways to other pictures"))
        self.tabs.addTab(self.canvas, self.tr("&Canvas"))
        self.tabs.addTab(self.genes, self.tr("&Genes"))
        self.tabs.addTab(self.breed, self.tr("&Breed"))
        self.tabs.addTab(self.photo, self.tr("&Photo"))
        self.tabs.addTab(self.loop, self.tr("L&oop"))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(24)
        splitter.addWidget(self.tabs)
        splitter.addWidget(self.easel)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.locate)
        column.addWidget(splitter, 1)
        column.addWidget(self.exports)

    def _connect(self) -> None:
        self.models.chosen.connect(self._on_model)
        self.models.box.activated.connect(self._forget_notice)
        self.models.box.activated.connect(self.models.remember)
        self._recipes.found.connect(self._on_model_found)
        self._recipes.missing.connect(self._tell)
        self._recipes.missing.connect(self.locate.show)
        self.exploration.point_changed.connect(self._forget_notice)
        self.easel.drawn.connect(self.exports.set_can_save)
        self.canvas.path_wanted.connect(self.make_loop)
        self.loop.export_wanted.connect(self.ask_for_loop)
        self.exports.export_wanted.connect(self.ask)
        self.train_button.clicked.connect(self._on_train_wanted)
        self.exports.picture_wanted.connect(self.save_picture)
        self.exports.sheet_wanted.connect(self.save_sheet)
        self.exports.stylize_wanted.connect(self.stylize)
        self.exports.saved.connect(self._on_saved)
        self._session.model_published.connect(self._on_published)
        self._session.project_closed.connect(self._on_project_closed)

    # The model

    def main_widget(self) -> QWidget:
        """Return the canvas where it is shown, whose line says that keys move it, or else the tabs,
        from which Tab leads into the one that is shown.
        """
        is_on_canvas = self.tabs.currentWidget() is self.canvas
        return self.canvas.map if is_on_canvas else self.tabs.tabBar()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to update; nothing is drawn while hidden, so that trainings have the computer."""
        super().showEvent(event)
        self.exploration.set_path(self.models.path())
        self.models.refresh()

    @Slot()
    def _on_model(self) -> None:
        path = self.models.path()
        self.train_button.setVisible(path is None)
        self.models.setVisible(path is not None)
        self.exploration.set_path(path)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.path == self.models.path():
            self.exploration.set_path(published.path)
        if self.isVisible():
            self.models.refresh()

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
        self.locate.hide()

    @Slot()
    def _forget_notice(self) -> None:
        self._tell("")

    # Recipes

    def open_recipe(self, recipe: Recipe) -> None:
        """Show the picture of a recipe again; a sentence says so if its model is not here."""
        self._recipes.open(recipe)

    def open_run(self, run_id: str) -> None:
        """Explore the newest model of a run."""
        self.models.choose_run(run_id)

    @Slot(object, object)
    def _on_model_found(self, recipe: Recipe, path: Path) -> None:
        self._tell("")
        self.show_recipe(recipe)
        self.models.choose(path)

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the points of a recipe in the model that is explored."""
        self.exploration.look_at(recipe.places[0], self.tr("Open a recipe"))
        if recipe.kind == "sheet":
            self.canvas.set_points(recipe.points, _columns_of(recipe))
            self.tabs.setCurrentWidget(self.canvas)
        elif recipe.composition is not None:
            self.loop.set_composition(recipe.composition)
            self.tabs.setCurrentWidget(self.loop)

    @Slot(object)
    def make_loop(self, points: tuple[Point, ...]) -> None:
        """Add the points of a path to the loop."""
        self.loop.add_points(points, self.tr("Add a path to the loop"))
        self.tabs.setCurrentWidget(self.loop)

    # Saving

    @Slot()
    def save_picture(self) -> None:
        """Save the large picture."""
        self._is_to_be_stylized = False
        self.exporter.save_picture()

    @Slot()
    def stylize(self) -> None:
        """Save the large picture, then hand it to the Stylize page."""
        self.save_picture()
        self._is_to_be_stylized = True

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        if self._is_to_be_stylized:
            self._is_to_be_stylized = False
            self.stylize_wanted.emit([path])

    @Slot()
    def save_sheet(self) -> None:
        """Save the pictures that the canvas shows, or a litter where one is looked at."""
        self._is_to_be_stylized = False
        self.exporter.save_sheet(*self._sheet())

    @Slot()
    def ask(self) -> None:
        """Ask how to export what is looked at."""
        self._is_to_be_stylized = False
        self.exporter.ask(*self._sheet(), self.loop.composition())

    @Slot(object)
    def ask_for_loop(self, composition: Composition) -> None:
        """Ask how the loop shall be saved."""
        self._is_to_be_stylized = False
        self.exporter.ask(*self._sheet(), composition, "loop")

    def _sheet(self) -> tuple[Sequence[Point], int]:
        """Return the pictures of a sheet, and in how many columns they lie."""
        if self.tabs.currentWidget() is self.breed and self.breed.points():
            return self.breed.points(), self.breed.grid.columns()
        return self.canvas.points(), self.canvas.columns()

    @Slot()
    def _on_train_wanted(self) -> None:
        self.page_wanted.emit("train")

    @Slot()
    def _on_project_closed(self) -> None:
        self.exploration.previewer.stop()
        self._tell("")


def _columns_of(recipe: Recipe) -> int:
    """Return the columns of a sheet; 0 where its recipe does not say, and for prints."""
    columns = recipe.output.get("columns")
    if not isinstance(columns, int) or "width_cm" in recipe.output:
        return 0
    return columns if 0 < columns <= MAX_POINTS else 0
