"""A small window that adds tags to pictures and takes them away, without a hand on the mouse."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QStringListModel,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.icons import icon
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.widgets.flow import FlowLayout
from ganart.ui.widgets.tag_completer import LastTagCompleter
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count
from ganart.workers.pictures import Note

_WIDTH_PX = 420
_TAG_PX = 260
"""The width of a tag's text; the rest of a longer one is in its tip."""
_MOST_PARTIAL = 24
"""Tags of only some pictures that are shown, the most frequent ones."""
_ERASING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class TagEditor(QDialog):
    """The tags that all of some pictures have, and those that only some have.

    Each change holds at once and can be taken back alone. Enter without a tag, or Esc, ends it.
    """

    def __init__(self, desk: Desk, ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._over = parent
        self._ids = tuple(ids)
        self.setWindowTitle(self.tr("Tags"))
        self.setFixedWidth(_WIDTH_PX)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("New tags"))
        self.field.setPlaceholderText(self.tr("Add tags, with commas between"))
        self.field.setClearButtonEnabled(True)
        completer = LastTagCompleter(self)
        completer.setModel(QStringListModel(desk.tally.tags_by_name(), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.field.installEventFilter(self)
        self.common: list[QToolButton] = []
        self.partial: list[QToolButton] = []
        self._chips = FlowLayout(spacing_px=4)
        self._explained = Caption()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        heading = self.tr("Tags of the pictures selected: {count}")
        layout.addWidget(Heading(heading.format(count=count(len(self._ids)))))
        layout.addWidget(self.field)
        layout.addLayout(self._chips)
        layout.addWidget(self._explained)
        desk.pictures.noted.connect(self._show_tags)
        desk.pictures.listed.connect(self.reject)
        self._show_tags()
        self.field.setFocus()

    def open(self) -> None:
        """Show it over the lower edge of its parent."""
        over = self._over
        self.adjustSize()
        left = (over.width() - self.width()) // 2
        self.move(over.mapToGlobal(QPoint(left, max(0, over.height() - self.height() - 16))))
        super().open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame that the window has none of."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have Enter add what is typed, and end the editing if nothing is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.field and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter()
                return True
            if isinstance(watched, QToolButton) and event.key() in _ERASING:
                self.remove(watched.property("tag"))
                self.field.setFocus()
                return True
        return super().eventFilter(watched, event)

    def add(self, tags: Iterable[str]) -> None:
        """Give all the pictures these tags as well; known ones keep their capitals."""
        known = {tag.casefold(): tag for tag in self._desk.tally.tags}
        more = frozenset(known.get(tag.casefold(), tag) for tag in tags)
        self._change(lambda before: before | more, self.tr("Tag pictures"))

    def remove(self, tag: str) -> None:
        """Take a tag from all the pictures that have it."""
        self._change(lambda before: before - {tag}, self.tr("Remove a tag"))

    def _change(self, changed: Callable[[frozenset[str]], frozenset[str]], text: str) -> None:
        rows = [row for each in self._ids if (row := self._desk.pictures.row(each)) is not None]
        tags = {row.path: changed(row.tags) for row in rows}
        self._desk.curation.note({Note.TAGS: tags}, text)

    @Slot()
    def _on_enter(self) -> None:
        from ganart.datasets.captions import split_tags

        if text := self.field.text().strip():
            self.add(split_tags(text))
            self.field.clear()
        else:
            self.accept()

    @Slot()
    def _show_tags(self) -> None:
        rows = [row for each in self._ids if (row := self._desk.pictures.row(each)) is not None]
        counted = Counter(tag for row in rows for tag in row.tags)
        had_focus = self.focusWidget()
        while self._chips.takeAt(0) is not None:
            pass
        for chip in (*self.common, *self.partial):
            chip.hide()
            chip.deleteLater()
        by_name = sorted(counted, key=lambda tag: (tag.casefold(), tag))
        common = [tag for tag in by_name if counted[tag] == len(rows)]
        often = sorted(set(counted) - set(common), key=lambda tag: (-counted[tag], tag))
        self.common = [self._chip(tag, "") for tag in common]
        some = self.tr("{some} of {all}")
        self.partial = [
            self._chip(tag, some.format(some=count(counted[tag]), all=count(len(rows))))
            for tag in often[:_MOST_PARTIAL]
        ]
        self._explained.setText(
            self.tr("A click gives a tag of some to all of them. Del takes a tag away.")
            if self.partial
            else self.tr("A click or Del takes a tag away.")
        )
        self._explained.setVisible(bool(counted))
        if had_focus is not self.field:
            self.field.setFocus()
        self.adjustSize()

    def _chip(self, tag: str, some: str) -> QToolButton:
        """Return a button for a tag of all pictures, or of `some` as words say."""
        chip = QToolButton()
        chip.setProperty("tag", tag)
        chip.setAutoRaise(bool(some))
        chip.setIcon(icon("plus" if some else "close"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        elided = chip.fontMetrics().elidedText(tag, Qt.TextElideMode.ElideMiddle, _TAG_PX)
        text = f"{elided} ({some})" if some else elided
        chip.setText(text.replace("&", "&&"))
        does = self.tr("Give all of them the tag “{tag}”") if some else self.tr("Remove “{tag}”")
        chip.setToolTip(does.format(tag=tag))
        chip.setAccessibleName(does.format(tag=tag))
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.installEventFilter(self)
        chip.clicked.connect(self._on_chip)
        self._chips.addWidget(chip)
        return chip

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        if chip in self.partial:
            self.add([chip.property("tag")])
        else:
            self.remove(chip.property("tag"))
