"""The queue of a batch as Qt's views see it: one row for each photo under each look."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDir,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)

from ganart.engine.style.events import ItemEnded, ItemState
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.text import told
from ganart.workers.batches import BatchCounts, BatchItem


class Column(IntEnum):
    """The columns of the queue."""

    PHOTO = 0
    LOOK = 1
    STATE = 2


class QueueModel(QAbstractTableModel):
    """The items of a batch in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[BatchItem] = []
        self._rows: dict[int, int] = {}
        self._looks: tuple[str, ...] = ()

    def show_items(self, items: Sequence[BatchItem], looks: Sequence[str]) -> None:
        """Show other items, and the names of the looks that they tell by index."""
        self.beginResetModel()
        self._items = list(items)
        self._rows = {item.id: row for row, item in enumerate(items)}
        self._looks = tuple(looks)
        self.endResetModel()

    def update(self, ended: ItemEnded) -> bool:
        """Show how an item ended; False if it is not listed yet."""
        row = self._rows.get(ended.item)
        if row is None:
            return False
        message = told(ended.error, "")
        self._items[row] = replace(
            self._items[row], state=ended.state, result=ended.result, message=message
        )
        self.dataChanged.emit(self.index(row, 0), self.index(row, Column.STATE))
        return True

    def item(self, index: Index) -> BatchItem | None:
        """Return the item of a row."""
        return self._items[index.row()] if index.isValid() else None

    def waiting(self) -> list[int]:
        """Return the ids of the items that wait, in order."""
        return [item.id for item in self._items if item.state is ItemState.WAITING]

    def counts(self) -> BatchCounts:
        """Return how many items are in each state."""
        found = Counter(item.state for item in self._items)
        return BatchCounts(**{state.value: found[state] for state in ItemState})

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (self.tr("Photo"), self.tr("Look"), self.tr("State"))
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell says, or why an item failed."""
        item = self.item(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, Column(index.column()))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return item.message or QDir.toNativeSeparators(str(item.result or item.photo.shown))
        return None

    def _text(self, item: BatchItem, column: Column) -> str:
        if column is Column.PHOTO:
            return item.photo.shown.name
        if column is Column.LOOK:
            return self._looks[item.look] if item.look < len(self._looks) else ""
        return state_in_words(item.state)


def state_in_words(state: ItemState) -> str:
    """Return how far an item is, in the language of the window."""
    texts = {
        ItemState.WAITING: QCoreApplication.translate("batch", "waiting"),
        ItemState.DONE: QCoreApplication.translate("batch", "done"),
        ItemState.SKIPPED: QCoreApplication.translate("batch", "skipped, it was there"),
        ItemState.FAILED: QCoreApplication.translate("batch", "failed"),
    }
    return texts[state]


class StateFilter(QSortFilterProxyModel):
    """Shows the items in one state, or all."""

    def __init__(self, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: ItemState | None = None
        self._model = model
        self.setSourceModel(model)

    def show_state(self, state: ItemState | None) -> None:
        """Show the items in another state; None shows all."""
        self._state = state
        self.invalidate()  # the narrower call is deprecated in newer Qt

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Tell whether a row is shown."""
        item = self._model.item(self._model.index(row, 0))
        return self._state is None or (item is not None and item.state is self._state)
