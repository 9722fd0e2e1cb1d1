"""What an artist does to the board, each as a step that can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from ganart.media.board import (
    FARTHEST,
    MAX_ANCHORS,
    MAX_BOOKMARKS,
    MAX_STOPS,
    Anchor,
    Bookmark,
    free_place,
    resampled,
)
from ganart.media.lattice import Place
from ganart.media.point import Point
from ganart.ui.pages.explore.canvas_board import BoardKeeper

COLOURS = (
    "#e8873a",
    "#4aa3df",
    "#6abf69",
    "#d65a8b",
    "#e3c84b",
    "#9b7bd4",
    "#3fb5a3",
    "#c65447",
)
"""Of new anchors, in turn; well apart also for people who see red and green alike."""


class BoardEdits(QObject):
    """Changes the board of a keeper."""

    def __init__(self, keeper: BoardKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The anchors."""
        return self._keeper.board.anchors

    # Anchors

    def add_anchor(self, point: Point, wanted: Place) -> int:
        """Put an anchor near a place; returns its number, or -1 if there are too many."""
        if len(self.anchors) >= MAX_ANCHORS:
            return -1
        name = self.tr("Anchor {number}").format(number=self._number())
        anchor = Anchor(name, self._colour(), free_place(self.anchors, wanted), point)
        self._put_anchors((*self.anchors, anchor), self.tr("Put an anchor"))
        return len(self.anchors) - 1

    def copy_anchor(self, number: int) -> int:
        """Put the same anchor beside it; returns its number, or -1 if there are too many."""
        if len(self.anchors) >= MAX_ANCHORS:
            return -1
        anchor = self.anchors[number]
        copy = replace(anchor, colour=self._colour(), place=free_place(self.anchors, anchor.place))
        self._put_anchors((*self.anchors, copy), self.tr("Duplicate an anchor"))
        return len(self.anchors) - 1

    def move_anchor(self, number: int, place: Place, control: str) -> None:
        """Put an anchor elsewhere; moves in a row of one `control` are one step back."""
        x, y = (min(FARTHEST, max(-FARTHEST, each)) for each in place)
        moved = replace(self.anchors[number], place=(x, y))
        self._replace(number, moved, self.tr("Move an anchor"), control)

    def rename_anchor(self, number: int, name: str) -> None:
        """Name an anchor."""
        self._replace(number, replace(self.anchors[number], name=name), self.tr("Rename an anchor"))

    def colour_anchor(self, number: int, colour: str) -> None:
        """Give an anchor another colour, as "#rrggbb"."""
        painted = replace(self.anchors[number], colour=colour)
        self._replace(number, painted, self.tr("Colour an anchor"))

    def remove_anchor(self, number: int) -> None:
        """Take an anchor away."""
        rest = (*self.anchors[:number], *self.anchors[number + 1 :])
        self._put_anchors(rest, self.tr("Remove an anchor"))

    def _replace(self, number: int, anchor: Anchor, text: str, control: str = "") -> None:
        rest = self.anchors
        self._put_anchors((*rest[:number], anchor, *rest[number + 1 :]), text, control)

    def _put_anchors(self, anchors: tuple[Anchor, ...], text: str, control: str = "") -> None:
        self._keeper.change(replace(self._keeper.board, anchors=anchors), text, control)

    def _number(self) -> int:
        names = {anchor.name for anchor in self.anchors}
        number = len(names) + 1
        while self.tr("Anchor {number}").format(number=number) in names:
            number += 1
        return number

    def _colour(self) -> str:
        used = [anchor.colour for anchor in self.anchors]
        return min(COLOURS, key=used.count)

    # Bookmarks

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The bookmarks as they are, the newest first."""
        return self._keeper.board.bookmarks

    def add_bookmark(self, name: str, point: Point) -> None:
        """Keep a point; the newest comes first, and of too many the oldest goes."""
        kept = (Bookmark(name, point), *self.bookmarks)[:MAX_BOOKMARKS]
        self._put_bookmarks(kept, self.tr("Keep a bookmark"))

    def rename_bookmark(self, number: int, name: str) -> None:
        """Name a bookmark."""
        kept = list(self.bookmarks)
        kept[number] = replace(kept[number], name=name)
        self._put_bookmarks(kept, self.tr("Rename a bookmark"))

    def remove_bookmark(self, number: int) -> None:
        """Forget a bookmark."""
        kept = list(self.bookmarks)
        del kept[number]
        self._put_bookmarks(kept, self.tr("Remove a bookmark"))

    def _put_bookmarks(self, bookmarks: Sequence[Bookmark], text: str) -> None:
        self._keeper.change(replace(self._keeper.board, bookmarks=tuple(bookmarks)), text)

    # Paths

    def path(self, is_of_anchors: bool) -> tuple[Place, ...]:
        """Return the path across one of the maps."""
        board = self._keeper.board
        return board.anchor_path if is_of_anchors else board.seed_path

    def extend_path(self, is_of_anchors: bool, stops: Sequence[Place]) -> None:
        """Let a path go on through some places."""
        path = (*self.path(is_of_anchors), *stops)
        self._put_path(is_of_anchors, resampled(path, MAX_STOPS), self.tr("Draw a path"))

    def drop_stop(self, is_of_anchors: bool) -> None:
        """Take the last place off a path."""
        path = self.path(is_of_anchors)[:-1]
        self._put_path(is_of_anchors, path, self.tr("Shorten the path"))

    def clear_path(self, is_of_anchors: bool) -> None:
        """Remove a path."""
        self._put_path(is_of_anchors, (), self.tr("Remove the path"))

    def _put_path(self, is_of_anchors: bool, path: tuple[Place, ...], text: str) -> None:
        board = self._keeper.board
        after = (
            replace(board, anchor_path=path) if is_of_anchors else replace(board, seed_path=path)
        )
        self._keeper.change(after, text)
