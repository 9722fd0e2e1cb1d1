"""The queue of a batch: what is waiting, done or failed, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ganart.engine.style.events import ItemEnded, ItemState
from ganart.ui.pages.batch_models import Column, QueueModel, StateFilter
from ganart.ui.widgets.buttons import arrow_button, push_button
from ganart.workers.batches import BatchItem


class BatchQueue(QWidget):
    """A table of the items, which can be put in another order while they wait."""

    chosen = Signal(object)
    """A `BatchItem`."""
    reordered = Signal(object)
    """Ids of all waiting items in their new order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = QueueModel(self)
        self.filter = StateFilter(self.model, self)
        self.states = QComboBox()
        self.states.setAccessibleName(self.tr("Which rows are listed"))
        for text, state in (
            (self.tr("All"), None),
            (self.tr("Waiting"), ItemState.WAITING),
            (self.tr("Done"), ItemState.DONE),
            (self.tr("Skipped"), ItemState.SKIPPED),
            (self.tr("Failed"), ItemState.FAILED),
        ):
            self.states.addItem(text, state)
        self.next_button = push_button("play", self.tr("Do ne&xt"))
        self.next_button.setToolTip(self.tr("Make the chosen ones before all others that wait"))
        self.up_button = arrow_button(Qt.ArrowType.UpArrow, self.tr("Move up"))
        self.up_button.setShortcut("Alt+Up")
        self.down_button = arrow_button(Qt.ArrowType.DownArrow, self.tr("Move down"))
        self.down_button.setShortcut("Alt+Down")
        self.table = self._make_table()
        line = QHBoxLayout()
        line.addWidget(self.states)
        line.addStretch(1)
        for button in (self.next_button, self.up_button, self.down_button):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        self.states.currentIndexChanged.connect(self._on_state)
        self.next_button.clicked.connect(self._on_next)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.selectionModel().selectionChanged.connect(self.update_buttons)
        self.update_buttons()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.filter)
        table.setAccessibleName(self.tr("Queue"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def show_items(self, items: Sequence[BatchItem], looks: Sequence[str]) -> None:
        """Show the items of a batch and the names of its looks; the chosen rows stay chosen."""
        chosen = {item.id for item in self.chosen_items()}
        place = self.table.verticalScrollBar().value()
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show_items(items, looks)
            self._choose(chosen)
        self.table.verticalScrollBar().setValue(place)
        self.update_buttons()

    def _choose(self, ids: set[int]) -> None:
        selection = self.table.selectionModel()
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        for row in range(self.filter.rowCount()) if ids else ():
            index = self.filter.index(row, 0)
            item = self.model.item(self.filter.mapToSource(index))
            if item is not None and item.id in ids:
                selection.select(index, flags)
                selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)

    def update_item(self, ended: ItemEnded) -> bool:
        """Show how an item ended; False if it is not listed yet."""
        return self.model.update(ended)

    def chosen_items(self) -> list[BatchItem]:
        """Return the chosen rows from above to below."""
        rows = self.table.selectionModel().selectedRows(Column.PHOTO)
        rows.sort(key=QModelIndex.row)
        found = [self.model.item(self.filter.mapToSource(row)) for row in rows]
        return [item for item in found if item is not None]

    @Slot()
    def update_buttons(self) -> None:
        """Allow what is possible with the chosen rows."""
        waits = any(item.state is ItemState.WAITING for item in self.chosen_items())
        for button in (self.next_button, self.up_button, self.down_button):
            button.setEnabled(waits)

    @Slot()
    def _on_state(self) -> None:
        self.filter.show_state(self.states.currentData())

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        item = self.model.item(self.filter.mapToSource(index))
        if item is not None:
            self.chosen.emit(item)

    # The order

    @Slot()
    def _on_next(self) -> None:
        chosen = self._chosen_ids()
        rest = [each for each in self.model.waiting() if each not in chosen]
        self.reordered.emit([each for each in self.model.waiting() if each in chosen] + rest)

    @Slot()
    def _on_up(self) -> None:
        self.reordered.emit(moved_up(self.model.waiting(), self._chosen_ids()))

    @Slot()
    def _on_down(self) -> None:
        backwards = moved_up(self.model.waiting()[::-1], self._chosen_ids())
        self.reordered.emit(backwards[::-1])

    def _chosen_ids(self) -> set[int]:
        return {item.id for item in self.chosen_items() if item.state is ItemState.WAITING}


def moved_up(order: Sequence[int], chosen: set[int]) -> list[int]:
    """Return the order with each chosen one before its neighbour; those at the top stay there."""
    moved = list(order)
    for place in range(1, len(moved)):
        if moved[place] in chosen and moved[place - 1] not in chosen:
            moved[place - 1], moved[place] = moved[place], moved[place - 1]
    return moved
