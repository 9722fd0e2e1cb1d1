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
        self._paint_lines(painter, option, str(index.data()), str(index.data(SECOND_LINE)))

    def _paint_lines(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        quiet: str,
        behind: str = "",
    ) -> None:
        """Paint a text above a quieter one; it gives way to what stands quietly `behind` it."""
        inner = self.lines_rect(option)
        height = inner.height() // 2
        first = QRect(inner.left(), inner.top(), inner.width(), height)
        second = first.translated(0, height)
        if behind:
            width = option.fontMetrics.horizontalAdvance(behind)
            self._paint_line(painter, option, first, behind, is_at_end=True)
            narrower = first.adjusted(0, 0, -width - _PADDING_PX, 0)
            first = QStyle.visualRect(option.direction, first, narrower)
        painter.save()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        elided = painter.fontMetrics().elidedText(text, self.elide, first.width())
        self._paint_line(painter, option, first, elided, QPalette.ColorRole.Text)
        painter.restore()
        elide = Qt.TextElideMode.ElideRight
        self._paint_line(
            painter, option, second, option.fontMetrics.elidedText(quiet, elide, second.width())
        )

    def lines_rect(self, option: QStyleOptionViewItem) -> QRect:
        """Return where both lines are painted."""
        row: QRect = option.rect
        return row.adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)

    def _paint_line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        text: str,
        role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText,
        *,
        is_at_end: bool = False,
    ) -> None:
        side = Qt.AlignmentFlag.AlignTrailing if is_at_end else Qt.AlignmentFlag.AlignLeading
        align = QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(option.palette.color(role))
        painter.drawText(place, align, text)
