"""How one picture of a grid is painted, with what was said of it."""

from collections.abc import Hashable
from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ganart.ui.pages.dataset.cell_signs import CellSigns
from ganart.ui.pages.dataset.models import PICTURE
from ganart.ui.widgets.items import Index

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

GAP_PX = 4
"""Around each picture."""
NAMED_PX = 160
"""From this side of cells on, the name stands below the picture."""
_ROUND = 4
_REJECTED_OPACITY = 0.3

# Of these many are needed for each cell, and looking them up takes longer than painting.
_DECORATION = Qt.ItemDataRole.DecorationRole
_SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
_ANTIALIASING = QPainter.RenderHint.Antialiasing
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus
_FRAMED = _SELECTED | _HOVERED | _FOCUSED


def fitting(width: int, height: int, room_width: int, room_height: int) -> tuple[int, int]:
    """Return the size in which a picture is shown in a room, all in pixels of the screen.

    One that fits is enlarged by whole numbers only, so that small pixel art stays crisp.
    """
    zoom = min(room_width / width, room_height / height)
    if zoom >= 1:
        return width * floor(zoom), height * floor(zoom)
    return max(1, round(width * zoom)), max(1, round(height * zoom))


def name_height(metrics: QFontMetrics) -> int:
    """Return the height of the line that a name takes, with the gap above it."""
    return metrics.height() + 2


class CellDelegate(QStyledItemDelegate):
    """Paints a picture whole and undistorted; a quiet tile until it is there."""

    is_named = False
    """Whether the name stands below the picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signs: CellSigns | None = None
        self._signs_for: Hashable = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell, which the view alone decides."""
        size: QSize = option.rect.size()
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row: PictureRow | None = index.data(PICTURE)
        if row is None:
            return
        room = self._room(option.rect, option.fontMetrics)
        if self.is_named:
            self._paint_name(painter, option, row, room)
        self._paint_picture(painter, option, row, index.data(_DECORATION), room)
        corner = room.topLeft()
        for place, badge in self._signs_in(room, painter, option).of(row):
            painter.drawPixmap(corner + place, badge)
        if option.state & _FRAMED:
            self._paint_frames(painter, option)

    def shown_rect(
        self, cell: QRect, row: "PictureRow", metrics: QFontMetrics, ratio: float
    ) -> QRectF:
        """Return where in a cell its picture is painted."""
        return _place_of(row, self._room(cell, metrics), ratio)

    def _room(self, cell: QRect, metrics: QFontMetrics) -> QRect:
        room = cell.adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX)
        if self.is_named:
            room.setBottom(room.bottom() - name_height(metrics))
        return room

    def _signs_in(self, room: QRect, painter: QPainter, option: QStyleOptionViewItem) -> CellSigns:
        """Return the signs for rooms of this size, which all cells share."""
        ratio = painter.device().devicePixelRatioF()
        size = room.size()
        key = (size.width(), size.height(), ratio, option.direction, option.palette.cacheKey())
        if self._signs is None or key != self._signs_for:
            dot = option.palette.color(QPalette.ColorRole.Accent)
            self._signs = CellSigns(size, ratio, option.direction, dot)
            self._signs_for = key
        return self._signs

    def _paint_picture(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: "PictureRow",
        pixmap: QPixmap | None,
        room: QRect,
    ) -> None:
        if pixmap is None or pixmap.isNull():
            painter.fillRect(room, option.palette.color(QPalette.ColorRole.AlternateBase))
            return
        ratio = painter.device().devicePixelRatioF()
        target = _place_of(row, room, ratio)
        # One that is no copy is reduced by nothing, and may be pixel art.
        is_itself = pixmap.width() == row.width and pixmap.width() <= target.width() * ratio
        painter.setRenderHint(_SMOOTH, not is_itself)
        is_rejected = row.mark == "rejected"
        if is_rejected:
            painter.setOpacity(_REJECTED_OPACITY)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        if is_rejected:
            painter.setOpacity(1.0)

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, row: "PictureRow", room: QRect
    ) -> None:
        line = QRect(
            room.left(), room.bottom() + 3, room.width(), name_height(option.fontMetrics) - 2
        )
        name = option.fontMetrics.elidedText(
            row.path.name, Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_frames(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Paint what says that a cell is selected, hovered over or the current one."""
        state, palette = option.state, option.palette
        frame = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setRenderHint(_ANTIALIASING)
        if state & _SELECTED:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2.5))
            painter.drawRoundedRect(frame, _ROUND, _ROUND)
        elif state & _HOVERED:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawRoundedRect(frame, _ROUND, _ROUND)
        if state & _FOCUSED:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(2.5, 2.5, -2.5, -2.5), _ROUND, _ROUND)
        painter.setRenderHint(_ANTIALIASING, False)


def _place_of(row: "PictureRow", room: QRect, ratio: float) -> QRectF:
    """Return where in its room a picture is shown: the whole of it, in the middle."""
    room_width, room_height = floor(room.width() * ratio), floor(room.height() * ratio)
    width, height = fitting(max(1, row.width), max(1, row.height), room_width, room_height)
    # Upon whole pixels of the screen, or they would be blended with their neighbours.
    return QRectF(
        (round(room.x() * ratio) + (room_width - width) // 2) / ratio,
        (round(room.y() * ratio) + (room_height - height) // 2) / ratio,
        width / ratio,
        height / ratio,
    )
