"""Rows of thumbnails, one for each group of duplicates, the one to keep framed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ganart.ui.pages.dataset.duplicates_model import (
    FACTS,
    IS_DECIDED,
    IS_KEEPER,
    PICTURE,
    REASON,
    GroupsModel,
)
from ganart.ui.widgets.items import Index, paint_picture

_THUMB_PX = 96
_CELL_PX = 156
_HEADER_PX = 96
_GAP_PX = 5
_RADIUS_PX = 6
_REJECTED_OPACITY = 0.25


class _MemberDelegate(QStyledItemDelegate):
    """Paints a picture, and below it how it differs and how large it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        return QSize(_CELL_PX, _THUMB_PX + 2 * option.fontMetrics.height() + 5 * _GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; nothing where the group has no more pictures."""
        picture = index.data(PICTURE)
        if picture is None:
            return
        palette: QPalette = option.palette
        is_rejected = picture.mark == "rejected"
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        place = QRectF(box.left(), box.top() + _GAP_PX, box.width(), _THUMB_PX)
        painter.setOpacity(_REJECTED_OPACITY if is_rejected else 1.0)
        target = self._paint_thumbnail(painter, place, index, palette)
        painter.setOpacity(1.0)
        if is_rejected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawLine(target.bottomLeft(), target.topRight())
        elif index.data(IS_KEEPER):
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 3))
            painter.drawRect(target)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        lines = ((REASON, QPalette.ColorRole.Text), (FACTS, QPalette.ColorRole.PlaceholderText))
        height = painter.fontMetrics().height()
        for number, (role, colour) in enumerate(lines):
            top = place.bottom() + _GAP_PX + number * height
            line = QRectF(box.left() + _GAP_PX, top, box.width() - 2 * _GAP_PX, height)
            elide = Qt.TextElideMode.ElideRight
            text = painter.fontMetrics().elidedText(str(index.data(role)), elide, int(line.width()))
            painter.setPen(palette.color(colour))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def _paint_thumbnail(
        self, painter: QPainter, place: QRectF, index: Index, palette: QPalette
    ) -> QRectF:
        """Paint it, or a quiet tile until it is there; return where it is."""
        thumbnail = index.data(Qt.ItemDataRole.DecorationRole)
        if not isinstance(thumbnail, QPixmap) or thumbnail.isNull():
            tile = QRectF(0, 0, _THUMB_PX, _THUMB_PX)
            tile.moveCenter(place.center())
            painter.fillRect(tile, palette.color(QPalette.ColorRole.AlternateBase))
            return tile
        return paint_picture(painter, place, thumbnail, palette)


class _GroupHeader(QHeaderView):
    """Says what each group is: a few lines without a frame, and a line between the groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setFixedWidth(_HEADER_PX)

    def paintSection(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, logical_index: int
    ) -> None:
        """Paint what is said of one group."""
        palette = self.palette()
        orientation = Qt.Orientation.Vertical
        text = str(self.model().headerData(logical_index, orientation))
        is_decided = bool(self.model().headerData(logical_index, orientation, IS_DECIDED))
        painter.save()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Window))
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        role = QPalette.ColorRole.PlaceholderText if is_decided else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        align = QStyle.visualAlignment(self.layoutDirection(), lead)
        inner = rect.adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        painter.drawText(inner, int(align) | int(Qt.TextFlag.TextWordWrap), text)
        painter.restore()


class GroupsView(QTableView):
    """Shows a `GroupsModel`, of any length."""

    def __init__(self, model: GroupsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Groups of duplicates"))
        delegate = _MemberDelegate(self)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setVerticalHeader(_GroupHeader(self))
        height = _THUMB_PX + 2 * self.fontMetrics().height() + 5 * _GAP_PX
        for header, size in (
            (self.verticalHeader(), height),
            (self.horizontalHeader(), _CELL_PX),
        ):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size)
            header.setHighlightSections(False)
        self.horizontalHeader().hide()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Pass over letters: they are keys of the tab."""

    def chosen(self) -> Sequence[int]:
        """Return the ids of the selected pictures, row by row."""
        indexes = sorted(
            self.selectionModel().selectedIndexes(), key=lambda each: (each.row(), each.column())
        )
        pictures = [index.data(PICTURE) for index in indexes]
        return [picture.id for picture in pictures if picture is not None]

    def group(self) -> int | None:
        """Return the row of the current group."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def current(self) -> int | None:
        """Return the id of the current picture."""
        picture = self.currentIndex().data(PICTURE)
        return None if picture is None else int(picture.id)

    def go_to(self, row: int) -> None:
        """Go to the picture to keep of a group."""
        index = self._groups.keeper_index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)
