"""The loop that is composed, and which of its keyframes is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from ganart.media.composition import MAX_KEYFRAMES, Composition
from ganart.media.point import Point
from ganart.ui.pages.explore import loop_edits as edits
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.undo import Change


class LoopBoard(QObject):
    """Every edit is a step on the project's undo stack."""

    changed = Signal()
    """Another loop; `composition` is the new one."""
    edited = Signal()
    """The change was made by the artist, and is to be kept."""
    choice_wanted = Signal(int)
    """A keyframe that is to be chosen."""

    def __init__(self, exploration: Exploration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self.composition: Composition | None = None
        self.row = -1
        """The number of the chosen keyframe; -1 for none."""

    @property
    def last(self) -> int:
        """The number of the last keyframe; -1 for none."""
        return len(self.composition.keyframes) - 1 if self.composition else -1

    def moves(self) -> bool:
        """Whether there is a way to go: between two pictures, or on a circle."""
        return self.last > 0 or (self.composition is not None and self.composition.path == "circle")

    def put(self, composition: Composition | None) -> None:
        """Show a loop, with no way back."""
        self.composition = composition
        self.row = min(self.row, self.last)
        self.changed.emit()

    def change(self, composition: Composition | None, text: str, control: str = "") -> None:
        """Replace the loop; `text` and `control` as for `Change`."""
        if composition != self.composition:
            step = Change(text, self._put_edited, self.composition, composition, control)
            self._exploration.session.undo.push(step)

    def append(self, points: Sequence[Point], text: str) -> None:
        """Add points at the end."""
        if points and self._has_room():
            self.change(edits.appended(self.composition, points), text)
            self.choice_wanted.emit(self.last)

    def insert(self, point: Point, at: float, text: str) -> None:
        """Add a point at a time."""
        if self.composition is None:
            self.append([point], text)
        elif self._has_room():
            composition, row = edits.inserted(self.composition, point, at)
            self.change(composition, text)
            self.choice_wanted.emit(row)

    @Slot()
    def duplicate(self) -> None:
        """Show the chosen picture once more, soon after."""
        if self.composition is not None and self.row >= 0:
            chosen = self.composition.keyframes[self.row]
            self.insert(chosen.point, chosen.at, self.tr("Duplicate in the loop"))

    @Slot()
    def replace(self) -> None:
        """Put the point that is looked at in the place of the chosen one."""
        self.edit(self.tr("Replace in the loop"), point=self._exploration.point)

    @Slot()
    def remove(self) -> None:
        """Take the chosen picture out."""
        if self.composition is not None and self.row >= 0:
            rest = edits.removed(self.composition, self.row)
            self.change(rest, self.tr("Remove from the loop"))

    @Slot()
    def clear(self) -> None:
        """Begin anew."""
        self.change(None, self.tr("Clear the loop"))

    @Slot()
    def exchange_earlier(self) -> None:
        """Exchange the chosen picture with the one before."""
        self._exchange(-1)

    @Slot()
    def exchange_later(self) -> None:
        """Exchange the chosen picture with the one after."""
        self._exchange(1)

    @Slot()
    def spread(self) -> None:
        """Give all the same time."""
        if self.composition is not None:
            self.change(edits.spread(self.composition), self.tr("Even out the loop"))

    def retime(self, row: int, at: float) -> None:
        """Move a keyframe to another time, as far as its neighbours let it."""
        if self.composition is not None:
            moved = edits.retimed(self.composition, row, at)
            self.change(moved, self.tr("Move in the loop"), f"loop time {row}")

    def edit(self, text: str, control: str = "", **values: object) -> None:
        """Change values of the chosen keyframe."""
        if self.composition is not None and self.row >= 0:
            self.change(edits.changed(self.composition, self.row, **values), text, control)

    def _exchange(self, way: int) -> None:
        other = self.row + way
        if self.composition is not None and self.row >= 0 and 0 <= other <= self.last:
            swapped = edits.swapped(self.composition, self.row, other)
            self.change(swapped, self.tr("Reorder the loop"))
            self.choice_wanted.emit(other)

    def _has_room(self) -> bool:
        return self.last + 1 < MAX_KEYFRAMES

    def _put_edited(self, composition: Composition | None) -> None:
        self.put(composition)
        self.edited.emit()
