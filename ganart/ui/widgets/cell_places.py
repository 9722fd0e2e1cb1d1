"""Where a view of equal cells has them, without going through the items of its model."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ganart.ui.widgets.cells import Cells
from ganart.ui.widgets.items import Index

_Hint = QAbstractItemView.ScrollHint

_FEW = 40
"""So many changed cells are named to Qt one by one."""


class CellPlaces(QListView):
    """The half of `CellView` that knows where the cells are.

    A `QListView` for whoever asks what it is, such as screen readers; but that one lays out, and
    goes through, each item of the model on many occasions. Here places are computed when needed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = QSize(100, 100)
        self._cells = Cells(0, 1, 100, 100)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def cells(self) -> Cells:
        """Return where the cells lie, in the coordinates of the contents."""
        return self._cells

    def shown_rows(self) -> range:
        """Return the rows that are at least partly in sight."""
        runs = self._cells.runs(self._contents_rect(self.viewport().rect()))
        return range(runs[0].start, runs[-1].stop) if runs else range(0)

    def set_least_size(self, size: QSize) -> None:
        """Set the size of cells, whose width grows until a row fills the width of the view.

        The current cell, or else the one in the middle, stays in the middle if it was in sight.
        """
        shown, current = self.shown_rows(), self.currentIndex().row()
        anchor = current if current in shown else (shown.start + shown.stop) // 2
        self._least = size
        self.doItemsLayout()
        if shown:
            self.scrollTo(self._at(anchor), _Hint.PositionAtCenter)

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
        """Share the width among the cells; the first one in sight stays in sight."""
        shown = self.shown_rows()
        self.doItemsLayout()
        if shown and shown.start not in self.shown_rows():
            self.verticalScrollBar().setValue(self._cells.rect(shown.start).top())
        QAbstractItemView.resizeEvent(self, event)

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

    def _contents_rect(self, rect: QRect) -> QRect:
        return rect.translated(0, self.verticalOffset())

    def _at(self, row: int) -> QModelIndex:
        return self.model().index(row, 0)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew what is in sight of some changed rows."""
        shown = self.shown_rows()
        changed = range(max(first.row(), shown.start), min(last.row() + 1, shown.stop))
        if len(changed) > _FEW:
            self.viewport().update()
            return
        for row in changed:
            self.viewport().update(self._cells.rect(row).translated(0, -self.verticalOffset()))
