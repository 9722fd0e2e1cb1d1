"""The Breed tab: parents, their children, and the way from one generation to the next."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ganart.media.breeding_board import Board
from ganart.media.family import PARENTS, Litter
from ganart.media.point import Point
from ganart.ui.pages.explore.breed_brood import Brood
from ganart.ui.pages.explore.breed_dials import BreedDials
from ganart.ui.pages.explore.breed_pictures import PointPictures
from ganart.ui.pages.explore.breed_tiles import Tiles
from ganart.ui.pages.explore.breed_tray import ParentsTray
from ganart.ui.pages.explore.breed_tree import FamilyTree
from ganart.ui.pages.explore.easel import random_seed
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.undo import Change
from ganart.ui.widgets import words
from ganart.ui.widgets.text import Caption
from ganart.workers.boards import BoardKeeper


class BreedTab(QWidget):
    """A tray of parents over a grid of children, or over the family tree."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self.board = Board()
        self.brood = Brood(self)
        self.keeper = BoardKeeper(exploration.session, self)
        self.pictures = PointPictures(exploration, self)
        self.tray = ParentsTray(self.pictures)
        self.dials = BreedDials()
        self.breed_button = QPushButton()
        self.breed_button.setToolTip(self.tr("Ctrl+Enter"))
        self.marked_button = QPushButton(self.tr("Breed the &marked"))
        self.tree_button = QPushButton(self.tr("Famil&y tree"))
        self.tree_button.setCheckable(True)
        self.caption = Caption()
        self.grid = Tiles(
            self.tr("Children"),
            self.tr("Enter: look at it. Space: mark it as a parent."),
            self.pictures,
        )
        self.tree = FamilyTree(self.pictures)
        self.trouble = QLabel()
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        self.trouble.setWordWrap(True)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.stack = QStackedWidget()
        for widget in (self.grid, self.trouble, self.tree):
            self.stack.addWidget(widget)
        going_on = QHBoxLayout()
        for button in (self.breed_button, self.marked_button):
            going_on.addWidget(button)
        going_on.addStretch(1)
        going_on.addWidget(self.tree_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tray)
        column.addWidget(self.dials)
        column.addLayout(going_on)
        column.addWidget(self.caption)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tray.add_button.clicked.connect(self.add)
        self.tray.removal_wanted.connect(self.remove)
        self.tray.tiles.chosen.connect(self._on_parent_chosen)
        self.tray.tiles.dropped.connect(self.add_point)
        self.breed_button.clicked.connect(self.breed)
        shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.breed)
        self.marked_button.clicked.connect(self.breed_marked)
        self.tree_button.toggled.connect(self._show)
        self.grid.chosen.connect(self._on_child_chosen)
        self.grid.marked.connect(self.mark)
        self.tree.opened.connect(self.open_litter)
        self.pictures.failed.connect(self._on_failed)
        self.keeper.recalled.connect(self._on_recalled)
        self._exploration.model_changed.connect(self._on_model)
        self._exploration.rendered.connect(self._on_rendered)
        self._exploration.session.project_closed.connect(self._on_project_closed)

    # Parents

    @Slot()
    def add(self) -> None:
        """Take the picture of the easel as a parent."""
        self.add_point(self._exploration.point)

    @Slot(object)
    def add_point(self, point: Point) -> None:
        """Take a point as a parent, if it is not one and there is room."""
        tray = self.board.tray
        if point not in tray and len(tray) < PARENTS[1]:
            self._change(replace(self.board, tray=(*tray, point)), self.tr("Add a parent"))

    @Slot(int)
    def remove(self, place: int) -> None:
        """Take a parent out."""
        tray = self.board.tray
        rest = tray[:place] + tray[place + 1 :]
        self._change(replace(self.board, tray=rest), self.tr("Take a parent out"))

    @Slot(int)
    def _on_parent_chosen(self, place: int) -> None:
        self._exploration.look_at(self.board.tray[place], self.tr("Look at a parent"))

    # Litters

    @Slot()
    def breed(self) -> None:
        """Make a new litter of the parents in the tray."""
        if len(self.board.tray) >= PARENTS[0]:
            litter = self.board.litter
            is_again = litter is not None and litter.parents == self.board.tray
            # A second litter of the same parents is a sister of the first, not its child.
            origin = litter.origin if litter is not None and is_again else self.board.shown
            self._breed(self.board.tray, origin)

    @Slot()
    def breed_marked(self) -> None:
        """Go on with the marked children as parents."""
        marked = [each for each in self.board.marked if each < len(self.brood.points)]
        if len(marked) >= PARENTS[0]:
            self._breed(tuple(self.brood.points[each] for each in marked), self.board.shown)

    def _breed(self, parents: tuple[Point, ...], origin: int) -> None:
        dials = self.dials
        litter = Litter(
            parents,
            random_seed(),
            dials.wildness.value() / 100,
            dials.kind(),
            dials.count(),
            origin=origin,
        )
        family = self.board.family.with_litter(litter)
        number = family.litters[-1].number
        self.tree_button.setChecked(False)
        self._change(Board(parents, family, number), self.tr("Breed"))

    @Slot(int)
    def mark(self, place: int) -> None:
        """Choose a child as a parent of the next litter, or no longer."""
        marked = self.board.marked
        if place in marked:
            fresh = tuple(each for each in marked if each != place)
        elif len(marked) < PARENTS[1]:
            fresh = (*marked, place)
        else:
            text = self.tr("At most {count} parents.").format(count=words.count(PARENTS[1]))
            self._exploration.session.notice.emit(text)
            return
        self._change(replace(self.board, marked=fresh), self.tr("Mark a child"))

    @Slot(int)
    def open_litter(self, number: int) -> None:
        """Go to an older litter, to branch from it."""
        litter = self.board.family.find(number)
        if litter is not None:
            self.dials.show_litter(litter)
            self.tree_button.setChecked(False)
            board = Board(litter.parents, self.board.family, number)
            if board != self.board:
                self._change(board, self.tr("Go to a litter"))
            self.grid.setFocus()

    @Slot(int)
    def _on_child_chosen(self, place: int) -> None:
        self._exploration.look_at(self.brood.points[place], self.tr("Look at a child"))

    def points(self) -> tuple[Point, ...]:
        """Return the children that are seen; none beside the family tree."""
        return self.brood.points if self.stack.currentWidget() is self.grid else ()

    # State

    def _change(self, board: Board, text: str) -> None:
        self._exploration.session.undo.push(Change(text, self._put, self.board, board))

    def _put(self, board: Board) -> None:
        self.board = board
        self.keeper.keep(board)
        self._show()

    @Slot(object)
    def _on_recalled(self, board: Board) -> None:
        self.board = board
        if board.litter is not None:
            self.dials.show_litter(board.litter)
        self._show()

    @Slot()
    def _on_project_closed(self) -> None:
        self.board = Board()
        self._show()

    @Slot()
    def _on_model(self) -> None:
        self.brood.forget()
        self._on_rendered()

    @Slot()
    def _on_rendered(self) -> None:
        info = self._exploration.info
        size = info.config.latent_size if info is not None else 0
        if not self.brood.is_of(self.board.litter, size):
            self.brood.size = size
            self._show()

    # What is seen

    @Slot()
    def _show(self) -> None:
        board, litter = self.board, self.board.litter
        self.brood.bear(litter)
        self.trouble.setText(self.brood.trouble)
        self.tray.show_points(board.tray)
        self.grid.show_points(self.brood.points, marks=board.marked)
        self.tree.show_family(board.family, board.shown)
        shows_tree = self.tree_button.isChecked()
        page = self.grid if self.brood.points else self.trouble
        self.stack.setCurrentWidget(self.tree if shows_tree else page)
        is_again = litter is not None and litter.parents == board.tray
        self.breed_button.setText(self.tr("Breed again") if is_again else self.tr("Breed"))
        self.breed_button.setEnabled(len(board.tray) >= PARENTS[0])
        self.marked_button.setEnabled(len(board.marked) >= PARENTS[0])
        self.tree_button.setEnabled(shows_tree or bool(board.family.litters))
        self.caption.setText(self._told(litter))
        self._draw()

    def _told(self, litter: Litter | None) -> str:
        if litter is None:
            return ""
        text = self.tr(
            "Generation {generation}. Click a child to look at it, Ctrl+click or Space to mark it."
        )
        return text.format(generation=words.count(self.board.family.generation(litter) + 1))

    def _draw(self) -> None:
        if not self.isVisible():
            return
        points = [*self.board.tray, *self.brood.points]
        self.pictures.want(self.tree.points() if self.tree_button.isChecked() else points)

    @Slot(str)
    def _on_failed(self, text: str) -> None:
        self.brood.fail(text)
        self.trouble.setText(text)
        if not self.tree_button.isChecked():
            self.stack.setCurrentWidget(self.trouble)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw; nothing is drawn while hidden, so that trainings have the computer."""
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more."""
        super().hideEvent(event)
        self.pictures.want(())
