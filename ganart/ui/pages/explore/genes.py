"""The Genes tab: what can be changed about the picture, one direction at a time."""

import random

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.media.point import MAX_GENES, Point
from ganart.text import QT_TRANSLATE_NOOP
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.genes_layers import LayerStyles
from ganart.ui.pages.explore.genes_list import GeneList
from ganart.ui.pages.explore.genes_maker import GeneMaker
from ganart.ui.pages.explore.genes_shelf import GeneShelf
from ganart.ui.pages.explore.genes_slider import FURTHEST
from ganart.ui.pages.explore.genes_strip import STOPS, GeneStrip
from ganart.ui.pages.explore.genes_wander import Wander
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import Caption
from ganart.workers.previews import PreviewResult

STRIP = "gene strip"
"""The tag of the small pictures."""
_STRIP_AFTER_MS = 60
"""The large picture of a slider that is dragged comes first."""
_SURPRISES = 4
"""Genes that a surprise changes."""
_SURPRISE = 6.0
"""Their usual amount at full wildness."""
_FILTERS = (
    ("all", QT_TRANSLATE_NOOP("genes", "All genes")),
    ("pinned", QT_TRANSLATE_NOOP("genes", "Pinned")),
    ("used", QT_TRANSLATE_NOOP("genes", "In this picture")),
    ("main", QT_TRANSLATE_NOOP("genes", "Main changes")),
    ("structure", QT_TRANSLATE_NOOP("genes", "Structure")),
    ("own", QT_TRANSLATE_NOOP("genes", "My own")),
)


