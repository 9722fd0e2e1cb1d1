"""The grid of thumbnails."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.ui.pages.dataset.models import PICTURE
from ganart.ui.widgets import words

CELL_PX = 112
"""The least side of a cell; cells grow until a row fills the width."""
_GAP_PX = 4
_RADIUS_PX = 4
_EXCLUDED_OPACITY = 0.25


class _ThumbnailDelegate(QStyledItemDelegate):
    """Paints one picture, whole and undistorted; a quiet tile until it is there."""

    cell_px = CELL_PX

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a cell."""
        return QSize(self.cell_px, self.cell_px)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        cell = QRectF(option.rect).adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        palette = option.palette
        thumbnail = index.data(Qt.ItemDataRole.DecorationRole)
        row = index.data(PICTURE)
        weight = 1.0 if row is None else row.weight
        painter.save()
        painter.setOpacity(1.0 if weight else _EXCLUDED_OPACITY)
        if isinstance(thumbnail, QPixmap) and not thumbnail.isNull():
            size = thumbnail.size().scaled(cell.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(cell.center())
            # Small pictures, such as pixel art, keep their hard pixels.
            enlarged = size.width() > thumbnail.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
            painter.drawPixmap(target, thumbnail, QRectF(thumbnail.rect()))
        else:
            painter.fillRect(cell, palette.color(QPalette.ColorRole.AlternateBase))
        state = option.state
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if weight != 1:
            self._paint_weight(painter, cell, weight, palette)
        frame = cell.adjusted(-2, -2, 2, 2)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), _RADIUS_PX, _RADIUS_PX)
        painter.restore()

    def _paint_weight(
        self, painter: QPainter, cell: QRectF, weight: float, palette: QPalette
    ) -> None:
        """Cross a picture out that is never shown; badge one that is shown more or less often."""
        if not weight:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawLine(cell.bottomLeft(), cell.topRight())
            return
        text = f"{words.decimal(weight)} ×"
        metrics = painter.fontMetrics()
        badge = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 4)
        badge.moveBottomRight(cell.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(badge, _RADIUS_PX, _RADIUS_PX)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class ThumbnailGrid(QListView):
    """Rows of equal cells that fill the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pictures of the dataset"))
        self._delegate = _ThumbnailDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(CELL_PX, CELL_PX))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the cells."""
        width = self.viewport().width() - 1
        cell_px = width // max(1, width // CELL_PX)
        if cell_px != self._delegate.cell_px:
            self._delegate.cell_px = cell_px
            self.setGridSize(QSize(cell_px, cell_px))
        super().resizeEvent(event)
