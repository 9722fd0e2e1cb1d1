"""A view of equal cells that takes no longer for 50,000 of them than for fifty."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionRubberBand,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.ui.widgets.cells import Cells
from ganart.ui.widgets.selection import chosen_rows, selection_of

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint


_FEW = 40
"""So many changed cells are named to Qt one by one."""
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus


class CellView(QListView):
    """Rows of equal cells that fill the width.

    A `QListView` for whoever asks what it is, such as screen readers; but that one lays out, and
    goes through, each item of the model on many occasions. Here places are computed when needed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = QSize(100, 100)
        self._cells = Cells(0, 1, 100, 100)
        self._band: QRect | None = None
        """The rubber band in the coordinates of the contents."""
        self._band_from = QPoint()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def cells(self) -> Cells:
        """Return where the cells lie, in the coordinates of the contents."""
        return self._cells

    def set_least_size(self, size: QSize) -> None:
        """Set the size of cells, whose width grows until a row fills the width of the view.

        What is in the middle of the view stays there.
        """
        middle = self._cells.at(QPoint(self._cells.width // 2, self._middle()))
        self._least = size
        self.doItemsLayout()
        if middle is not None:
            place = self._cells.rect(middle).center().y() - self.viewport().height() // 2
            self.verticalScrollBar().setValue(place)

    def chosen_rows(self) -> list[range]:
        """Return the selected rows in runs, in order."""
        return chosen_rows(self.selectionModel())

    def shown_rows(self) -> range:
        """Return the rows that are at least partly in sight."""
        runs = self._cells.runs(self._contents_rect(self.viewport().rect()))
        return range(runs[0].start, runs[-1].stop) if runs else range(0)

    # Geometry, in place of QListView's

    def doItemsLayout(self) -> None:
        """Follow another count, width or size of cells."""
        width = max(self.viewport().width(), self._least.width())
        columns = width // self._least.width()
        cell_px = width // columns
        self._cells = Cells(
            0 if self.model() is None else self.model().rowCount(),
            columns,
            cell_px,
            self._least.height() + cell_px - self._least.width(),
            self.isRightToLeft(),
        )
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Give the scroll bar its range; a notch of the wheel goes on by one row."""
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(max(self._cells.height, room - self._cells.height))
        bar.setSingleStep(max(1, self._cells.height // 3))
        bar.setRange(0, max(0, self._cells.full_height - room))
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the cells; the first row in sight stays in sight."""
        first = self.shown_rows()[:1]
        self.doItemsLayout()
        if first and event.oldSize().width() > 0 and event.oldSize().width() != self.width():
            self._scroll_if_moved(first[0])
        QAbstractItemView.resizeEvent(self, event)

    def _scroll_if_moved(self, first: int) -> None:
        shown = self.shown_rows()
        if first not in shown:
            self.verticalScrollBar().setValue(self._cells.rect(first).top())

    def horizontalOffset(self) -> int:
        """Return 0: rows fit the width."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the contents are scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Return False: all cells are shown."""
        return False

    def visualRect(self, index: Index) -> QRect:
        """Return the place of a cell in the viewport."""
        if not index.isValid() or index.row() >= self._cells.count:
            return QRect()
        return self._cells.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell at a point of the viewport."""
        row = self._cells.at(point + QPoint(0, self.verticalOffset()))
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring a cell into sight."""
        if not index.isValid():
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        rect = self._cells.rect(index.row())
        if hint is _Hint.PositionAtTop:
            bar.setValue(rect.top())
        elif hint is _Hint.PositionAtCenter:
            bar.setValue(rect.center().y() - room // 2)
        elif hint is _Hint.PositionAtBottom or rect.bottom() >= bar.value() + room:
            bar.setValue(min(rect.top(), rect.bottom() + 1 - room))
        if hint is _Hint.EnsureVisible and rect.top() < bar.value():
            bar.setValue(rect.top())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already."""
        self.viewport().scroll(dx, dy)
        if self._band is not None:
            self.viewport().update()

    def _contents_rect(self, rect: QRect) -> QRect:
        return rect.translated(0, self.verticalOffset())

    def _middle(self) -> int:
        return self.verticalOffset() + self.viewport().height() // 2

    # Changes

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew what is in sight of some changed rows."""
        shown = self.shown_rows()
        changed = range(max(first.row(), shown.start), min(last.row() + 1, shown.stop))
        if len(changed) > _FEW:
            self.viewport().update()
            return
        for row in changed:
            self.viewport().update(self._cells.rect(row).translated(0, -self.verticalOffset()))

    def _at(self, row: int) -> QModelIndex:
        return self.model().index(row, 0)

    # Selecting and moving about

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
