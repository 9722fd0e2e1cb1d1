"""A grid of cards, each with one or two pictures side by side and a line below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPalette, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ganart.ui.widgets.items import Index, lay_as_cards, paint_frames, paint_picture
from ganart.workers.image_loader import ImageLoader, LoadedImage

SIDE_PX = 96
_GAP_PX = 4
_CARD = Qt.ItemDataRole.UserRole + 11


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A picture file, perhaps beside another picture, and what is told of it."""

    path: Path
    caption: str
    tip: str
    beside: QImage = field(default_factory=QImage)
    """Shown before the file's own picture; none where it is null."""


class _Delegate(QStyledItemDelegate):
    """Paints the pictures of a card over its caption; a quiet tile for one that is not there."""

    def __init__(self, pictures: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a card."""
        width = self._pictures * (SIDE_PX + _GAP_PX) + 3 * _GAP_PX
        return QSize(width, SIDE_PX + option.fontMetrics.height() + 5 * _GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        card: Card = index.data(_CARD)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        shown = [picture] if card.beside.isNull() else [QPixmap.fromImage(card.beside), picture]
        palette: QPalette = option.palette
        frame = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frames(painter, option, frame)
        if option.direction is Qt.LayoutDirection.RightToLeft:
            shown.reverse()  # the first one is where reading begins
        for number, pixmap in enumerate(shown):
            left = frame.left() + 2 * _GAP_PX + number * (SIDE_PX + _GAP_PX)
            box = QRectF(left, frame.top() + 2 * _GAP_PX, SIDE_PX, SIDE_PX)
            paint_picture(painter, box, pixmap, palette)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        line = QRectF(
            frame.left() + 2 * _GAP_PX,
            frame.top() + SIDE_PX + 2 * _GAP_PX,
            frame.width() - 4 * _GAP_PX,
            option.fontMetrics.height() + 2 * _GAP_PX,
        )
        elide = Qt.TextElideMode.ElideMiddle
        text = option.fontMetrics.elidedText(card.caption, elide, int(line.width()))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()


class PictureCards(QListView):
    """Cards that fill the width; several can be selected. Pictures come from a loader."""

    def __init__(
        self, loader: ImageLoader, pictures: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(pictures, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        lay_as_cards(self)
        loader.loaded.connect(self._on_loaded)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Replace the cards."""
        self._items.clear()
        for card in cards:
            item = QStandardItem(card.caption)
            item.setEditable(False)
            item.setData(card, _CARD)
            item.setData(card.tip, Qt.ItemDataRole.ToolTipRole)
            item.setData(card.tip, Qt.ItemDataRole.AccessibleTextRole)
            self._items.appendRow(item)
        for card in reversed(cards):  # the last one asked for comes first
            self._loader.load(card.path, SIDE_PX)

    def selected(self) -> list[Path]:
        """Return the files of the selected cards."""
        return [index.data(_CARD).path for index in self.selectedIndexes()]

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size: one card."""
        return QSize(SIDE_PX, SIDE_PX)

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.side_px != SIDE_PX or loaded.image.isNull():
            return
        for row in range(self._items.rowCount()):
            item = self._items.item(row)
            if item.data(_CARD).path == loaded.path:
                item.setData(QPixmap.fromImage(loaded.image), Qt.ItemDataRole.DecorationRole)
