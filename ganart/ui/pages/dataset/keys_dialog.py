"""All keys of a page, read from the actions that have them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.widgets.text import Caption, Heading

Key = tuple[str, str]
"""The keys in words, and what they do."""


def keys_of(actions: Sequence[QAction]) -> list[Key]:
    """Return the keys of actions and their names, each once."""
    native = QKeySequence.SequenceFormat.NativeText
    found: dict[Key, None] = {}
    names: set[str] = set()
    for action in actions:
        name = action.text().replace("&", "").rstrip("…")
        if action.shortcuts() and name not in names:
            names.add(name)
            found[(", ".join(each.toString(native) for each in action.shortcuts()), name)] = None
    return list(found)


class KeysDialog(QDialog):
    """Groups of keys in two columns; any key that closes windows closes it."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[Key]]], note: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        content = QWidget()
        columns = QGridLayout(content)
        columns.setHorizontalSpacing(32)
        columns.setVerticalSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        for number, (name, keys) in enumerate(groups):
            columns.addWidget(_Group(name, keys), number // 2, number % 2, top)
        columns.setRowStretch(len(groups), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(content)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
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
