"""The Explore page: wander through what a model learned, and save what is worth it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.gan.events import Published
from ganart.media.recipe import Point, Recipe
from ganart.ui.pages.explore_exports import ExportBar
from ganart.ui.pages.explore_loop import LoopDialog
from ganart.ui.pages.explore_models import ModelChooser
from ganart.ui.pages.explore_point import PointPanel
from ganart.ui.pages.explore_recipes import RecipeOpener
from ganart.ui.pages.explore_seeds import COLUMNS, SeedsPanel
from ganart.ui.pages.explore_stations import LoopStations
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption, Title, told
from ganart.workers.exports import save_loop, save_picture, save_sheet
from ganart.workers.previews import Previewer, PreviewResult
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

_PICTURE = "picture"
_SEEDS = "seeds"


class ExplorePage(QWidget):
    """A large picture between two seeds, a page of seeds, and the ways to save them."""

    page_wanted = Signal(str)
    """The name of another page: "train"."""
    stylize_wanted = Signal(object)
    """A list with the `Path` of a picture that was saved to be stylized."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._side = 0
        self._recipes = RecipeOpener(session, self)
        self._is_stale = False
        self._is_to_be_stylized = False
        self.previewer = Previewer(self)
        self.models = ModelChooser(session)
        self.view = PictureView()
        self.view.setAccessibleName(self.tr("Picture"))
        self.panel = PointPanel()
        self.seeds = SeedsPanel()
        self.stations = LoopStations()
        self.exports = ExportBar(session)
        self.notice = Caption()
        self.notice.hide()
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
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.setSpacing(12)
        left_column.addWidget(self.view, 1)
        left_column.addWidget(self.panel)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.setSpacing(12)
        right_column.addWidget(self.seeds, 1)
        right_column.addWidget(self.stations)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(24)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(splitter, 1)
        column.addWidget(self.exports)

    def _connect(self) -> None:
        self.models.chosen.connect(self._on_model)
        self.models.box.activated.connect(self._forget_notice)
        self._recipes.found.connect(self._on_model_found)
        self._recipes.missing.connect(self._tell)
        self.panel.changed.connect(self._on_point)
        self.panel.diversity_changed.connect(self.draw_seeds)
        self.seeds.changed.connect(self.draw_seeds)
        self.seeds.grid.chosen.connect(self._on_seed)
        self.seeds.grid.chosen_second.connect(self._on_second_seed)
        self.seeds.grid.looped.connect(self.stations.toggle)
        self.stations.changed.connect(self._show_marks)
        self.train_button.clicked.connect(self._on_train_wanted)
        self.previewer.rendered.connect(self._on_rendered)
        self.exports.picture_wanted.connect(self.save_picture)
        self.exports.sheet_wanted.connect(self.save_sheet)
        self.exports.loop_wanted.connect(self.ask_for_loop)
        self.exports.stylize_wanted.connect(self.stylize)
        self.exports.saved.connect(self._on_saved)
        self._session.model_published.connect(self._on_published)
        self._session.project_closed.connect(self._on_project_closed)

    # Drawing

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to update."""
        super().showEvent(event)
        if self._is_stale:
            self.draw()
        self.models.refresh()

    @Slot()
    def draw(self) -> None:
        """Draw everything anew."""
        # Not while hidden: a training should have the computer for itself then.
        self._is_stale = not self.isVisible()
        self.draw_picture()
        self.draw_seeds()

    @Slot()
    def draw_picture(self) -> None:
        """Ask for the large picture."""
        path = self.models.path()
        if path is not None and not self._is_stale:
            self.previewer.show(path, [self.panel.point()], _PICTURE)

    @Slot()
    def draw_seeds(self) -> None:
        """Ask for the pictures of the seeds."""
        path = self.models.path()
        if path is not None and not self._is_stale:
            self.previewer.show(path, self._seed_points(), _SEEDS)

    def _seed_points(self) -> list[Point]:
        diversity = self.panel.diversity_value()
        return [Point(seed, diversity=diversity) for seed in self.seeds.seeds()]

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        if result.pixels is None or result.info is None:
            self._show_trouble(result.error)
            return
        if result.info.config.side != self._side:
            self._side = result.info.config.side
            self.exports.set_side(self._side)
        if result.tag == _PICTURE:
            self.view.set_image(image_of(result.pixels[0]))
            self.exports.set_can_save(True)
        elif [point.seed for point in result.points] == self.seeds.seeds():
            self.seeds.set_images([image_of(tile) for tile in result.pixels])

    def _show_trouble(self, report: ErrorReport | None) -> None:
        text = told(report.error, report.text) if report else ""
        self.view.set_image(QImage())
        self.view.set_placeholder(text)
        self.view.setAccessibleDescription(text)
        self.exports.set_can_save(False)

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    @Slot()
    def _forget_notice(self) -> None:
        self._tell("")

    @Slot()
    def _on_model(self) -> None:
        has_model = self.models.path() is not None
        self.train_button.setVisible(not has_model)
        self.models.setVisible(has_model)
        if has_model:
            self.view.set_placeholder(self.tr("Loading the model …"))
        else:
            self.view.set_image(QImage())
            self.view.set_placeholder(
                self.tr("There is no model yet.\nTrain one, and explore it here while it learns.")
            )
            self.seeds.set_images([])
        # What would be saved now is not what is seen.
        self.exports.set_can_save(False)
        self._show_marks()
        self.draw()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.path == self.models.path():
            self.draw()
        if self.isVisible():
            self.models.refresh()

    @Slot()
    def _on_point(self) -> None:
        self._forget_notice()
        self.stations.set_ends(self.panel.seed_a.seed(), self.panel.seed_b.seed())
        self.draw_picture()

    # Seeds

    @Slot(object)
    def _on_seed(self, seed: int) -> None:
        self.panel.seed_a.number.setValue(seed)

    @Slot(object)
    def _on_second_seed(self, seed: int) -> None:
        self.panel.seed_b.number.setValue(seed)

    @Slot()
    def _show_marks(self) -> None:
        self.seeds.grid.set_marks(self.stations.marks())

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
        self._show_recipe(recipe)
        self.models.choose(path)

    def _show_recipe(self, recipe: Recipe) -> None:
        first, *rest = recipe.points
        self.panel.set_point(first)
        if recipe.kind == "sheet":
            self.seeds.set_seeds([point.seed for point in recipe.points])
        elif recipe.kind == "loop":
            if rest:
                self.panel.seed_b.number.setValue(rest[0].seed)
            self.stations.set_added([point.seed for point in rest[1:]])

    # Saving

    @Slot()
    def save_picture(self) -> None:
        """Save the large picture."""
        self._is_to_be_stylized = False
        project, path = self._session.project, self.models.path()
        if project is not None and path is not None:
            self.exports.begin(
                save_picture(project, path, self.panel.point(), self.exports.scale())
            )

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
        """Save the page of seeds."""
        project, path = self._session.project, self.models.path()
        if project is not None and path is not None:
            scale = max(1, self.exports.scale() // 4)
            self.exports.begin(save_sheet(project, path, self._seed_points(), COLUMNS, scale))

    @Slot()
    def ask_for_loop(self) -> None:
        """Ask what the loop shall be like, then save it."""
        if len(self.stations.seeds()) < 2:
            self._tell(self.tr("A loop needs two different pictures."))
            return
        point = self.panel.point()
        dialog = LoopDialog(self.stations.seeds(), point.method, point.diversity, self._side, self)
        dialog.accepted.connect(self._on_loop_accepted)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog: QDialog = dialog
        dialog.open()

    @Slot()
    def _on_loop_accepted(self) -> None:
        project, path, dialog = self._session.project, self.models.path(), self.sender()
        if project is not None and path is not None and isinstance(dialog, LoopDialog):
            self.exports.begin(save_loop(project, path, dialog.plan()))

    @Slot()
    def _on_train_wanted(self) -> None:
        self.page_wanted.emit("train")

    @Slot()
    def _on_project_closed(self) -> None:
        self.previewer.stop()
        self.stations.clear()
        self._tell("")
