"""What is chosen on the Stylize page, as a record, and the way back to what was chosen before."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ganart.engine.style.looks import Colour, Ingredient, Look, LookKind
from ganart.workers.paintings import PaintStyle
from ganart.workers.undo_step import UndoStep

_UNDO_STEPS = 200


@dataclass(frozen=True)
class LookChoice:
    """A kind of look with the ingredients of each kind, so that changing the kind loses nothing."""

    kind: LookKind = "picture"
    paintings: tuple[PaintStyle, ...] = ()
    built_in: tuple[str, ...] = ()
    """Keys of built-in looks, mixed in equal parts."""
    brush: Path | None = None
    strength: float = 1.0
    colour: Colour = "style"

    def look(self) -> Look | None:
        """Return what to stylize with; None where nothing is chosen."""
        ingredients: tuple[Ingredient, ...]
        if self.kind == "picture":
            ingredients = tuple(
                Ingredient(str(each.path), each.weight) for each in self.paintings if each.weight
            )
        elif self.kind == "built-in":
            ingredients = tuple(Ingredient(key) for key in self.built_in)
        else:
            ingredients = (Ingredient(str(self.brush)),) if self.brush is not None else ()
        if not ingredients:
            return None
        return Look(self.kind, ingredients, self.strength, self.colour)


@dataclass(frozen=True)
class Choice:
    """Everything that the page for one photo asks."""

    photo: Path | None = None
    look: LookChoice = LookChoice()
    scale: float = 1.0
    """Size of the style beside the photo, for painting."""


class _Change(UndoStep):
    """From one choice to another; changes of the same control run together into one."""

    def __init__(self, history: "ChoiceHistory", fresh: Choice, control: str) -> None:
        super().__init__()
        self._history = history
        self._before = history.now
        self.after = fresh
        self.control = control

    def id(self) -> int:
        return 1 if self.control else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(other, _Change) or other.control != self.control:
            return False
        self.after = other.after
        return True

    def go_back(self) -> None:
        self._history.put(self._before)

    def go_on(self) -> None:
        self._history.put(self.after)


class ChoiceHistory(QObject):
    """The choice of now and those before it."""

    changed = Signal(object)
    """The `Choice` that holds now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = Choice()
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_UNDO_STEPS)

    def change(self, fresh: Choice, control: str = "") -> None:
        """Choose anew; changes in a row of one `control`, such as a slider, are one step back."""
        if fresh != self.now:
            self.stack.push(_Change(self, fresh, control))

    def begin(self, fresh: Choice) -> None:
        """Choose anew, with no way back."""
        self.stack.clear()
        self.put(fresh)

    def put(self, choice: Choice) -> None:
        """Let a choice hold; for the steps of the history."""
        self.now = choice
        self.changed.emit(choice)
