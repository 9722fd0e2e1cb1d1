"""The Duplicates tab: pictures that are there several times, and which of them to keep."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.duplicates_head import DuplicatesHead
from ganart.ui.pages.dataset.duplicates_model import GroupsModel
from ganart.ui.pages.dataset.duplicates_search import DuplicatesSearch
from ganart.ui.pages.dataset.duplicates_view import GroupsView
from ganart.ui.pages.dataset.unmeasured import Unmeasured
from ganart.workers.duplicates import Duplicates
from ganart.workers.pictures import Note

if TYPE_CHECKING:
    from ganart.datasets.duplicates import Group
    from ganart.datasets.records import Mark
_COMPARED = 4
"""Pictures of a group that are looked at side by side when none are selected, at most."""


class DuplicatesTab(QWidget):
    """Searches when it is shown first, and again when there are other pictures."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._live: list[Group] = []
        self._apart: list[Group] = []
        self.duplicates = Duplicates(desk.session, desk.session.undo, self)
        self.head = DuplicatesHead()
        self.search = DuplicatesSearch()
        self.unmeasured = Unmeasured(desk.session)
        self.model = GroupsModel(desk, self)
        self.view = GroupsView(self.model)
        self.stack = QStackedWidget()
        self.name = QLabel()
        self.buttons: list[QPushButton] = []
        self.culling = Culling(desk, self.view, self.view.chosen)
        self.prefer = self._action(self.tr("Prefer this one"), "K", self._prefer)
        self.keep = self._action(
            self.tr("Keep this one, reject the others"), "Return", self._keep_current
        )
        self.apart = self._action(self.tr("Not duplicates"), "N", self._tell_apart)
        self.compare = self._action(self.tr("Compare"), "C", self._compare)
        self.loupe = self._action(self.tr("Look closely"), "Space", self._look_closely)
        self._build()
        self._connect()
        self._renew()

    def _build(self) -> None:
        self.stack.addWidget(self.search)
        self.stack.addWidget(self.view)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.name, 1)
        for action in (self.compare, self.apart, self.prefer, self.keep):
            self.buttons.append(self._button(action))
            buttons.addWidget(self.buttons[-1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.unmeasured)
        layout.addWidget(self.head)
        layout.addWidget(self.stack, 1)
        layout.addLayout(buttons)

    def _action(self, name: str, key: str, slot: Callable[[], None]) -> QAction:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key)])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.view.addAction(action)
        return action

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text())
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(self.tr("Key: {key}").format(key=key))
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        action.changed.connect(lambda: button.setText(action.text()))
        return button

    def _connect(self) -> None:
        self._desk.looked_at.connect(self._come_back)
        self.duplicates.changed.connect(self._renew)
        self.duplicates.progressed.connect(self.search.show_progress)
        self.duplicates.told_apart.connect(self._on_told_apart)
        self.search.cancel_wanted.connect(self.duplicates.cancel)
        self.search.look_wanted.connect(self.duplicates.look)
        self.head.groups_wanted.connect(self._show_groups)
        self.head.keep_chosen.connect(self._set_keep)
        self.head.apart.toggled.connect(self._show_groups)
        self.model.decided.connect(self._update)
        self.view.selectionModel().selectionChanged.connect(self._update)
        self.view.selectionModel().currentChanged.connect(self._update)
        self.view.doubleClicked.connect(self.prefer.trigger)
        self.head.keep_all.clicked.connect(self._keep_all)

    def showEvent(self, event: QShowEvent) -> None:
        """Search when somebody looks."""
        super().showEvent(event)
        self.duplicates.set_wanted(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks; a search goes on."""
        super().hideEvent(event)
        self.duplicates.set_wanted(False)

    # What is shown

    @Slot()
    def _renew(self) -> None:
        found = self.duplicates.found
        self.unmeasured.show_count(0 if found is None else found.unmeasured)
        self.search.show_state(
            is_looking=self.duplicates.is_looking(),
            has_pictures=bool(self._desk.pictures.rows),
            has_searched=found is not None,
        )
        self._show_groups()

    @Slot()
    def _show_groups(self) -> None:
        """Show the groups that are wanted, at the first that is not decided."""
        found = self.duplicates.found
        groups = () if found is None else found.groups[self.head.likeness()]
        self._live, self._apart = [], []
        if found is not None:
            for group in groups:
                is_apart = found.apart.covers(group.ids)
                (self._apart if is_apart else self._live).append(group)
        if self.head.are_doubtful_first():
            for those in (self._live, self._apart):
                those.sort(key=lambda group: -group.difference)
        self.head.show_apart(len(self._apart))
        shown = self._apart if self.head.apart.isChecked() else self._live
        self.model.show_groups(shown, {} if found is None else found.sharpness)
        is_ready = bool(shown) and not self.duplicates.is_looking()
        self.stack.setCurrentWidget(self.view if is_ready else self.search)
        if is_ready:
            first = self.model.next_open(-1)
            self.view.go_to(0 if first is None else first)
        self._update()

    @Slot()
    def _on_told_apart(self) -> None:
        """Show the groups anew, at the same height."""
        row, place = self.view.group() or 0, self.view.verticalScrollBar().value()
        self._show_groups()
        if rows := self.model.rowCount():
            self.view.go_to(min(row, rows - 1))
            self.view.verticalScrollBar().setValue(place)

    @Slot()
    def _update(self) -> None:
        is_ready = self.stack.currentWidget() is self.view
        shows_apart = self.head.apart.isChecked()
        self.head.setVisible(is_ready or bool(self._apart) or self.head.is_narrowed())
        self.head.show_decided(self.model.decided_count(), self.model.rowCount(), shows_apart)
        current = self.view.current() if is_ready else None
        for action in (self.prefer, self.keep, self.apart, self.compare, self.loupe):
            action.setEnabled(current is not None)
        for button in self.buttons:
            button.setVisible(is_ready)
        self.culling.set_enabled(is_ready and bool(self.view.chosen()))
        self.apart.setText(
            self.tr("Duplicates after all") if shows_apart else self.tr("Not duplicates")
        )
        picture = None if current is None else self._desk.pictures.row(current)
        name = "" if picture is None else picture.path.name
        elide = Qt.TextElideMode.ElideMiddle
        self.name.setText(self.fontMetrics().elidedText(name, elide, self.name.width()))

    # What is done

    @Slot(object)
    def _set_keep(self, keep: object) -> None:
        from ganart.datasets.duplicates import Keep

        self.model.set_keep(Keep(str(keep)))

    @Slot()
    def _prefer(self) -> None:
        """Frame the current picture; where the group is decided, decide it anew."""
        current, row = self.view.current(), self.view.group()
        if current is None or row is None:
            return
        was_decided = self.model.is_decided(row)
        self.model.prefer(current)
        if was_decided:
            self._decide(row, current)

    @Slot()
    def _keep_current(self) -> None:
        current, row = self.view.current(), self.view.group()
        if current is None or row is None:
            return
        self.model.prefer(current)
        self._decide(row, current)
        self._go_on(row)

    def _decide(self, row: int, keeper: int) -> None:
        from ganart.datasets.records import Mark

        marks: dict[Path, Mark] = {}
        for picture_id in self.model.ids(row):
            picture = self._desk.pictures.row(picture_id)
            if picture is None:
                continue
            if picture_id != keeper:
                marks[picture.path] = Mark.REJECTED
            elif picture.mark == Mark.REJECTED:
                marks[picture.path] = Mark.NONE
        self._note(marks, self.tr("Keep one of a group"))

    @Slot()
    def _keep_all(self) -> None:
        from ganart.datasets.records import Mark

        others = self.model.others(range(self.model.rowCount()))
        self._note(
            {row.path: Mark.REJECTED for row in others}, self.tr("Keep the best of all groups")
        )

    def _note(self, marks: "dict[Path, Mark]", text: str) -> None:
        self._desk.curation.note({Note.MARK: marks}, text)

    @Slot()
    def _tell_apart(self) -> None:
        row = self.view.group()
        if row is None:
            return
        are_apart = not self.head.apart.isChecked()
        text = self.tr("Not duplicates") if are_apart else self.tr("Duplicates after all")
        self.duplicates.tell_apart(self.model.ids(row), are_apart, text)

    def _go_on(self, row: int) -> None:
        following = self.model.next_open(row)
        if following is not None:
            self.view.go_to(following)

    @Slot()
    def _compare(self) -> None:
        row, chosen = self.view.group(), list(self.view.chosen())
        if row is None:
            return
        if len(chosen) < 2:
            keeper = self.model.keeper(row)
            ids = [keeper, *(each for each in self.model.ids(row) if each != keeper)]
            chosen = [keeper, *(each for each in chosen if each != keeper)]
            chosen = chosen if len(chosen) == 2 else ids[:_COMPARED]
        self._desk.compare_wanted.emit(chosen)

    @Slot()
    def _look_closely(self) -> None:
        row, current = self.view.group(), self.view.current()
        if row is not None and current is not None:
            self._desk.loupe_wanted.emit(list(self.model.ids(row)), current)

    @Slot(int)
    def _come_back(self, picture_id: int) -> None:
        """Go on from the picture that was looked at last."""
        index = self.model.index_of(picture_id)
        if self.view.isVisible() and index.isValid():
            self.view.setFocus()
            self.view.setCurrentIndex(index)
