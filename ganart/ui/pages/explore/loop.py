"""The Loop tab: the pictures that a loop visits."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from ganart.media.composition import Composition, evenly
from ganart.media.point import Point
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.recipe_words import point_in_words
from ganart.ui.undo import Change
from ganart.ui.widgets.buttons import push_button

SECONDS_EACH = 2.0


class LoopTab(QWidget):
    """Collects the points of a loop."""

    export_wanted = Signal(object)
    """A `Composition` that is to be saved."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._points: tuple[Point, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pictures of the loop"))
        self.add_button = push_button("plus", self.tr("&Add this picture"))
        self.clear_button = push_button("close", self.tr("Clea&r"))
        self.save_button = push_button("film", self.tr("Save &loop …"))
        self.add_button.clicked.connect(self.add)
        self.clear_button.clicked.connect(self.clear)
        self.save_button.clicked.connect(self._on_save)
        line = QHBoxLayout()
        for button in (self.add_button, self.clear_button, self.save_button):
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addLayout(line)
        self._put(())

    def composition(self) -> Composition | None:
        """Return the loop; None for fewer than two pictures."""
        if len(self._points) < 2:
            return None
        return evenly(self._points, SECONDS_EACH * len(self._points))

    def set_composition(self, composition: Composition) -> None:
        """Show the loop of a recipe."""
        self._change(tuple(each.point for each in composition.keyframes), self.tr("Open a loop"))

    @Slot()
    def add(self) -> None:
        """Add the point that is looked at."""
        self._change((*self._points, self._exploration.point), self.tr("Add to the loop"))

    def add_points(self, points: Sequence[Point], text: str) -> None:
        """Add some points, with a way back that says `text`."""
        self._change((*self._points, *points), text)

    @Slot()
    def clear(self) -> None:
        """Begin anew."""
        self._change((), self.tr("Clear the loop"))

    def _change(self, points: Sequence[Point], text: str) -> None:
        self._exploration.session.undo.push(Change(text, self._put, self._points, tuple(points)))

    def _put(self, points: tuple[Point, ...]) -> None:
        self._points = points
        self.list.clear()
        self.list.addItems([point_in_words(each) for each in points])
        self.clear_button.setEnabled(bool(points))
        self.save_button.setEnabled(len(points) > 1)

    @Slot()
    def _on_save(self) -> None:
        composition = self.composition()
        if composition is not None:
            self.export_wanted.emit(composition)
