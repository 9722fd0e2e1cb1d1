"""The picture that is looked at, large, with what changes it: seed, diversity, a random walk."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from ganart.media.point import Point
from ganart.media.recipe_checks import GenesDoNotFit
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.genes_wander import Wander
from ganart.ui.pages.explore.seed_box import SeedBox as SeedBox
from ganart.ui.pages.explore.seed_box import random_seed as random_seed
from ganart.ui.pages.recipe_words import point_in_words
from ganart.ui.widgets import words
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption, give_way, told
from ganart.workers.previews import PreviewResult
from ganart.workers.run import ErrorReport

PICTURE = "picture"
"""The tag of the large picture."""
_DIVERSITY_STEPS = 150
"""Percent; beyond this pictures mostly break."""


class Easel(QWidget):
    """Shows the point of an exploration and edits it."""

    drawn = Signal(bool)
    """Whether the picture of the point is shown, and can be saved."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self.view = PictureView()
        self.view.setAccessibleName(self.tr("Picture"))
        self.place = Caption()
        give_way(self.place)
        self.seed = SeedBox(self.tr("Seed"), self.tr("Random picture"))
        self.diversity = QSlider(Qt.Orientation.Horizontal)
        self.diversity.setRange(0, _DIVERSITY_STEPS)
        self.diversity.setPageStep(_DIVERSITY_STEPS // 10)
        self.diversity.setAccessibleName(self.tr("Diversity"))
        self.diversity.setToolTip(
            self.tr("0 % is the model's average picture, 100 % what it learned; more is wilder.")
        )
        self.diversity_label = QLabel()
        self.wander = Wander(exploration)
        self.drop_button = QPushButton(self.tr("Leave out the genes"))
        self.drop_button.clicked.connect(self._on_drop)
        self.drop_button.hide()
        self._lay_out()
        self.seed.changed.connect(self._on_seed)
        self.diversity.valueChanged.connect(self._on_diversity)
        exploration.point_changed.connect(self._on_point)
        exploration.model_changed.connect(self._on_model)
        exploration.rendered.connect(self._on_rendered)
        self._on_point()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        seed_label = QLabel(self.tr("Seed &number"))
        seed_label.setBuddy(self.seed.number)
        diversity_label = QLabel(self.tr("&Diversity"))
        diversity_label.setBuddy(self.diversity)
        grid.addWidget(seed_label, 0, 0)
        grid.addWidget(self.seed, 0, 1, 1, 2)
        grid.addWidget(diversity_label, 1, 0)
        grid.addWidget(self.diversity, 1, 1)
        grid.addWidget(self.diversity_label, 1, 2)
        wander_label = QLabel(self.tr("&Wander by"))
        wander_label.setBuddy(self.wander.dial)
        grid.addWidget(wander_label, 2, 0)
        grid.addWidget(self.wander, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.drop_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.place)
        column.addLayout(grid)

    @Slot()
    def draw(self) -> None:
        """Ask for the picture."""
        path = self._exploration.path
        if path is not None and self.isVisible():
            self._exploration.previewer.show(path, [self._exploration.point], PICTURE)

    @Slot()
    def _on_model(self) -> None:
        # What would be saved now is not what is seen.
        self.drawn.emit(False)
        if self._exploration.path is None:
            self.view.set_image(QImage())
            self.view.set_placeholder(
                self.tr("There is no model yet.\nTrain one, and explore it here while it learns.")
            )
        else:
            self.view.set_placeholder(self.tr("Loading the model …"))
        self.draw()

    @Slot()
    def _on_point(self) -> None:
        point = self._exploration.point
        text = point_in_words(point)
        if point.genes:
            genes = self.tr("genes changed: {count}").format(count=words.count(len(point.genes)))
            text = f"{text}   ·   {genes}"
        self.place.setText(text)
        with QSignalBlocker(self.seed), QSignalBlocker(self.diversity):
            if point.seeds:
                self.seed.number.setValue(point.seeds[0])
            else:
                self.seed.number.clear()
            self.diversity.setValue(round(100 * point.diversity))
        percent = words.count(100 * point.diversity)
        self.diversity_label.setText(self.tr("{number} %").format(number=percent))
        self.draw()

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        if result.tag != PICTURE:
            return
        if result.pixels is None:
            self._show_trouble(result.error)
            return
        self.drop_button.hide()
        self.view.set_image(image_of(result.pixels[0]))
        self.drawn.emit(True)

    def _show_trouble(self, report: ErrorReport | None) -> None:
        text = told(report.error, report.text) if report else ""
        self.view.set_image(QImage())
        self.view.set_placeholder(text)
        self.view.setAccessibleDescription(text)
        self.drop_button.setVisible(report is not None and isinstance(report.error, GenesDoNotFit))
        self.drawn.emit(False)

    @Slot(object)
    def _on_seed(self, seed: int) -> None:
        point = Point.at(seed, self._exploration.point.diversity)
        self._exploration.look_at(point, self.tr("Go to seed {seed}").format(seed=seed), "seed")

    @Slot(int)
    def _on_diversity(self, percent: int) -> None:
        point = replace(self._exploration.point, diversity=percent / 100)
        self._exploration.look_at(point, self.tr("Change the diversity"), "diversity")

    @Slot()
    def _on_drop(self) -> None:
        info, point = self._exploration.info, self._exploration.point
        length = 4 * info.config.latent_size if info is not None else 0
        fitting = tuple(each for each in point.genes if len(each.vector) == length)
        text = self.tr("Leave out the genes")
        self._exploration.look_at(replace(point, genes=fitting), text)
