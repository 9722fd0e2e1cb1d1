"""The base of all steps of the undo stacks."""

import sys
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


class UndoStep(QUndoCommand):
    """A step that can be taken back and done again.

    What it raises is told like any fault that nobody caught. Raised through Qt it would leave a
    macro open for ever, and can end the program.
    """

    def redo(self) -> None:
        """Do it, as Qt asks for it."""
        _guarded(self.go_on)

    def undo(self) -> None:
        """Take it back, as Qt asks for it."""
        _guarded(self.go_back)

    def go_on(self) -> None:
        """Let the state after the step hold; for children to fill."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Let the state before the step hold; for children to fill."""
        raise NotImplementedError


def _guarded(act: Callable[[], object]) -> None:
    try:
        act()
    except Exception as error:  # whatever it is must not reach Qt
        sys.excepthook(type(error), error, error.__traceback__)
