"""The list of what pictures are checked for, with how many are found."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.ui.widgets.items import Index, paint_ground
from ganart.ui.widgets.words import count

_KEY = Qt.ItemDataRole.UserRole
_COUNTED = Qt.ItemDataRole.UserRole + 1
_PADDING_PX = 8
_RADIUS_PX = 6
_WIDTH_PX = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pictures one check finds."""

    found: int
    rejected: int = 0
    """Of the found ones."""
    open: int = 0
    """Of the found ones those that were neither picked nor rejected."""
    is_fine: bool = False
    """Whether the artist has looked through them."""


class _FacetDelegate(QStyledItemDelegate):
    """Paints a name, and a number at the other end; quietly where there is nothing to do."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        return QSize(0, option.fontMetrics.height() + 2 * _PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        counted: Counted = index.data(_COUNTED)
        palette: QPalette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, _RADIUS_PX)
        inner: QRect = option.rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
        is_quiet = counted.is_fine or counted.found == counted.rejected
        quiet, loud = QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Text
        painter.setPen(palette.color(quiet if is_quiet else loud))
        middle = Qt.AlignmentFlag.AlignVCenter
        trail = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignTrailing | middle)
        number = self._number(counted)
        painter.drawText(inner, trail, number)
        left = inner.width() - painter.fontMetrics().horizontalAdvance(number) - _PADDING_PX
        name = QRect(inner.left(), inner.top(), left, inner.height())
        if option.direction is Qt.LayoutDirection.RightToLeft:
            name.moveRight(inner.right())
        lead = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading | middle)
        elide = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(str(index.data()), elide, left)
        painter.drawText(name, lead, text)
        painter.restore()

    def _number(self, counted: Counted) -> str:
        """Return what is left of how many, or a tick."""
        if counted.is_fine:
            return "✓"
        found = count(counted.found)
        if counted.rejected:
            left = count(counted.found - counted.rejected)
            return self.tr("{left} of {found}").format(left=left, found=found)
        return found if counted.found else "–"


class FacetList(QListWidget):
    """One is always chosen."""

    chosen = Signal(str)
    """The key of the check that is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What pictures are checked for"))
        self.setItemDelegate(_FacetDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_WIDTH_PX)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.currentItemChanged.connect(self._on_current)

    def set_facets(self, facets: Sequence[tuple[str, str]]) -> None:
        """Replace the list by keys and names; the first is chosen."""
        self.clear()
        for key, name in facets:
            item = QListWidgetItem(name)
            item.setData(_KEY, key)
            item.setData(_COUNTED, Counted(0))
            self.addItem(item)
        self.setCurrentRow(0)

    def key(self) -> str:
        """Return the key of what is chosen."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def choose(self, key: str) -> None:
        """Choose a check by its key."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)

    def counted(self, key: str) -> Counted:
        """Return what is shown for a check. Raises `LookupError`."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                found: Counted = self.item(row).data(_COUNTED)
                return found
        raise LookupError(key)

    def show_count(self, key: str, counted: Counted) -> None:
        """Show how many pictures a check finds."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == key and item.data(_COUNTED) != counted:
                item.setData(_COUNTED, counted)
                told = [item.text(), self.tr("found: {count}").format(count=count(counted.found))]
                if counted.rejected:
                    rejected = count(counted.rejected)
                    told.append(self.tr("of these rejected: {count}").format(count=rejected))
                if counted.is_fine:
                    told.append(self.tr("looked through, all fine"))
                text = ", ".join(told)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
                item.setToolTip("\n".join(told))

    @Slot()
    def _on_current(self) -> None:
        self.chosen.emit(self.key())
