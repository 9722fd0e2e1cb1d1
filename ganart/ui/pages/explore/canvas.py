"""The Canvas tab: a map of all seeds and one of anchors, with bookmarks and paths."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ganart.media import lattice
from ganart.media.lattice import Place
from ganart.media.point import Part, Point
from ganart.media.recipe import MAX_POINTS
from ganart.ui.pages.explore.canvas_actions import CanvasActions
from ganart.ui.pages.explore.canvas_anchors import AnchorDesk
from ganart.ui.pages.explore.canvas_board import BoardKeeper
from ganart.ui.pages.explore.canvas_bookmarks import BookmarkDesk
from ganart.ui.pages.explore.canvas_edits import BoardEdits
from ganart.ui.pages.explore.canvas_grounds import AnchorGround, Ground, SeedGround, SheetGround
from ganart.ui.pages.explore.canvas_line import CanvasLine
from ganart.ui.pages.explore.canvas_map import MapView
from ganart.ui.pages.explore.canvas_modes import ANCHORS, SEEDS, SHEET, ModeBar
from ganart.ui.pages.explore.canvas_paths import PathDesk
from ganart.ui.pages.explore.canvas_shelf import Shelf
from ganart.ui.pages.explore.canvas_thumbs import Thumbs
from ganart.ui.pages.explore.easel import PICTURE, random_seed
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.widgets.buttons import action_button
from ganart.ui.widgets.images import image_of
from ganart.workers.previews import PreviewResult

_SLOW_S = 0.06
"""A picture that took longer is stood in for by the small ones around it."""


class CanvasTab(QWidget):
    """Its middle is the point that is looked at, wherever that lies on the map."""

    path_wanted = Signal(object)
    """A tuple of points through which a loop is to go."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._seeds = SeedGround(exploration.point)
        self._anchors = AnchorGround(())
        self._sheet = SheetGround((exploration.point,), 1)
        self._places: dict[str, Place] = {}
        self._path = exploration.path
        self._ways = 0
        self._asked_at = time.perf_counter()
        self._is_slow = False
        self.mode = SEEDS
        self.keeper = BoardKeeper(exploration.session, self)
        self.edits = BoardEdits(self.keeper, self)
        self.thumbs = Thumbs(exploration, self)
        self.map = MapView(self._seeds, self.thumbs)
        self.map.setAccessibleName(self.tr("Map of pictures"))
        self.commands = CanvasActions(self, self.map)
        self.modes = ModeBar()
        self.line = CanvasLine(self.map)
        self.bookmark_shelf = Shelf(self.tr("Bookmarks"), self.thumbs)
        of_an_anchor = self.commands.of_an_anchor
        self.bookmarks = BookmarkDesk(
            exploration, self.map, self.edits, self.bookmark_shelf, self.commands
        )
        self.anchor_shelf = Shelf(self.tr("Anchors"), self.thumbs, of_an_anchor)
        self.anchors = AnchorDesk(
            exploration, self.map, self.edits, self.anchor_shelf, self.commands
        )
        self.paths = PathDesk(self.map, self.edits, self.commands)
        self._lay_out()
        self._connect()
        self._on_model()
        self._on_board()
        self.set_mode(SEEDS)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.modes, 1)
        for number, group in enumerate(self.commands.bar()):
            line.addSpacing(10 if number else 0)
            for action in group:
                line.addWidget(action_button(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.map, 1)
        column.addWidget(self.line)
        column.addWidget(self.bookmark_shelf)
        column.addWidget(self.anchor_shelf)
        self.setTabOrder(self.modes, self.map)

    def _connect(self) -> None:
        commands = self.commands
        for action, do in (
            (commands.dice, self.go_to_random_seed),
            (commands.zoom_in, self.map.zoom_in),
            (commands.zoom_out, self.map.zoom_out),
            (commands.zoom_usual, self.map.reset_zoom),
        ):
            action.triggered.connect(do)
        self.map.moved.connect(self.go_to)
        self.modes.chosen.connect(self.set_mode)
        self.modes.tabBarClicked.connect(self.map.setFocus)
        self.paths.wanted.connect(self.path_wanted)
        self.anchors.put_down.connect(self._on_anchor_put)
        self.bookmarks.kept.connect(self._on_bookmark_kept)
        self.keeper.changed.connect(self._on_board)
        self._exploration.point_changed.connect(self._on_point)
        self._exploration.model_changed.connect(self._on_model)
        self._exploration.rendered.connect(self._on_rendered)
        self._exploration.session.project_closed.connect(self._on_project_closed)

    # The map

    @Slot(str)
    def set_mode(self, mode: str) -> None:
        """Show another map; the point that is looked at stays."""
        self._places[self.mode] = self.map.place
        self.mode = mode
        self.modes.show_mode(mode)
        grounds: dict[str, Ground] = {
            SEEDS: self._seeds,
            ANCHORS: self._anchors,
            SHEET: self._sheet,
        }
        self.map.set_ground(grounds[mode], anew=True)
        self.map.set_place(self._places.get(mode, (0.0, 0.0)))
        self._show_message()
        self._refresh()
        self._on_point()

    @Slot(object, bool)
    def go_to(self, place: Place, begins: bool) -> None:
        """Look at a place of the map; ways in a row that do not begin anew are one step back."""
        point = self.map.ground.point_at(place)
        if point is None or self.map.message:
            return
        self._ways += begins
        if self.mode == ANCHORS:
            self._anchors.visit(place)
        self.map.set_place(place)
        self.map.is_on_map = True
        way = f"map {self._ways}"
        self._exploration.look_at(point, self.tr("Move on the map"), way)
        self.line.tell_place()

    @Slot()
    def go_to_random_seed(self) -> None:
        """Go to a seed by chance."""
        if self.mode != SEEDS:
            self.set_mode(SEEDS)
        self.go_to(lattice.place_of_seed(random_seed()), True)

    @Slot()
    def _on_point(self) -> None:
        point = self._exploration.point
        manner = replace(point, parts=(Part(0),))
        if manner != self._seeds.manner:
            self._seeds = SeedGround(point)
            if self.mode == SEEDS:
                self.map.set_ground(self._seeds)
        place = self.map.place
        if self.map.ground.point_at(place) != point:
            found = self.map.ground.place_of(point, place)
            self.map.is_on_map = found is not None
            place = found or place
        else:
            self.map.is_on_map = True
        self.map.set_place(place)
        self._asked_at = time.perf_counter()
        if self._is_slow:
            self.map.set_picture(None)
        self.line.tell_place()

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        if result.tag != PICTURE:
            return
        pixels = result.pixels
        self.map.set_picture(QPixmap.fromImage(image_of(pixels[0])) if pixels is not None else None)
        if result.points[0] == self._exploration.point:
            self._is_slow = time.perf_counter() - self._asked_at > _SLOW_S

    @Slot()
    def _on_model(self) -> None:
        self._asked_at = time.perf_counter()
        if self._exploration.path != self._path:  # of another model nothing is to be seen any more
            self._path = self._exploration.path
            self.map.set_ground(self.map.ground, anew=True)
            self.map.set_picture(None)
        self._show_message()
        self.line.tell_place()
        self.paths.refresh()

    def _show_message(self) -> None:
        self.map.message = ""
        if self._exploration.path is None:
            self.map.message = self.tr("Here lie all pictures of a model, once there is one.")
        elif self.mode == ANCHORS and not self._anchors.anchors:
            self.map.message = self.tr(
                "Put pictures that you like here as anchors, and what lies between them is their "
                "mix.\n\nLook at a picture, then press A, or the button with the pin."
            )
        self.map.update()

    # The board

    @Slot()
    def _on_board(self) -> None:
        board = self.keeper.board
        if board.anchors != self._anchors.anchors:
            follows = self.mode == ANCHORS and self.map.is_on_map and self._anchors.anchors
            self._anchors = AnchorGround(board.anchors)
            if self.mode == ANCHORS:
                self.map.set_ground(self._anchors)
                self._show_message()
                if follows:
                    self._follow()
        self._refresh()
        self.map.also = (*self.bookmark_shelf.points(), *self.anchor_shelf.points())
        self.map.want_soon()
        self.line.tell_place()

    def _refresh(self) -> None:
        """Show what is kept as it is: anchors on their map, bookmarks beside the others."""
        self.bookmarks.refresh()
        self.anchors.refresh()
        self.paths.refresh()

    def _follow(self) -> None:
        """Look at what lies in the middle now that anchors have changed: a part of that step."""
        point = self._anchors.point_at(self.map.place)
        if point is not None and point != self._exploration.point:
            self._anchors.visit(self.map.place)
            self._exploration.put(point)

    @Slot(int)
    def _on_anchor_put(self, number: int) -> None:
        if number < 0:
            self.line.tell(self.tr("There are as many anchors as fit: remove one first."))
        elif self.mode != ANCHORS:
            text = self.tr("“{name}” lies on the map of anchors now.")
            self.line.tell(text.format(name=self.edits.anchors[number].name))

    @Slot(str)
    def _on_bookmark_kept(self, name: str) -> None:
        self.line.tell(self.tr("Kept as a bookmark: “{name}”").format(name=name))

    # Sheets

    def points(self) -> list[Point]:
        """Return the points of the pictures that are whole in view, those of a sheet all."""
        if self.mode == SHEET:
            return list(self._sheet.points)
        columns, rows = self.map.grid(MAX_POINTS)
        points = [self.map.point_of((column, row)) for row in rows for column in columns]
        found = [point for point in points if point is not None]
        return found or [self._exploration.point]

    def columns(self) -> int:
        """Return in how many columns `points` lie."""
        if self.mode == SHEET:
            return self._sheet.columns
        return max(1, len(self.map.grid(MAX_POINTS)[0]))

    def set_points(self, points: Sequence[Point], columns: int = 0) -> None:
        """Show the pictures of a sheet, as a map of their own; 0 columns are as they fit."""
        self._sheet = SheetGround(points, columns or _columns_of(points))
        self._places.pop(SHEET, None)
        if self.mode == SHEET:
            self.mode = SEEDS
        self.set_mode(SHEET)

    @Slot()
    def _on_project_closed(self) -> None:
        self.set_mode(SEEDS)
        self._places.clear()
        self.modes.forget_sheet()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done on the map."""
        if not self.map.geometry().contains(event.pos()):
            return
        menu = QMenu(self)
        for group in self.commands.menu():
            menu.addActions([action for action in group if action.isEnabled()])
            menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def _columns_of(points: Sequence[Point]) -> int:
    """Return the columns of a sheet: as its seeds lie on the map of seeds, else about a square."""
    places = [lattice.place_of(point.parts) for point in points]
    in_row = 1
    for before, after in pairwise(places):
        if before is None or after is None or after != (before[0] + 1, before[1]):
            break
        in_row += 1
    if in_row > 1 and len(points) % in_row == 0:
        return in_row
    return math.ceil(math.sqrt(len(points)))
