"""The pictures that are being framed, in one row."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ganart.ui.pages.dataset.models import PICTURE
from ganart.ui.widgets.items import Index, paint_frames, paint_picture

CELL_PX = 76
_GAP_PX = 5
_DOT_PX = 9
_REJECTED_OPACITY = 0.3
_BATCH = 2000
"""So many cells are laid out at once, the others while the window idles."""


class _Delegate(QStyledItemDelegate):
    """Paints a picture, with a dot on one that has a framing of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        return QSize(CELL_PX, CELL_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell = QRectF(option.rect).adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        palette: QPalette = option.palette
        row, thumbnail = index.data(PICTURE), index.data(Qt.ItemDataRole.DecorationRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if row is None or row.weight else _REJECTED_OPACITY)
        paint_picture(painter, cell, thumbnail, palette)
        painter.setOpacity(1.0)
        if row is not None and row.framing is not None:
            dot = QRectF(0, 0, _DOT_PX, _DOT_PX)
            dot.moveBottomRight(cell.bottomRight())
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
            painter.setBrush(palette.color(QPalette.ColorRole.Accent))
            painter.drawEllipse(dot)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_frames(painter, option, cell.adjusted(-2, -2, 2, 2))
        painter.restore()


class FramingStrip(QListView):
    """One row that scrolls; several pictures can be selected, one is at hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pictures to be framed"))
        self.setItemDelegate(_Delegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedHeight(CELL_PX + self.horizontalScrollBar().sizeHint().height())

    def dataChanged(
        self,
        topLeft: Index,  # noqa: N803
        bottomRight: Index,  # noqa: N803
        roles: Sequence[int] = (),
    ) -> None:
        """Paint anew. Qt would also measure all cells again, which are of one size for ever."""
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Pass over letters: they are keys of the tab."""

    def chosen_rows(self) -> list[int]:
        """Return the rows of the selected pictures, in their order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def go(self, step: int) -> None:
        """Have a picture before or after the one at hand, as far as there are some."""
        model = self.model()
        row = min(max(0, self.currentIndex().row() + step), model.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(model.index(row, 0))
