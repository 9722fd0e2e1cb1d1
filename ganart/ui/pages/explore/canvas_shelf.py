"""A row of kept points below the map: bookmarks or anchors, each with its picture and name."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ganart.media.point import Point
from ganart.media.recipe_checks import MAX_TEXT
from ganart.ui.pages.explore.canvas_thumbs import Thumb, Thumbs
from ganart.ui.widgets.buttons import action_button
from ganart.ui.widgets.fitting import fitted
from ganart.ui.widgets.text import Caption

ICON_PX = 48
_TEXT_PX = 24
_SCROLL_PX = 16
_BAR_PX = 5
"""Height of the colour below a picture."""


@dataclass(frozen=True, slots=True)
class Row:
    """One of the points."""

    name: str
    point: Point
    colour: str = ""


class Shelf(QWidget):
    """Keys in the row: Enter goes to a picture, F2 renames, Delete removes."""

    activated = Signal(int)
    chosen = Signal(int)
    renamed = Signal(int, str)
    removed = Signal(int)

    def __init__(
        self,
        title: str,
        thumbs: Thumbs,
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`actions` have buttons beside the title."""
        super().__init__(parent)
        self._thumbs = thumbs
        self._rows: tuple[Row, ...] = ()
        self._icons: dict[tuple[Point, str], tuple[Thumb, QIcon]] = {}
        self._shown: list[Thumb | None] = []
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Search by name"))
        self.filter.setAccessibleName(self.tr("Search by name"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(180)
        head = QHBoxLayout()
        head.addWidget(Caption(title), 1)
        for action in actions:
            head.addWidget(action_button(action))
        head.addWidget(self.filter)
        self._set_up_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        self.filter.textChanged.connect(self._filter)
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        self.list.currentRowChanged.connect(self.chosen)
        self.list.itemChanged.connect(self._on_edited)
        thumbs.arrived.connect(self._draw)

    def _set_up_list(self) -> None:
        shelf = self.list
        shelf.setViewMode(QListView.ViewMode.IconMode)
        shelf.setFlow(QListView.Flow.LeftToRight)
        shelf.setMovement(QListView.Movement.Static)
        shelf.setWrapping(False)
        shelf.setIconSize(QSize(ICON_PX, ICON_PX + _BAR_PX))
        shelf.setGridSize(QSize(92, ICON_PX + _BAR_PX + _TEXT_PX))
        shelf.setFixedHeight(ICON_PX + _BAR_PX + _TEXT_PX + _SCROLL_PX)
        shelf.setTextElideMode(Qt.TextElideMode.ElideRight)
        shelf.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shelf.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.remove = QAction(self.tr("Remove"), shelf)
        self.remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.remove.triggered.connect(self._on_remove)
        self.rename = QAction(self.tr("Rename"), shelf)
        self.rename.triggered.connect(self._on_rename)
        shelf.addActions([self.rename, self.remove])
        shelf.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other points."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._show_rows()

    def _show_rows(self) -> None:
        current, rows = self.list.currentRow(), self._rows
        self._shown = [None] * len(rows)
        wanted = {(row.point, row.colour) for row in rows}
        self._icons = {key: kept for key, kept in self._icons.items() if key in wanted}
        empty = QIcon(_drawing(None, ""))
        with QSignalBlocker(self.list):
            while self.list.count() > len(rows):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(rows):
                item = QListWidgetItem(self.list)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            for number, row in enumerate(rows):
                item = self.list.item(number)
                item.setText(row.name)
                item.setToolTip(row.name)
                self._shown[number], drawn = self._icons.get((row.point, row.colour), (None, empty))
                item.setIcon(drawn)
            self.list.setCurrentRow(min(current, len(rows) - 1))
        self._filter()
        self._draw()

    def points(self) -> tuple[Point, ...]:
        """Return the points."""
        return tuple(row.point for row in self._rows)

    def current(self) -> int:
        """Return which row is chosen, or -1."""
        return self.list.currentRow()

    def choose(self, number: int) -> None:
        """Choose a row, without a signal."""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(number)
        if number >= 0:
            self.list.scrollToItem(self.list.item(number))

    @Slot()
    def edit(self) -> None:
        """Let the name of the chosen row be typed."""
        item = self.list.currentItem()
        if item is not None:
            self.list.setFocus()
            self.list.editItem(item)

    @Slot()
    def _draw(self) -> None:
        for number, row in enumerate(self._rows):
            thumb = self._thumbs.get(row.point)
            if thumb is not None and thumb is not self._shown[number]:
                drawn = QIcon(_drawing(thumb.pixmap, row.colour))
                self._shown[number] = thumb
                self._icons[row.point, row.colour] = thumb, drawn
                with QSignalBlocker(self.list):
                    self.list.item(number).setIcon(drawn)
                self.list.viewport().update()

    @Slot()
    def _filter(self) -> None:
        wanted = self.filter.text().casefold()
        for number, row in enumerate(self._rows):
            self.list.setRowHidden(number, wanted not in row.name.casefold())

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.activated.emit(self.list.row(item))

    @Slot(QListWidgetItem)
    def _on_edited(self, item: QListWidgetItem) -> None:
        number = self.list.row(item)
        name = "".join(each for each in item.text() if each.isprintable()).strip()[:MAX_TEXT]
        if name and name != self._rows[number].name:
            self.renamed.emit(number, name)
        else:
            self._show_rows()

    @Slot()
    def _on_rename(self) -> None:
        self.edit()

    @Slot()
    def _on_remove(self) -> None:
        if self.current() >= 0:
            self.removed.emit(self.current())


def _drawing(pixmap: QPixmap | None, colour: str) -> QPixmap:
    """Return a picture over a bar of its colour."""
    drawing = QPixmap(2 * ICON_PX, 2 * (ICON_PX + _BAR_PX))
    drawing.fill(Qt.GlobalColor.transparent)
    with QPainter(drawing) as painter:
        if pixmap is not None and not pixmap.isNull():
            smooth = pixmap.width() > ICON_PX
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            box = fitted(pixmap.size(), QRect(0, 0, 2 * ICON_PX, 2 * ICON_PX))
            painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))
        else:
            painter.fillRect(0, 0, 2 * ICON_PX, 2 * ICON_PX, QColor(128, 128, 128, 60))
        if colour:
            painter.fillRect(0, 2 * ICON_PX, 2 * ICON_PX, 2 * _BAR_PX, QColor(colour))
    return drawing
