"""What of the dataset is shown, and in which order."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ganart.datasets.picture_table import Order
from ganart.datasets.records import MAX_STARS, Mark
from ganart.ui.icons import icon
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.filter_boxes import Entries, choice_box, choose, refill
from ganart.ui.pages.dataset.filter_chips import FilterChips
from ganart.ui.pages.dataset.filter_panel import FilterPanel
from ganart.ui.pages.dataset.filter_words import FALLING, FilterWords
from ganart.ui.pages.dataset.shown import Shown
from ganart.ui.widgets.buttons import tool_button

_TYPING_MS = 150
_LEAST_SEARCH_PX = 110
_ONWARDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_DRAWINGS = {Mark.PICKED: "pick", Mark.NONE: "unmarked", Mark.REJECTED: "close"}


class FilterBar(QWidget):
    """A line of what is asked for most, a panel of the rest that unfolds, and what is set."""

    left = Signal()
    """The person is done here and wants to go on with the pictures."""

    def __init__(self, desk: Desk, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._words = FilterWords(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._on_text)
        self.search = QLineEdit()
        self.search.setAccessibleName(self.tr("Search by name, folder or tag"))
        self.search.setPlaceholderText(self.tr("Name, folder or tag"))
        self.search.setToolTip(self.tr("Search by name, folder or tag (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_LEAST_SEARCH_PX)
        self.marks = {mark: self._mark_button(mark) for mark in _DRAWINGS}
        self.stars = choice_box(self.tr("Stars"), self._amounts())
        self.order = choice_box(self.tr("Sort by"), self._orders(has_issue=False))
        self.direction = tool_button("rising", self.tr("Least first"))
        self.more = QToolButton()
        self.panel = FilterPanel(desk, shown)
        self.chips = FilterChips(shown, desk.tally)
        self._lay_out()
        self._connect()
        self._show_wish()

    def _lay_out(self) -> None:
        self.more.setIcon(icon("filter"))
        self.more.setText(self.tr("More filters"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setToolTip(self.tr("Seen, tags, issues, folders, shapes and sizes"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.search, 1)
        verdicts = QHBoxLayout()
        verdicts.setSpacing(0)
        for button in self.marks.values():
            verdicts.addWidget(button)
        line.addLayout(verdicts)
        line.addWidget(self.stars)
        line.addWidget(self.more)
        line.addWidget(self.order)
        line.addWidget(self.direction)
        self.panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.panel)
        layout.addWidget(self.chips)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_typed)
        self.search.textChanged.connect(self._on_cleared)
        for button in self.marks.values():
            button.clicked.connect(self._on_mark)
        self.stars.currentIndexChanged.connect(self._on_stars)
        self.order.activated.connect(self._on_order)
        self.direction.clicked.connect(self._on_direction)
        self.more.toggled.connect(self.panel.setVisible)
        self._shown.wished.connect(self._show_wish)
        self.to_search = QAction(self.tr("Search"), self)
        self.to_search.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        self.to_search.triggered.connect(self._focus_search)
        self.addAction(self.to_search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show all with Esc, then go back to the pictures; Enter in the search goes there."""
        if event.key() == Qt.Key.Key_Escape:
            self._typing.stop()
            if self._shown.wish.is_open() and not self.search.text():
                self.left.emit()
            else:
                self.search.clear()
                self._shown.show_all()
        elif self.search.hasFocus() and event.key() in _ONWARDS:
            self._on_text()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _show_wish(self) -> None:
        wish = self._shown.wish
        if not self._typing.isActive() and self.search.text().strip() != wish.filter.text:
            with QSignalBlocker(self.search):
                self.search.setText(wish.filter.text)
        is_any = wish.filter.marks == frozenset(Mark)
        for mark, button in self.marks.items():
            button.setChecked(not is_any and mark in wish.filter.marks)
        choose(self.stars, wish.filter.least_stars)
        refill(self.order, self._orders(has_issue=bool(wish.issue)))
        choose(self.order, wish.order)
        name = self.tr("Most first") if wish.is_falling else self.tr("Least first")
        self.direction.setIcon(icon("falling" if wish.is_falling else "rising"))
        self.direction.setToolTip(name)
        self.direction.setAccessibleName(self.tr("Order: {order}").format(order=name))

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot(str)
    def _on_cleared(self, text: str) -> None:
        if not text:
            self._on_text()

    @Slot()
    def _on_text(self) -> None:
        self._typing.stop()
        self._shown.narrow(text=self.search.text().strip())

    @Slot()
    def _on_mark(self) -> None:
        wanted = frozenset(mark for mark, button in self.marks.items() if button.isChecked())
        self._shown.narrow(marks=wanted or frozenset(Mark))
        self._show_wish()

    @Slot()
    def _on_stars(self) -> None:
        self._shown.narrow(least_stars=self.stars.currentData())

    @Slot()
    def _on_order(self) -> None:
        order = Order(self.order.currentData())
        if order is Order.LIKENESS:
            self._shown.sort_by_likeness()
        else:
            self._shown.want(
                replace(self._shown.wish, order=order, is_falling=order in FALLING, alike=0)
            )
        self._show_wish()

    @Slot()
    def _on_direction(self) -> None:
        wish = self._shown.wish
        self._shown.want(replace(wish, is_falling=not wish.is_falling))

    def _mark_button(self, mark: Mark) -> QToolButton:
        name = self.tr("Show: {verdict}").format(verdict=self._words.mark(mark))
        button = tool_button(_DRAWINGS[mark], name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _amounts(self) -> Entries:
        some = [
            ("★" * number + ("" if number == MAX_STARS else " +"), number)
            for number in range(1, MAX_STARS + 1)
        ]
        return [(self.tr("Any stars"), 0), *some]

    def _orders(self, *, has_issue: bool) -> Entries:
        orders = [each for each in Order if has_issue or each is not Order.ISSUE]
        return [(self._words.order(each), each) for each in orders]
