"""A view of equal cells that takes no longer for 50,000 of them than for fifty."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionRubberBand,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.ui.widgets.cell_places import CellPlaces
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.selection import chosen_rows, selection_of

_Move = QAbstractItemView.CursorAction
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus


class CellView(CellPlaces):
    """Rows of equal cells that fill the width, to be moved about in and selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band: QRect | None = None
        """The rubber band in the coordinates of the contents."""
        self._band_from = QPoint()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def chosen_rows(self) -> list[range]:
        """Return the selected rows in runs, in order."""
        return chosen_rows(self.selectionModel())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already, but for a rubber band that grows."""
        super().scrollContentsBy(dx, dy)
        if self._band is not None:
            self.viewport().update()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band touches, or all from one corner's cell to the other's."""
        if self.state() is QAbstractItemView.State.DragSelectingState:
            runs = self._cells.runs(self._contents_rect(rect.normalized()))
        else:
            ends = [self.indexAt(each) for each in (rect.topLeft(), rect.bottomRight())]
            rows = [each.row() for each in ends if each.isValid()]
            runs = [range(min(rows), max(rows) + 1)] if rows else []
        self.selectionModel().select(selection_of(self.model(), runs), command)

    def selectAll(self) -> None:
        """Select all cells, as one run."""
        everything = selection_of(self.model(), [range(self._cells.count)])
        self.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return all that is in sight: it is painted anew quicker than its parts are found."""
        return QRegion(self.viewport().rect()) if selection.count() else QRegion()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint and tell what is selected now, of all as of one."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        if QAccessible.isActive() and selected.count():
            self._tell(QAccessible.Event.Selection, selected.first().top())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Bring the current cell into sight and tell that it is the one."""
        QAbstractItemView.currentChanged(self, current, previous)
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            self._tell(QAccessible.Event.Focus, current.row())

    def _tell(self, what: QAccessible.Event, row: int) -> None:
        event = QAccessibleEvent(self, what)
        event.setChild(row)
        QAccessible.updateAccessibility(event)

    def selectedIndexes(self) -> list[QModelIndex]:
        """Return what is selected, in order."""
        return [self._at(row) for run in self.chosen_rows() for row in run]

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads from the current cell."""
        cells, current = self._cells, self.currentIndex()
        if not cells.count:
            return QModelIndex()
        row = current.row() if current.isValid() else 0
        page = max(1, self.viewport().height() // cells.height) * cells.columns
        side = -1 if cells.is_mirrored else 1
        step = {
            _Move.MoveLeft: -side,
            _Move.MoveRight: side,
            _Move.MovePrevious: -1,
            _Move.MoveNext: 1,
            _Move.MoveUp: -cells.columns,
            _Move.MoveDown: cells.columns,
            _Move.MovePageUp: -page,
            _Move.MovePageDown: page,
            _Move.MoveHome: -row,
            _Move.MoveEnd: cells.count - 1 - row,
        }[action]
        if not current.isValid():
            return self._at(row)
        wanted = row + step
        if action is _Move.MoveUp and wanted < 0:
            return current
        if action is _Move.MoveDown and wanted >= cells.count:
            is_last = row // cells.columns == cells.rows - 1
            return current if is_last else self._at(cells.count - 1)
        return self._at(min(max(0, wanted), cells.count - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a rubber band may begin."""
        self._band_from = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the rubber band."""
        super().mouseMoveEvent(event)
        if self.state() is QAbstractItemView.State.DragSelectingState:
            here = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._band = QRect(self._band_from, here).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the rubber band go."""
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that are to be painted anew."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(_FOCUSED | _HOVERED)
        # Flags are slow to join, and there are but a few kinds of cells.
        states: dict[tuple[bool, bool, bool], QStyle.StateFlag] = {}
        selection, delegate = self.selectionModel(), self.itemDelegate()
        current = self.currentIndex().row() if self.hasFocus() else -1
        hovered = self._hovered_row()
        offset = self.verticalOffset()
        for row in self._rows_in(event.region()):
            index = self._at(row)
            option.rect = self._cells.rect(row).translated(0, -offset)
            kind = selection.isSelected(index), row == hovered, row == current
            if kind not in states:
                states[kind] = _state(plain, *kind)
            option.state = states[kind]
            delegate.paint(painter, option, index)
        if self._band is not None:
            self._paint_band(painter, self._band.translated(0, -offset))

    def _rows_in(self, region: QRegion) -> list[int]:
        """Return the rows that a region of the viewport touches, which are fewer than its hull."""
        rects = cast("Iterable[QRect]", region)
        return sorted(
            {
                row
                for rect in rects
                for run in self._cells.runs(self._contents_rect(rect))
                for row in run
            }
        )

    def _hovered_row(self) -> int:
        if not self.underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()

    def _paint_band(self, painter: QPainter, rect: QRect) -> None:
        option = QStyleOptionRubberBand()
        option.initFrom(self)
        option.rect = rect
        option.opaque = False
        painter.save()
        self.style().drawControl(QStyle.ControlElement.CE_RubberBand, option, painter, self)
        painter.restore()


def _state(
    plain: QStyle.StateFlag, is_selected: bool, is_hovered: bool, is_current: bool
) -> QStyle.StateFlag:
    for holds, flag in ((is_selected, _SELECTED), (is_hovered, _HOVERED), (is_current, _FOCUSED)):
        plain = plain | flag if holds else plain
    return plain
