"""Boxes of choices that are as narrow as a filter bar needs them."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox

_CHARACTERS = 9
_LIST_PX = 320

Entries = Sequence[tuple[str, object]]
"""Texts and what they stand for."""


def choice_box(name: str, entries: Entries = ()) -> QComboBox:
    """Return a box with a name for screen readers and hovering."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_CHARACTERS)
    box.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
    box.view().setMaximumWidth(_LIST_PX)
    refill(box, entries)
    return box


def refill(box: QComboBox, entries: Entries) -> None:
    """Offer other entries, without a signal; the list is as wide as they are, within reason."""
    with QSignalBlocker(box):
        chosen = box.currentData()
        box.clear()
        for text, value in entries:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, place_of(box, chosen)))
    metrics = box.fontMetrics()
    widest = max((metrics.horizontalAdvance(text) for text, _ in entries), default=0)
    box.view().setMinimumWidth(min(_LIST_PX, widest + 2 * metrics.height()))


def choose(box: QComboBox, value: object) -> None:
    """Show a choice, without a signal; the first one where there is no such choice."""
    with QSignalBlocker(box):
        box.setCurrentIndex(max(0, place_of(box, value)))


def place_of(box: QComboBox, value: object) -> int:
    """Return where a value is, −1 where it is not; Qt itself compares no Python objects."""
    return next((row for row in range(box.count()) if box.itemData(row) == value), -1)
