"""Two parts of a page beside one another."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_HANDLE_PX = 20
_EQUAL = 10_000
"""A splitter shares what it has in the proportion of such numbers."""


def side_by_side(first: QWidget, second: QWidget) -> QSplitter:
    """Return both with a handle between them; neither can be moved out of sight."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(_HANDLE_PX)
    splitter.addWidget(first)
    splitter.addWidget(second)
    return splitter


def halves(first: QWidget, second: QWidget) -> QSplitter:
    """Return both side by side, equally wide until the handle is moved."""
    splitter = side_by_side(first, second)
    splitter.setSizes([_EQUAL, _EQUAL])
    return splitter


def beside(aside: QWidget, main: QWidget) -> QSplitter:
    """Return both side by side; `main` takes the room that there is."""
    splitter = side_by_side(aside, main)
    splitter.setStretchFactor(1, 1)
    return splitter
