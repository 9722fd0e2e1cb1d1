"""The sources of the dataset as rows: what each is, how many pictures it has, how it stands."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QItemSelectionModel, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.ui.icons import icon
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.two_lines import SECOND_LINE, TwoLineDelegate
from ganart.ui.widgets.words import count, left_to_right
from ganart.workers.source_states import SourceKind, SourceState
from ganart.workers.sources import below

_STATE = Qt.ItemDataRole.UserRole
_SIGNS = Qt.ItemDataRole.UserRole + 1
"""Icons of how a source stands, painted at the end of its row."""
_TROUBLE = Qt.ItemDataRole.UserRole + 2
"""What is out of the ordinary."""
_COUNT = Qt.ItemDataRole.UserRole + 3
"""The number of pictures."""
_ICON_PX = 20
_SIGN_PX = 16
_SEPARATOR = "  ·  "
_GAP_PX = 10
_ICONS = {
    SourceKind.FOLDER: "folder",
    SourceKind.FILE: "picture",
    SourceKind.ZIP: "archive",
    SourceKind.FILM: "film",
    SourceKind.PASTED: "copy",
}


class SourceDelegate(TwoLineDelegate):
    """Paints an icon before the two lines, and signs behind them."""

    elide = Qt.TextElideMode.ElideMiddle

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawing = index.data(Qt.ItemDataRole.DecorationRole)
        signs: Sequence[str] = index.data(_SIGNS) or ()
        begin, end = _GAP_PX + _ICON_PX, 0
        self._paint_icon(painter, option, drawing, _GAP_PX, _ICON_PX)
        for name in signs:
            end += _SIGN_PX + _GAP_PX // 2
            place = option.rect.width() - end - _GAP_PX // 2
            self._paint_icon(painter, option, icon(name), place, _SIGN_PX)
        inner = QStyleOptionViewItem(option)
        inner.rect = QStyle.visualRect(
            option.direction, option.rect, option.rect.adjusted(begin, 0, -end, 0)
        )
        facts, trouble = str(index.data(SECOND_LINE)), str(index.data(_TROUBLE))
        width = option.fontMetrics.horizontalAdvance(facts)
        if trouble and width > self.lines_rect(inner).width():
            # The name gives way to the count, so that the trouble can be read.
            self._paint_lines(painter, inner, str(index.data()), trouble, str(index.data(_COUNT)))
        else:
            super()._paint_texts(painter, inner, index)

    def _paint_icon(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        drawing: QIcon,
        place: int,
        side: int,
    ) -> None:
        row: QRect = option.rect
        box = QRect(row.left() + place, row.top() + (row.height() - side) // 2, side, side)
        drawing.paint(painter, QStyle.visualRect(option.direction, row, box))


class SourceList(QListWidget):
    """One row a source, in the order of adding."""

    opened = Signal()
    """The pictures of what is selected are wanted, by a click or the Enter key."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sources = desk.session.sources
        self._watcher = desk.session.watcher
        self.setAccessibleName(self.tr("Sources of the dataset"))
        self.setItemDelegate(SourceDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.itemClicked.connect(self.opened)
        self.itemActivated.connect(self.opened)
        desk.pictures.listed.connect(self.refresh)
        self._sources.looked.connect(self.refresh)
        self._watcher.looked.connect(self.refresh)
        self.refresh()

    def paths(self) -> list[Path]:
        """Return what is listed."""
        return [self._state(row).path for row in range(self.count())]

    def chosen(self) -> list[SourceState]:
        """Return what is selected."""
        return [self._state(row) for row in range(self.count()) if self.item(row).isSelected()]

    def name(self, state: SourceState) -> str:
        """Return what people call a source."""
        if state.kind is SourceKind.PASTED:
            return self.tr("Pasted pictures")
        return state.name

    def _state(self, row: int) -> SourceState:
        state: SourceState = self.item(row).data(_STATE)
        return state

    @Slot()
    def refresh(self) -> None:
        """Show how the sources stand now; what is selected stays so."""
        states = self._sources.states()
        chosen, current = {state.path for state in self.chosen()}, self.currentRow()
        is_as_long = self.count() == len(states)  # also where one was found again elsewhere
        if not is_as_long:
            self.clear()
            for _ in states:
                self.addItem(QListWidgetItem())
        for row, state in enumerate(states):
            self._fill(self.item(row), state)
        if not is_as_long:
            last = min(current, len(states) - 1)
            self.setCurrentRow(last, QItemSelectionModel.SelectionFlag.NoUpdate)
            for row, state in enumerate(states):
                self.item(row).setSelected(state.path in chosen)

    def _fill(self, item: QListWidgetItem, state: SourceState) -> None:
        name, signs = self.name(state), self._signs(state)
        number = len(below(self._desk.pictures.rows, state.path))
        odd, refused = self._oddities(state, number), self._refused(state)
        facts = [*odd, self.tr("Pictures: {count}").format(count=count(number)), *refused]
        item.setText(name)
        item.setData(_STATE, state)
        item.setData(SECOND_LINE, _SEPARATOR.join(facts))
        item.setData(_TROUBLE, _SEPARATOR.join([*odd, *refused]))
        item.setData(_COUNT, count(number))
        item.setData(_SIGNS, signs)
        item.setIcon(icon(_ICONS[state.kind]))
        if "watch" in signs:
            facts.append(self.tr("watched for changes"))
        place = left_to_right(QDir.toNativeSeparators(str(state.origin or state.path)))
        item.setToolTip("\n".join([name, place, *facts]))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join([name, *facts]))

    def _oddities(self, state: SourceState, number: int) -> list[str]:
        words = {
            self.tr("not there now"): not state.is_there,
            self.tr("empty now"): state.is_bare and number > 0,
            self.tr("not all was taken"): not state.is_whole,
            self.tr("newer version there"): state.has_newer,
            self.tr("very many folders: looked at every 5 minutes"): self._watcher.is_slow(
                state.path
            ),
        }
        return [text for text, holds in words.items() if holds]

    def _refused(self, state: SourceState) -> list[str]:
        refused = len(below(self._desk.pictures.refused, state.path))
        text = self.tr("cannot be used: {count}").format(count=count(refused))
        return [text] if refused else []

    def _signs(self, state: SourceState) -> list[str]:
        signs = {
            "away": state.is_away(),
            "newer": state.has_newer or not state.is_whole,
            "watch": state.path in self._sources.watched and state.is_there,
        }
        return [name for name, holds in signs.items() if holds]

    def sizeHint(self) -> QSize:
        """Return a size that leaves the room to the pictures."""
        return QSize(220, 200)
