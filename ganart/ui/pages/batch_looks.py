"""The looks of a batch: the one that is being chosen, and a list for several."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ganart.engine.style.looks import Look
from ganart.ui.pages.look_words import look_in_words
from ganart.ui.pages.stylize_choice import LookChoice
from ganart.ui.pages.stylize_look import LookPanel
from ganart.ui.widgets.buttons import push_button, tool_button
from ganart.ui.widgets.text import Caption
from ganart.workers.image_loader import ImageLoader

_LOOK = Qt.ItemDataRole.UserRole
_LINES_SHOWN = 4


class BatchLooks(QWidget):
    """Without a list the look of the panel is the only one."""

    changed = Signal()

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = LookPanel(loader)
        self.panel.changed.connect(self._on_panel)
        self.add_button = push_button("plus", self.tr("Add this loo&k to the list"))
        self.add_button.setToolTip(
            self.tr("For several looks: every photo is made once with each look of the list")
        )
        self.add_button.clicked.connect(self.add)
        self.remove_button = tool_button("close", self.tr("Take the chosen look off the list"))
        self.remove_button.clicked.connect(self._on_remove)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Looks of this batch"))
        self.list.setMaximumHeight(_LINES_SHOWN * (self.fontMetrics().height() + 8))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemSelectionChanged.connect(self._update)
        self.hint = Caption()
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        line.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.panel, 1)
        layout.addLayout(line)
        layout.addWidget(self.list)
        layout.addWidget(self.hint)
        self._update()

    def looks(self) -> tuple[Look, ...]:
        """Return the looks to use."""
        listed = tuple(self.list.item(row).data(_LOOK) for row in range(self.list.count()))
        if listed:
            return listed
        look = self.panel.choice().look()
        return (look,) if look is not None else ()

    def set_brushes(self, paths: Sequence[Path]) -> None:
        """Offer the brushes of the project."""
        self.panel.set_brushes(paths)

    def use_brush(self, brush: Path) -> None:
        """Choose a brush as the look."""
        self.panel.show_choice(replace(self.panel.choice(), kind="brush", brush=brush))
        self._on_changed()

    def show_looks(self, looks: tuple[Look, ...]) -> None:
        """Put these looks on the list."""
        self.list.clear()
        for look in looks:
            self._append(look)
        self._on_changed()

    @Slot()
    def add(self) -> None:
        """Put the look of the panel on the list, unless it is there."""
        look = self.panel.choice().look()
        if look is not None and look not in self.looks()[: self.list.count()]:
            self._append(look)
            self._on_changed()

    def _append(self, look: Look) -> None:
        item = QListWidgetItem(look_in_words(look))
        item.setData(_LOOK, look)
        item.setToolTip(item.text())
        self.list.addItem(item)

    @Slot()
    def _on_remove(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._on_changed()

    @Slot(object, str)
    def _on_panel(self, choice: LookChoice, control: str) -> None:
        self._on_changed()

    def _on_changed(self) -> None:
        self._update()
        self.changed.emit()

    @Slot()
    def _update(self) -> None:
        count = self.list.count()
        self.add_button.setEnabled(self.panel.choice().look() is not None)
        self.list.setVisible(bool(count))
        self.remove_button.setVisible(bool(count))
        self.remove_button.setEnabled(bool(self.list.selectedItems()))
        if count:
            self.hint.setText(self.tr("Every photo is made once with each look of the list."))
        elif self.panel.choice().look() is None:
            self.hint.setText(self.tr("Choose a look first."))
        else:
            self.hint.setText(self.tr("This look is used. The list is for several."))
