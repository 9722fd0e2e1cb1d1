"""List rows of a name above a quieter line."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

SECOND_LINE = Qt.ItemDataRole.UserRole + 7
"""The role of the quieter line."""
_RADIUS_PX = 8
_PADDING_PX = 10

Index = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """Paints an item's text, and its `SECOND_LINE` below."""

    elide = Qt.TextElideMode.ElideRight
    """Where the text gives way; the quieter line does so at its end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of two lines."""
        return QSize(120, 2 * option.fontMetrics.height() + 2 * _PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        self.initStyleOption(option, index)
        rect: QRect = option.rect
        palette: QPalette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(1, 1, -1, -1)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            role = QPalette.ColorRole.Button if chosen else QPalette.ColorRole.AlternateBase
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(role))
            painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        self._paint_texts(painter, option, index)
        painter.restore()

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        inner: QRect = option.rect.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        align = QStyle.visualAlignment(option.direction, lead)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        lines = (
            (bold, str(index.data()), QPalette.ColorRole.Text, self.elide),
            (
                option.font,
                str(index.data(SECOND_LINE)),
                QPalette.ColorRole.PlaceholderText,
                Qt.TextElideMode.ElideRight,
            ),
        )
        height = inner.height() // 2
        for number, (font, text, role, elide) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(palette.color(role))
            row = QRect(inner.left(), inner.top() + number * height, inner.width(), height)
            painter.drawText(row, align, painter.fontMetrics().elidedText(text, elide, row.width()))