class GenesTab(QWidget):
    """A list of genes with sliders, the picture along one of them, and ways to make new ones."""

    def __init__(
        self, exploration: Exploration, wander: Wander, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._wander = wander
        self._strip_points: tuple[Point, ...] = ()
        self.shelf = GeneShelf(exploration, self)
        self.filter = QComboBox()
        self.surprise_button = QPushButton(self.tr("Surprise me"))
        self.reset_button = QPushButton(self.tr("Reset all"))
        self.again_button = QPushButton(self.tr("Find genes again"))
        self.strip = GeneStrip()
        self.note = Caption()
        self.empty = Caption(self.tr("Genes are what a model can change. They need a model first."))
        self.progress = QProgressBar()
        self.list = GeneList(exploration, self.shelf)
        self.layers = LayerStyles()
        self.maker = GeneMaker(exploration, self.shelf)
        self.fold = Fold(self.tr("New gene from pictures"), self.maker)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STRIP_AFTER_MS)
        self._lay_out()
        self._connect()
        self._on_shelf()

    def _lay_out(self) -> None:
        for key, text in _FILTERS:
            self.filter.addItem(QCoreApplication.translate("genes", text), key)
        self.filter.setAccessibleName(self.tr("Which genes are listed"))
        self.surprise_button.setToolTip(
            self.tr("Some genes by chance, as far as the wildness beside the picture allows.")
        )
        self.reset_button.setToolTip(self.tr("All genes but the locked ones back to 0."))
        self.again_button.setToolTip(self.tr("The model has learned on since they were found."))
        self.progress.setAccessibleName(self.tr("Finding the genes"))
        self.progress.setFormat(self.tr("Finding the genes … %p %"))
        self.progress.hide()
        self.note.hide()
        top = QHBoxLayout()
        top.addWidget(self.filter)
        top.addStretch(1)
        for button in (self.again_button, self.surprise_button, self.reset_button):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.strip)
        column.addWidget(self.empty)
        column.addWidget(self.progress)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(self.layers)
        column.addWidget(self.fold)

    def _connect(self) -> None:
        self.filter.currentIndexChanged.connect(self._on_filter)
        self.surprise_button.clicked.connect(self.surprise)
        self.reset_button.clicked.connect(self.reset)
        self.again_button.clicked.connect(self._on_again)
        self.strip.wanted.connect(self._on_stop)
        self.layers.changed.connect(self._on_layers)
        self.fold.button.toggled.connect(self.maker.draw)
        self.maker.made.connect(self.list.choose_key)
        self.list.chosen_changed.connect(self._on_chosen)
        self.shelf.changed.connect(self._on_shelf)
        self.shelf.finding.connect(self._on_finding)
        for teller in (self.shelf, self.maker, self.list):
            teller.told.connect(self._tell)
        self._timer.timeout.connect(self._draw)
        self._exploration.point_changed.connect(self._on_point)
        self._exploration.model_changed.connect(self._on_model)
        self._exploration.rendered.connect(self._on_rendered)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Find the genes; that is not done while hidden."""
        super().showEvent(event)
        self.shelf.find()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw anew when shown again."""
        super().hideEvent(event)
        self._strip_points = ()

    @Slot()
    def _on_model(self) -> None:
        self._strip_points = ()
        if self.isVisible():
            self.shelf.find()
        self._timer.start()

    @Slot()
    def _on_shelf(self) -> None:
        found = self.shelf.found
        has_noise = found is not None and found.has_noise
        self.layers.set_model(found.layers if found else 0, has_noise=has_noise)
        for widget in (self.surprise_button, self.reset_button, self.fold, self.filter):
            widget.setEnabled(found is not None)
        self.again_button.setVisible(self.shelf.is_older())
        has_model = self._exploration.path is not None
        self.empty.setVisible(not has_model)
        self.strip.setVisible(has_model)
        self.fold.setVisible(has_model)
        self.list.refill()
        self._on_point()

    @Slot()
    def _on_point(self) -> None:
        self._tell("")
        self.list.follow()
        self.layers.set_point(self._exploration.point)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self.list.chosen
        self.strip.set_amount(chosen.amount(self._exploration.point) if chosen else None)
        self._timer.start()

    @Slot()
    def _draw(self) -> None:
        """Ask for the small pictures."""
        path, chosen, point = self._exploration.path, self.list.chosen, self._exploration.point
        if not self.isVisible():
            return
        if path is None or chosen is None:
            self._strip_points = ()
            self.strip.set_tiles([])
            return
        if not self._strip_points:
            self.maker.draw()
        if len(point.genes) < MAX_GENES or chosen.amount(point):
            points = tuple(chosen.put(point, stop) for stop in STOPS)
            if points != self._strip_points:
                self._strip_points = points
                self._exploration.previewer.show(path, points, STRIP, is_glance=True)

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        self.again_button.setVisible(self.shelf.is_older())
        if result.tag == STRIP and result.points == self._strip_points:
            pixels = () if result.pixels is None else result.pixels
            self.strip.set_tiles([image_of(each) for each in pixels])

    @Slot(object)
    def _on_finding(self, share: float | None) -> None:
        self.progress.setVisible(share is not None)
        self.progress.setValue(round(100 * (share or 0.0)))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    # What is changed

    @Slot(int)
    def _on_filter(self, _index: int) -> None:
        self.list.set_filter(self.filter.currentData())

    @Slot()
    def _on_again(self) -> None:
        self.shelf.find(again=True)

    @Slot(float)
    def _on_stop(self, amount: float) -> None:
        if self.list.chosen is not None:
            self.list.set_amount(self.list.chosen, amount)

    @Slot(object, str)
    def _on_layers(self, point: Point, control: str) -> None:
        self._exploration.look_at(point, self.tr("Change the layers"), control)

    @Slot()
    def reset(self) -> None:
        """Bring all genes but the locked ones back to 0."""
        self._exploration.look_at(self._without_genes(), self.tr("Reset the genes"))

    @Slot()
    def surprise(self) -> None:
        """Follow by chance a few of the listed genes that are not locked, and no others."""
        point = self._without_genes()
        free = [each for each in self.list.shown if not each.note.is_locked]
        count = min(_SURPRISES, len(free), MAX_GENES - len(point.genes))
        for shelved in random.sample(free, count):
            amount = round(random.gauss(0.0, _SURPRISE * self._wander.wildness()), 1)
            point = shelved.put(point, min(max(-FURTHEST, amount), FURTHEST))
        self._exploration.look_at(point, self.tr("Surprise"))

    def _without_genes(self) -> Point:
        """Return the point with the locked genes alone."""
        point = self._exploration.point
        for shelved in self.shelf.genes(point):
            if not shelved.note.is_locked:
                point = shelved.put(point, 0.0)
        return point
