"""Verdicts by key: what can be said of the chosen pictures of any view of the Dataset page."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ganart.ui.icons import icon
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.tag_editor import TagEditor
from ganart.ui.widgets.words import count
from ganart.workers.curation import OFTEN, USUAL
from ganart.workers.pictures import Note

MOST_STARS = 5
AUTO_ADVANCE = "auto_advance"
"""The key of the setting."""

_RARE_KEYS = range(Qt.Key.Key_Back.value, Qt.Key.Key_MediaLast.value)
"""Those of a command of their own, such as "Zoom In"; hardly a keyboard has one."""


class Culling(QObject):
    """Actions whose keys hold while `widget`, or a part of it, has the focus.

    They act on the pictures whose ids `chosen` returns; originals are left as they are. With Shift,
    a key does the opposite of the setting: it stays at a picture, or goes on to the next one.
    """

    said = Signal()
    """Something was said of the chosen pictures."""
    advance_wanted = Signal(int)
    """The id of the one picture that was judged: a view is to go on to the next one."""

    def __init__(self, desk: Desk, widget: QWidget, chosen: Callable[[], Sequence[int]]) -> None:
        super().__init__(widget)
        self._desk = desk
        self._widget = widget
        self._chosen = chosen
        self._reversed: list[QAction] = []
        self.pick = self._mark(self.tr("Pick"), ("P",), "picked", self.tr("Pick pictures"))
        self.reject = self._mark(
            self.tr("Reject"), ("X", "Del"), "rejected", self.tr("Reject pictures")
        )
        self.clear = self._mark(
            self.tr("Clear the verdict"), ("U",), "none", self.tr("Clear verdicts")
        )
        self.stars = [self._star(number) for number in range(MOST_STARS + 1)]
        self.tags = self._action(self.tr("Tags…"), ("T",))
        self.tags.triggered.connect(self.edit_tags)
        self.usual = self._weight(
            self.tr("Show as usual"), USUAL, self.tr("Show pictures as usual")
        )
        self.often = self._weight(
            self.tr("Show 2 × as often"), OFTEN, self.tr("Show pictures twice as often")
        )
        weights = [self.usual, self.often]
        self.all = [self.pick, self.reject, self.clear, *self.stars, self.tags, *weights]
        self.advance = self._advance()
        drawings = {
            "pick": self.pick,
            "close": self.reject,
            "unmarked": self.clear,
            "tag": self.tags,
        }
        for name, action in drawings.items():
            action.setIcon(icon(name))
            action.setIconVisibleInMenu(False)

    def set_enabled(self, is_enabled: bool) -> None:
        """Allow the actions, such as while something is chosen."""
        for action in (*self.all, *self._reversed):
            action.setEnabled(is_enabled)

    def fill(self, menu: QMenu) -> None:
        """Add all that can be said to a menu."""
        menu.addActions([self.pick, self.reject, self.clear])
        stars = menu.addMenu(self.tr("Stars"))
        stars.addActions(self.stars)
        menu.addAction(self.tags)
        weights = menu.addMenu(self.tr("How often it is shown"))
        weights.addActions([self.usual, self.often])

    @Slot()
    def edit_tags(self) -> None:
        """Let tags be added to the chosen pictures and taken from them."""
        if ids := self._chosen():
            TagEditor(self._desk, ids, self._widget).open()

    def _mark(self, name: str, keys: Sequence[str], mark: str, text: str) -> QAction:
        from ganart.datasets.records import Mark

        return self._judgement(name, keys, Note.MARK, Mark(mark), text)

    def _star(self, number: int) -> QAction:
        name = self.tr("Stars: {count}").format(count=count(number))
        name = name if number else self.tr("No stars")
        return self._judgement(name, (str(number),), Note.STARS, number, self.tr("Rate pictures"))

    def _weight(self, name: str, weight: float, text: str) -> QAction:
        action = self._action(name, ())
        action.triggered.connect(lambda: self._say(Note.WEIGHT, weight, text))
        return action

    def _judgement(
        self, name: str, keys: Sequence[str], note: Note, value: object, text: str
    ) -> QAction:
        """Return an action after which a view may go on to the next picture."""
        action = self._action(name, keys)
        action.triggered.connect(lambda: self._judge(note, value, text, is_reversed=False))
        other = self._action(name, [f"Shift+{key}" for key in keys])
        other.triggered.connect(lambda: self._judge(note, value, text, is_reversed=True))
        self._reversed.append(other)
        return action

    def _action(self, name: str, keys: Iterable[str]) -> QAction:
        action = QAction(name, self)
        shortcuts = [QKeySequence(key) for key in keys]
        action.setShortcuts(shortcuts)
        if shortcuts:
            action.setToolTip(f"{name} ({keys_text(action)})")
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._widget.addAction(action)
        return action

    def _advance(self) -> QAction:
        action = self._action(self.tr("Go on by itself"), ("A",))
        action.setIcon(icon("next"))
        action.setIconVisibleInMenu(False)
        action.setToolTip(
            self.tr(
                "After a verdict or stars, go on to the next picture (A). "
                "With Shift a key does the opposite."
            )
        )
        action.setCheckable(True)
        action.setChecked(bool(self._desk.session.settings.get(AUTO_ADVANCE)))
        action.toggled.connect(self._keep_advance)
        self._desk.session.setting_changed.connect(self._follow_setting)
        return action

    @Slot(bool)
    def _keep_advance(self, is_on: bool) -> None:
        if self._desk.session.settings.get(AUTO_ADVANCE) != is_on:
            self._desk.session.change_setting(AUTO_ADVANCE, is_on)

    @Slot(str)
    def _follow_setting(self, key: str) -> None:
        if key == AUTO_ADVANCE:
            self.advance.setChecked(bool(self._desk.session.settings.get(key)))

    def _judge(self, note: Note, value: object, text: str, *, is_reversed: bool) -> None:
        ids = list(self._chosen())
        self._say(note, value, text)
        paths = self._desk.paths(ids)
        self._desk.curation.note({Note.SEEN: dict.fromkeys(paths, True)})
        if len(ids) == 1 and self.advance.isChecked() is not is_reversed:
            self.advance_wanted.emit(ids[0])

    def _say(self, note: Note, value: object, text: str) -> None:
        if paths := self._desk.paths(self._chosen()):
            self._desk.curation.note({note: dict.fromkeys(paths, value)}, text)
            self.said.emit()


def keys_text(action: QAction) -> str:
    """Return the keys of an action as this computer writes them: 'X, Del'.

    Rare keys are left out.
    """
    native = QKeySequence.SequenceFormat.NativeText
    keys = [each for each in action.shortcuts() if _first_key(each) not in _RARE_KEYS]
    return ", ".join(each.toString(native) for each in keys)


def _first_key(keys: QKeySequence) -> int:
    first: QKeyCombination = keys[0]  # type: ignore[index]  # which the stubs do not know of
    return first.key().value
