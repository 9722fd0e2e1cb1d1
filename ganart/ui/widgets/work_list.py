"""The works of one kind that a project holds, to be opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Heading
from ganart.ui.widgets.two_lines import SECOND_LINE, TwoLineDelegate

_FOLDER = Qt.ItemDataRole.UserRole
_CHARACTERS = 24
"""Width of the list, going by its font."""


@dataclass(frozen=True, slots=True)
class Work:
    """One row: its folder, and its name above how it stands."""

    folder: Path
    name: str
    state: str
    tip: str = ""


class WorkList(QWidget):
    """A button for a new work above the list of those that were begun."""

    new_wanted = Signal()
    chosen = Signal(object)
    """The folder of a work."""

    def __init__(self, new_text: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new_button = push_button("plus", new_text)
        self.new_button.clicked.connect(self.new_wanted)
        self.list = QListWidget()
        self.list.setAccessibleName(heading)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._on_current)
        self.list.setMinimumWidth(_CHARACTERS * self.fontMetrics().averageCharWidth() // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.new_button)
        layout.addSpacing(6)
        layout.addWidget(Heading(heading))
        layout.addWidget(self.list, 1)

    def sizeHint(self) -> QSize:
        """Return a narrow column: what stands beside it needs the room."""
        width = _CHARACTERS * self.fontMetrics().averageCharWidth()
        return QSize(width, super().sizeHint().height())

    def show_works(self, works: Sequence[Work]) -> None:
        """Replace the list; the marked work stays marked."""
        marked = self.marked()
        self.list.blockSignals(True)
        self.list.clear()
        for work in works:
            item = QListWidgetItem(work.name)
            item.setData(SECOND_LINE, work.state)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{work.name}, {work.state}")
            item.setData(_FOLDER, work.folder)
            item.setToolTip(work.tip)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.mark(marked)

    def marked(self) -> Path | None:
        """Return the folder of the marked work."""
        item = self.list.currentItem()
        folder = item.data(_FOLDER) if item is not None else None
        return folder if isinstance(folder, Path) else None

    def mark(self, folder: Path | None) -> None:
        """Mark a work without opening it; None marks none."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        for row in range(self.list.count()):
            if self.list.item(row).data(_FOLDER) == folder:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    @Slot()
    def _on_current(self) -> None:
        folder = self.marked()
        if folder is not None:
            self.chosen.emit(folder)
