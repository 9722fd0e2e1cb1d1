"""A step that fails is told, and the stack goes on."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from ganart.ui.undo import Change
from ganart.workers import undo_step

PACKAGE = Path(undo_step.__file__).parents[1]


class Puts:
    """Lets numbers hold, but refuses those below zero."""

    def __init__(self) -> None:
        self.now = 0

    def put(self, number: int) -> None:
        if number < 0:
            raise ValueError(f"{number} is below zero")
        self.now = number


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is told of faults that nobody caught."""
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _frames: told.append(str(error)))
    return told


def test_a_step_that_fails_is_told_and_the_next_ones_work(qtbot: QtBot, told: list[str]) -> None:
    stack, puts = QUndoStack(), Puts()
    stack.push(Change("down", puts.put, 0, -1))
    stack.push(Change("up", puts.put, 0, 5))
    assert (puts.now, told) == (5, ["-1 is below zero"])
    stack.undo()
    stack.undo()
    stack.redo()
    assert (puts.now, stack.index()) == (0, 1)
    assert told == ["-1 is below zero"] * 2


def test_a_fault_leaves_no_macro_open(qtbot: QtBot, told: list[str]) -> None:
    stack, puts = QUndoStack(), Puts()
    stack.beginMacro("both")
    stack.push(Change("down", puts.put, 0, -1))
    stack.push(Change("up", puts.put, 0, 5))
    stack.endMacro()
    assert stack.canUndo()
    stack.undo()
    assert puts.now == 0
    assert len(told) == 1


def test_every_step_of_the_studio_is_guarded() -> None:
    others = [
        path.name
        for path in sorted(PACKAGE.rglob("*.py"))
        if re.search(r"class \w+\(QUndoCommand\)", path.read_text("utf-8"))
        and path != Path(undo_step.__file__)
    ]
    assert others == []
