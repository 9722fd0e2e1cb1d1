"""List rows of a name above a quieter line."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ganart.ui.widgets.items import Index, paint_ground

SECOND_LINE = Qt.ItemDataRole.UserRole + 7
"""The role of the quieter line."""
_RADIUS_PX = 8
_PADDING_PX = 10


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
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, _RADIUS_PX)
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
