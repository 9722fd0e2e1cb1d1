"""Verdicts by key: what can be said of the chosen pictures of any view of the Dataset page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.workers.curation import OFTEN, USUAL
from ganart.workers.pictures import Note

MOST_STARS = 5


class Culling(QObject):
    """Actions whose keys hold while `widget`, or a part of it, has the focus.

    They act on the pictures whose ids `chosen` returns; originals are left as they are.
    """

    said = Signal()
    """Something was said of the chosen pictures, so that a view may go on to the next one."""

    def __init__(self, desk: Desk, widget: QWidget, chosen: Callable[[], Sequence[int]]) -> None:
        super().__init__(widget)
        self._desk = desk
        self._widget = widget
        self._chosen = chosen
        self.pick = self._mark(self.tr("Pick"), ("P",), "picked", self.tr("Pick pictures"))
        self.reject = self._mark(
            self.tr("Reject"), ("X", "Del"), "rejected", self.tr("Reject pictures")
        )
        self.clear = self._mark(
            self.tr("Clear the verdict"), ("U",), "none", self.tr("Clear verdicts")
        )
        self.stars = [self._star(number) for number in range(MOST_STARS + 1)]
        self.usual = self._weight(
            self.tr("Show as usual"), USUAL, self.tr("Show pictures as usual")
        )
        self.often = self._weight(
            self.tr("Show 2 × as often"), OFTEN, self.tr("Show pictures twice as often")
        )
        self.all = [self.pick, self.reject, self.clear, *self.stars, self.usual, self.often]

    def set_enabled(self, is_enabled: bool) -> None:
        """Allow the actions, such as while something is chosen."""
        for action in self.all:
            action.setEnabled(is_enabled)

    def _mark(self, name: str, keys: Sequence[str], mark: str, text: str) -> QAction:
        from ganart.datasets.records import Mark

        return self._action(name, keys, Note.MARK, Mark(mark), text)

    def _star(self, number: int) -> QAction:
        name = self.tr("%n star(s)", "", number) if number else self.tr("No stars")
        return self._action(name, (str(number),), Note.STARS, number, self.tr("Rate pictures"))

    def _weight(self, name: str, weight: float, text: str) -> QAction:
        return self._action(name, (), Note.WEIGHT, weight, text)

    def _action(
        self, name: str, keys: Sequence[str], note: Note, value: object, text: str
    ) -> QAction:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self._say(note, value, text))
        self._widget.addAction(action)
        return action

    def _say(self, note: Note, value: object, text: str) -> None:
        rows = [self._desk.pictures.row(each) for each in self._chosen()]
        paths = [row.path for row in rows if row is not None]
        if paths:
            self._desk.curation.note({note: dict.fromkeys(paths, value)}, text)
            self.said.emit()
