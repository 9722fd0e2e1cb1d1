"""The thumbnails of the gallery."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPalette, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.project.artwork_marks import STARS_MAX
from ganart.ui.icons import icon
from ganart.ui.pages.gallery_models import IS_LOOP, STARS, THUMBNAIL_PX
from ganart.ui.widgets.items import Index, paint_frames
from ganart.ui.widgets.selection import chosen_rows
from ganart.ui.widgets.stars import LIGHT, SHADE, paint_stars

_EDGE_PX = 8
_LOOP_PX = 20


class _Delegate(QStyledItemDelegate):
    """Paints a picture above its name; stars and whether it moves lie on the picture."""

    cell_px = THUMBNAIL_PX + 2 * _EDGE_PX

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        line = option.fontMetrics.height()
        return QSize(self.cell_px, THUMBNAIL_PX + line + 3 * _EDGE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one artwork."""
        palette: QPalette = option.palette
        cell: QRect = option.rect
        box = QRect(0, 0, THUMBNAIL_PX, THUMBNAIL_PX)
        box.moveCenter(QPoint(cell.center().x(), cell.top() + _EDGE_PX + THUMBNAIL_PX // 2))
        painter.save()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        shown = self._paint_picture(painter, box, picture, palette)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if stars := index.data(STARS):
            paint_stars(painter, shown, min(stars, STARS_MAX))
        if index.data(IS_LOOP):
            _paint_loop(painter, shown)
        self._paint_name(painter, option, index, box)
        paint_frames(painter, option, QRectF(cell).adjusted(2, 1, -2, -1), inset_px=3)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, box: QRect, picture: QPixmap, palette: QPalette
    ) -> QRect:
        """Paint the picture in the middle of its place and return where."""
        if picture.isNull():
            painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
            mark = QRect(0, 0, box.width() // 3, box.height() // 3)
            mark.moveCenter(box.center())
            icon("gallery").paint(painter, mark, mode=QIcon.Mode.Disabled)
            return box
        target = QRect(QPoint(), picture.deviceIndependentSize().toSize())
        target.moveCenter(box.center())
        painter.drawPixmap(target, picture)
        return target

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        line = QRect(option.rect.left(), box.bottom() + _EDGE_PX // 2, option.rect.width(), 0)
        line.setHeight(option.fontMetrics.height() + 2)
        line.adjust(_EDGE_PX, 0, -_EDGE_PX, 0)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_loop(painter: QPainter, picture: QRect) -> None:
    """Say that a picture moves, by a triangle in its corner."""
    badge = QRectF(0, 0, _LOOP_PX, _LOOP_PX)
    badge.moveBottomRight(QPointF(picture.right() + 1, picture.bottom() + 1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SHADE)
    painter.drawRect(badge)
    painter.setBrush(LIGHT)
    inner = badge.adjusted(7, 5, -5, -5)
    tip = QPointF(inner.right(), inner.center().y())
    painter.drawPolygon(QPolygonF([inner.topLeft(), tip, inner.bottomLeft()]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


class ThumbnailView(QListView):
    """Thumbnails in rows. Keys: 0 to 5 give stars, T leads to the tags, Space and Enter to the
    loupe, Delete asks to delete what is chosen.
    """

    delete_wanted = Signal()
    stars_wanted = Signal(int)
    tags_wanted = Signal()
    loupe_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _Delegate(self)
        self.setAccessibleName(self.tr("Artworks"))
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def chosen_rows(self) -> list[range]:
        """Return the chosen rows in runs, in order."""
        return chosen_rows(self.selectionModel())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cells of a row fill its width."""
        width = self.viewport().width()
        columns = max(1, width // (THUMBNAIL_PX + 2 * _EDGE_PX))
        self._delegate.cell_px = max(THUMBNAIL_PX + 2 * _EDGE_PX, (width - 1) // columns)
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        stars = stars_of(event)
        if stars >= 0:
            self.stars_wanted.emit(stars)
            return
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        match event.key():
            case Qt.Key.Key_Delete:
                self.delete_wanted.emit()
            case Qt.Key.Key_T if plain:
                self.tags_wanted.emit()
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.loupe_wanted.emit()
            case _:
                super().keyPressEvent(event)


def stars_of(event: QKeyEvent) -> int:
    """Return how many stars a key gives, -1 if it gives none."""
    number = event.key() - Qt.Key.Key_0
    others = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return number if not others and 0 <= number <= STARS_MAX else -1
