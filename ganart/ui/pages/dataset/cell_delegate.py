"""How one picture of a grid is painted, with what was said of it."""

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ganart.ui.pages.dataset.badges import Badges
from ganart.ui.pages.dataset.models import PICTURE
from ganart.ui.widgets import words
from ganart.ui.widgets.cell_view import Index

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

GAP_PX = 4
"""Around each picture."""
NAMED_PX = 160
"""From this side of cells on, the name stands below the picture."""
_ROUND = 4
_REJECTED_OPACITY = 0.3
_DOT_PX = 7
_MANY_STARS_PX = 130
"""Below this width a number and one star stand for all stars."""


def fitting(width: int, height: int, room: QSize) -> QSize:
    """Return the size in which a picture is shown in a room, both in pixels of the screen.

    One that fits is enlarged by whole numbers only, so that small pixel art stays crisp.
    """
    if width > room.width() or height > room.height():
        shown = QSize(width, height).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return shown.expandedTo(QSize(1, 1))
    return QSize(width, height) * max(1, min(room.width() // width, room.height() // height))


class CellDelegate(QStyledItemDelegate):
    """Paints a picture whole and undistorted; a quiet tile until it is there."""

    is_named = False
    """Whether the name stands below the picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._badges = Badges()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell, which the view alone decides."""
        size: QSize = option.rect.size()
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row: PictureRow | None = index.data(PICTURE)
        if row is None:
            return
        rect: QRect = option.rect
        room = QRectF(rect).adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX)
        if self.is_named:
            room.setBottom(room.bottom() - option.fontMetrics.height())
            self._paint_name(painter, option, row, room)
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        self._paint_picture(painter, option, row, pixmap, room)
        self._paint_badges(painter, option, row, room)
        self._paint_state(painter, option, QRectF(rect))

    def _paint_picture(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: "PictureRow",
        pixmap: QPixmap | None,
        room: QRectF,
    ) -> None:
        if pixmap is None or pixmap.isNull():
            painter.fillRect(room, option.palette.color(QPalette.ColorRole.AlternateBase))
            return
        ratio = painter.device().devicePixelRatio()
        width, height = max(1, row.width), max(1, row.height)
        shown = fitting(width, height, (room.size() * ratio).toSize())
        # Upon whole pixels of the screen, or they would be blended with their neighbours.
        left = floor((room.center().x() * ratio) - shown.width() / 2) / ratio
        top = floor((room.center().y() * ratio) - shown.height() / 2) / ratio
        target = QRectF(QPointF(left, top), QSizeF(shown) / ratio)
        is_whole = pixmap.width() == width and shown.width() >= width
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_whole)
        if row.mark == "rejected":
            painter.setOpacity(_REJECTED_OPACITY)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1.0)

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, row: "PictureRow", room: QRectF
    ) -> None:
        line = QRectF(room.left(), room.bottom(), room.width(), option.fontMetrics.height())
        name = option.fontMetrics.elidedText(
            row.path.name, Qt.TextElideMode.ElideMiddle, int(room.width())
        )
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), name)

    def _paint_badges(
        self, painter: QPainter, option: QStyleOptionViewItem, row: "PictureRow", room: QRectF
    ) -> None:
        badges, ratio = self._badges, painter.device().devicePixelRatio()
        place = _Corners(painter, room, option.direction)
        if row.mark == "rejected":
            place.at_top(badges.rejected(ratio))
        elif row.mark == "picked":
            place.at_top(badges.picked(ratio))
        if row.stars:
            if room.width() >= _MANY_STARS_PX:
                place.at_bottom(badges.stars(row.stars, ratio))
            else:
                place.at_bottom(badges.words(f"{words.count(row.stars)} ★", ratio))
        if row.weight not in {0.0, 1.0}:
            place.at_bottom_end(badges.words(f"{words.decimal(row.weight)} ×", ratio))
        if row.tags:
            place.at_bottom_end(badges.tagged(ratio))
        if row.framing is not None:
            place.at_bottom_end(badges.framed(ratio))
        if not row.seen:
            self._paint_unseen(painter, option, room)

    def _paint_unseen(self, painter: QPainter, option: QStyleOptionViewItem, room: QRectF) -> None:
        """Paint the dot of a picture that the artist has not looked at yet."""
        dot = QRect(0, 0, _DOT_PX, _DOT_PX)
        dot.moveTopRight(room.toRect().topRight())
        dot = QStyle.visualRect(option.direction, room.toRect(), dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Window), 1.5))
        painter.setBrush(option.palette.color(QPalette.ColorRole.Accent))
        painter.drawEllipse(dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRectF) -> None:
        state, palette = option.state, option.palette
        frame = cell.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2.5))
            painter.drawRoundedRect(frame, _ROUND, _ROUND)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawRoundedRect(frame, _ROUND, _ROUND)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(2.5, 2.5, -2.5, -2.5), _ROUND, _ROUND)


class _Corners:
    """Lays badges into the corners of a picture's room, one beside the other."""

    def __init__(self, painter: QPainter, room: QRectF, direction: Qt.LayoutDirection) -> None:
        self._painter = painter
        self._room = room.toRect()
        self._direction = direction
        self._end = self._room.right() + 1

    def at_top(self, badge: QPixmap) -> None:
        self._draw(badge, self._room.left(), self._room.top())

    def at_bottom(self, badge: QPixmap) -> None:
        self._draw(badge, self._room.left(), self._bottom(badge))

    def at_bottom_end(self, badge: QPixmap) -> None:
        """Draw at the far end, before what is there already."""
        self._end -= round(badge.deviceIndependentSize().width())
        self._draw(badge, self._end, self._bottom(badge))
        self._end -= 2

    def _bottom(self, badge: QPixmap) -> int:
        return self._room.bottom() + 1 - round(badge.deviceIndependentSize().height())

    def _draw(self, badge: QPixmap, left: int, top: int) -> None:
        size = badge.deviceIndependentSize().toSize()
        box = QStyle.visualRect(
            self._direction, self._room, QRect(left, top, size.width(), size.height())
        )
        self._painter.drawPixmap(box.topLeft(), badge)
