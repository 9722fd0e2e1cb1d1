"""Steps that can be taken back, for any part of the window that keeps its state as one value."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

from ganart.workers.undo_step import UndoStep


class Change(UndoStep):
    """From one state to another; changes in a row of one control run together into one.

    `put` lets a state hold. It is called when the step is pushed, taken back and done again, and
    must be a bound method or a function that compares equal to itself.
    """

    def __init__(
        self,
        text: str,
        put: Callable[[Any], object],
        before: object,
        after: object,
        control: str = "",
    ) -> None:
        """`text` says in words what is done; `control` names the slider or the like that does it,
        or is empty for a step of its own.
        """
        super().__init__(text)
        self.put = put
        self._before = before
        self.after = after
        self.control = control

    def id(self) -> int:
        """Say whether this can run together with the step before, as Qt asks it."""
        return 1 if self.control else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Take over what the next step leads to if it is of the same control."""
        if not isinstance(other, Change) or (other.control, other.put) != (
            self.control,
            self.put,
        ):
            return False
        self.after = other.after
        return True

    def go_back(self) -> None:
        """Go back."""
        self.put(self._before)

    def go_on(self) -> None:
        """Go on."""
        self.put(self.after)
