"""All keys of a page, read from the actions that have them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.culling import keys_text
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Heading

Key = tuple[str, str]
"""The keys in words, and what they do."""
Group = tuple[str, Sequence[Key]]
"""What keys have in common, and these."""


def keys_of(actions: Iterable[QAction]) -> list[Key]:
    """Return the keys of actions and their names; the first action of a name speaks for others."""
    found: dict[str, str] = {}
    for action in actions:
        if keys := keys_text(action):
            found.setdefault(action.text().replace("&", "").rstrip("…"), keys)
    return [(keys, name) for name, keys in found.items()]


def without_known(groups: Iterable[Group]) -> list[Group]:
    """Return groups of keys without those that an earlier group tells, and without empty ones."""
    known: set[Key] = set()
    left: list[Group] = []
    for name, keys in groups:
        new = [key for key in keys if key not in known]
        known.update(new)
        if new:
            left.append((name, new))
    return left


class KeysDialog(QDialog):
    """Groups of keys in two columns; any key that closes windows closes it."""

    def __init__(self, groups: Sequence[Group], note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setSpacing(32)
        halves = [QVBoxLayout(), QVBoxLayout()]
        lengths = [0, 0]
        for name, keys in groups:
            shorter = lengths.index(min(lengths))
            halves[shorter].addWidget(_Group(name, keys))
            lengths[shorter] += len(keys) + 2
        for half in halves:
            half.setSpacing(16)
            half.addStretch(1)
            columns.addLayout(half, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(content)
        close = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(area, 1)
        layout.addWidget(Caption(note))
        layout.addWidget(close)
        hint = content.sizeHint()
        self.resize(hint.width() + 72, min(hint.height() + 130, 640))


class _Group(QWidget):
    """A heading above lines of keys and what they do."""

    def __init__(self, name: str, keys: Sequence[Key]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(Heading(name), 0, 0, 1, 2)
        for row, (key, does) in enumerate(keys, start=1):
            pressed = QLabel(key)
            font = pressed.font()
            font.setBold(True)
            pressed.setFont(font)
            grid.addWidget(pressed, row, 0)
            grid.addWidget(QLabel(does), row, 1)
        grid.setColumnStretch(1, 1)
