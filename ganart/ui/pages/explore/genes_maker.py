"""A new gene from pictures: those that it shall lead to, and those that it shall lead away from."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ganart.media.genes import plain_name
from ganart.media.point import Point
from ganart.media.recipe_checks import MAX_TEXT
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.genes_groups import Group
from ganart.ui.pages.explore.genes_shelf import GeneShelf
from ganart.ui.undo import Change
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import Caption, told
from ganart.workers.genes import Made, make_gene
from ganart.workers.previews import PreviewResult
from ganart.workers.run import ErrorReport, Run

GROUPS = "gene groups"
"""The tag of the small pictures."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The pictures of which a gene is made."""

    likes: tuple[Point, ...] = ()
    others: tuple[Point, ...] = ()


class GeneMaker(QWidget):
    """Collects two groups of pictures and a name, and puts the gene on the shelf."""

    made = Signal(str)
    """The key of the new gene."""
    told = Signal(str)
    """Why none was made, in words."""

    def __init__(
        self, exploration: Exploration, shelf: GeneShelf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._shelf = shelf
        self._run: Run | None = None
        self._wanted_name = ""
        self.groups = Groups()
        self.likes = Group(
            self.tr("Like these"), self.tr("Add picture"), self.tr("Pictures to come nearer to")
        )
        self.others = Group(
            self.tr("Not like those"), self.tr("Add picture"), self.tr("Pictures to get away from")
        )
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_TEXT)
        self.name.setAccessibleName(self.tr("Name of the new gene"))
        self.name.setPlaceholderText(self.tr("Name, such as: smiling"))
        self.make_button = QPushButton(self.tr("Make the gene"))
        self.clear_button = QPushButton(self.tr("Empty both"))
        self._lay_out()
        self.likes.add_wanted.connect(self._on_like)
        self.others.add_wanted.connect(self._on_other)
        self.likes.removed.connect(self._on_likes)
        self.others.removed.connect(self._on_others)
        self.name.returnPressed.connect(self.make)
        self.make_button.clicked.connect(self.make)
        self.clear_button.clicked.connect(self._on_clear)
        exploration.rendered.connect(self._on_rendered)
        exploration.session.project_closed.connect(self._on_project_closed)
        self.put(Groups())

    def _lay_out(self) -> None:
        hint = Caption(
            self.tr("One picture is enough. With none on the other side, the average is left.")
        )
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.make_button)
        line.addWidget(self.clear_button)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.likes, 0, 0)
        grid.addWidget(self.others, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(line, 1, 0, 1, 2)
        grid.addWidget(hint, 2, 0, 1, 2)

    def points(self) -> tuple[Point, ...]:
        """Return the points of both groups."""
        return self.groups.likes + self.groups.others

    def put(self, groups: Groups) -> None:
        """Show other groups, with no way back."""
        self.groups = groups
        self.likes.set_points(groups.likes)
        self.others.set_points(groups.others)
        self._update_buttons()
        self.draw()

    def _change(self, groups: Groups, text: str) -> None:
        if groups != self.groups:
            step = Change(text, self.put, self.groups, groups)
            self._exploration.session.undo.push(step)

    def _update_buttons(self) -> None:
        self.make_button.setEnabled(bool(self.groups.likes) and self._run is None)
        self.clear_button.setEnabled(bool(self.points()))

    @Slot()
    def draw(self) -> None:
        """Ask for the small pictures."""
        path, points = self._exploration.path, self.points()
        if path is not None and points and self.isVisible():
            self._exploration.previewer.show(path, points, GROUPS, is_glance=True)

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        if result.tag == GROUPS and result.points == self.points() and result.pixels is not None:
            pictures = [image_of(each) for each in result.pixels]
            first = len(self.groups.likes)
            self.likes.set_pictures(pictures[:first])
            self.others.set_pictures(pictures[first:])

    @Slot()
    def _on_like(self) -> None:
        likes = _joined(self.groups.likes, self._exploration.point)
        self._change(replace(self.groups, likes=likes), self.tr("Add a picture to a group"))

    @Slot()
    def _on_other(self) -> None:
        others = _joined(self.groups.others, self._exploration.point)
        self._change(replace(self.groups, others=others), self.tr("Add a picture to a group"))

    @Slot(object)
    def _on_likes(self, points: tuple[Point, ...]) -> None:
        self._change(replace(self.groups, likes=points), self.tr("Take out a picture"))

    @Slot(object)
    def _on_others(self, points: tuple[Point, ...]) -> None:
        self._change(replace(self.groups, others=points), self.tr("Take out a picture"))

    @Slot()
    def _on_clear(self) -> None:
        self._change(Groups(), self.tr("Empty both groups"))

    # Making

    @Slot()
    def make(self) -> None:
        """Make a gene of the two groups."""
        path, groups = self._exploration.path, self.groups
        if path is None or not groups.likes or self._run is not None:
            return
        number = len(self._shelf.book.own) + 1
        usual = self.tr("My gene {number}").format(number=number)
        self._wanted_name = plain_name(self.name.text()) or usual
        job = make_gene(path, groups.likes, groups.others)
        self._run = self._exploration.session.begin(job, "make a gene", announce=False)
        self._run.reported.connect(self._on_made)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)
        self._update_buttons()

    @Slot(object)
    def _on_made(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Made):
                own = self._shelf.add_own(self._wanted_name, record.vector)
                self.name.clear()
                if own is not None:
                    self.made.emit(own.key)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.told.emit(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self._update_buttons()

    @Slot()
    def _on_project_closed(self) -> None:
        self.put(Groups())


def _joined(points: tuple[Point, ...], point: Point) -> tuple[Point, ...]:
    return points if point in points else (*points, point)
