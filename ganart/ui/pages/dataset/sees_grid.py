"""Pictures just as training sees them, with pixels as large as the artist wants."""

from math import ceil

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ganart.ui.widgets.items import Index, lay_as_cards

_GAP_PX = 4
_FIT_PX = 132
"""About so large is a picture that is fitted."""
_LEAST_PX = 8
_ID = Qt.ItemDataRole.UserRole + 21


class _Delegate(QStyledItemDelegate):
    """Paints a picture with hard pixels; a quiet tile until it is there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture_px = QSizeF(_FIT_PX, _FIT_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        return self.cell_px()

    def cell_px(self) -> QSize:
        """Return the size of a cell, which is a picture's and a gap around it."""
        width, height = self.picture_px.width(), self.picture_px.height()
        return QSize(ceil(width) + 2 * _GAP_PX, ceil(height) + 2 * _GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        palette: QPalette = option.palette
        ratio = painter.device().devicePixelRatioF()
        corner = option.rect.topLeft() + QPoint(_GAP_PX, _GAP_PX)
        # From a whole pixel of the screen on, or some of the picture's would be lost.
        corner_px = QPointF(round(corner.x() * ratio), round(corner.y() * ratio))
        place = QRectF(corner_px / ratio, self.picture_px)
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        painter.save()
        if isinstance(pixmap, QPixmap) and not pixmap.isNull():
            is_reduced = pixmap.width() > place.width() * ratio + 0.5
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_reduced)
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        else:
            painter.fillRect(place, palette.color(QPalette.ColorRole.AlternateBase))
        frame = place.adjusted(-2, -2, 2, 2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(frame)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRect(frame)
        painter.restore()


class SeesGrid(QListView):
    """Cells side by side, each with one picture; the first ones first, as they come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self._cell = _Delegate(self)
        self._size = (64, 64)
        self._scale = 0
        self.setModel(self._items)
        self.setItemDelegate(self._cell)
        self.setAccessibleName(self.tr("Your pictures as training sees them"))
        lay_as_cards(self)
        self.set_scale(self._scale)

    def begin(self, count: int, size: tuple[int, int]) -> None:
        """Expect so many pictures of `size`; those shown stay until others come."""
        if size != self._size:
            self._size = size
            self.set_scale(self._scale)
        self._items.setRowCount(count)
        for place in range(count):
            if self._items.item(place) is None:
                item = QStandardItem()
                item.setEditable(False)
                self._items.setItem(place, item)

    def put(self, place: int, image: QImage, name: str, picture_id: int | None) -> None:
        """Show a picture; `name` tells of it, `picture_id` is its number where it is known."""
        item = self._items.item(place)
        if item is not None:
            item.setData(QPixmap.fromImage(image), Qt.ItemDataRole.DecorationRole)
            item.setData(name, Qt.ItemDataRole.ToolTipRole)
            item.setData(name, Qt.ItemDataRole.AccessibleTextRole)
            item.setData(picture_id, _ID)

    def end(self, places: set[int]) -> None:
        """Drop the cells for which no picture came."""
        for place in reversed(range(self._items.rowCount())):
            if place not in places:
                self._items.removeRow(place)

    def picture_id(self, index: QModelIndex) -> int | None:
        """Return the number of the picture in a cell, None where that is not known."""
        picture_id = index.data(_ID)
        return picture_id if isinstance(picture_id, int) else None

    def pictures(self) -> list[QPixmap]:
        """Return what is shown, in order."""
        items = (self._items.item(place) for place in range(self._items.rowCount()))
        found = (item.data(Qt.ItemDataRole.DecorationRole) for item in items)
        return [pixmap for pixmap in found if isinstance(pixmap, QPixmap)]

    def set_scale(self, scale: int) -> None:
        """Show each pixel as so many of the screen, or with 0 as suits the view."""
        self._scale = scale
        width, height = self._size
        ratio = self.devicePixelRatioF()
        longest = max(width, height)
        if scale:
            times = scale / ratio
        elif longest <= _FIT_PX:  # whole pixels are equally large
            times = min(range(1, _FIT_PX + 1), key=lambda each: abs(each * longest - _FIT_PX))
        else:
            times = _FIT_PX / longest
        size = QSizeF(width * times, height * times)
        self._cell.picture_px = size.expandedTo(QSizeF(_LEAST_PX, _LEAST_PX))
        self.setGridSize(self._cell.cell_px())
        self.scheduleDelayedItemsLayout()
