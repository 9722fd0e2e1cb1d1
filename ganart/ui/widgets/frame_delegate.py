"""Thumbnails of which the chosen ones are framed."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ganart.ui.widgets.items import Index

_RADIUS_PX = 4
_ROOM_PX = 6


class FrameDelegate(QStyledItemDelegate):
    """Frames chosen pictures. Qt would lay its colour over the picture."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size with room for the frame around the name."""
        return super().sizeHint(option, index) + QSize(0, _ROOM_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one picture and its name."""
        plain = QStyleOptionViewItem(option)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        plain.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, plain, index)
        if chosen:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), 2))
            frame = QRectF(option.rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
            painter.restore()
