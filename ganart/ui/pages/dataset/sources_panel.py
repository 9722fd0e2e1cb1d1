"""The panel of the sources: adding, removing, finding again, watching."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.adding import Adding
from ganart.ui.icons import icon
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.sources_list import SourceList
from ganart.ui.pages.dataset.sources_removal import RemovalQuestion, is_worth_a_question, loss_of
from ganart.ui.reveal import Revealer
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.text import Heading
from ganart.workers.source_states import SourceKind, SourceState
from ganart.workers.sources import below

_IN_PLACE = frozenset({SourceKind.FOLDER, SourceKind.FILE})
"""Kinds of sources that stay where they are, so that they may move."""
_TAKEN_OUT = frozenset({SourceKind.ZIP, SourceKind.FILM})


class SourcesPanel(QWidget):
    """What the dataset is made of, and all that can be done about it."""

    add_asked = Signal()
    """A folder is wanted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = desk.session
        self._adding = Adding(desk.session, self)
        self._revealer = Revealer(desk.session, self)
        self._is_free = True
        self.question: QMessageBox | None = None
        self.list = SourceList(desk)
        self.add = QPushButton(icon("plus"), self.tr("&Add"))
        self.add.setObjectName("dataset-add")  # for the tour
        self.remove = tool_button("trash", self.tr("Remove"))
        self.more = tool_button("ellipsis", self.tr("More to do with the selected source"))
        self.fold_button = tool_button("panel", self.tr("Show the sources"))
        self.fold_button.setCheckable(True)
        self.fold_button.setChecked(True)
        self.fold_button.toggled.connect(self.setVisible)
        self._make_actions()
        self._lay_out()
        self.list.opened.connect(self._show_pictures)
        self.list.itemSelectionChanged.connect(self._update)
        self.list.model().modelReset.connect(self._update)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._session.sources.looked.connect(self._update)
        self._update()

    def _make_actions(self) -> None:
        def action(text: str, slot: Callable[[], None], drawing: str = "") -> QAction:
            made = QAction(text, self)
            made.triggered.connect(slot)
            if drawing:
                made.setIcon(icon(drawing))
                made.setIconVisibleInMenu(False)
            return made

        adding = self._adding
        self.ways_in = [
            action(self.tr("&Folder…"), self.add_asked.emit, "folder"),
            action(self.tr("&Picture files…"), adding.choose_pictures, "picture"),
            action(self.tr("&ZIP file…"), adding.choose_archive, "archive"),
            action(self.tr("F&ilm or animation…"), adding.choose_film, "film"),
            action(self.tr("Pas&te"), adding.paste, "copy"),
        ]
        self.show_action = action(self.tr("Show its &pictures"), self._show_pictures)
        self.reveal_action = action(self.tr("Show in its &folder"), self._reveal)
        self.scan_action = action(self.tr("&Look for new pictures"), self._scan)
        self.watch_action = action(self.tr("&Watch for changes"), self._toggle_watch)
        self.watch_action.setCheckable(True)
        self.again_action = action(self.tr("Take &again"), self._take_again)
        self.find_action = action(self.tr("F&ind again…"), self._find_again)
        self.find_action.setToolTip(
            self.tr("Tell where it lies now; marks, stars, tags and crops are kept")
        )
        self.remove_action = action(self.tr("&Remove"), self._remove, "trash")
        self.remove_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.remove_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.addAction(self.remove_action)

    def _lay_out(self) -> None:
        ways_in = QMenu(self)
        ways_in.addActions(self.ways_in)
        self.add.setMenu(ways_in)
        self.add.setToolTip(self.tr("Add folders, pictures, ZIP files or films; or drop them here"))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.addActions([self.show_action, self.reveal_action])
        self.menu.addSeparator()
        self.menu.addActions([self.scan_action, self.watch_action])
        self.menu.addActions([self.again_action, self.find_action])
        self.menu.addSeparator()
        self.menu.addAction(self.remove_action)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.remove.setToolTip(
            self.tr("Takes it out of the dataset; your own files stay as they are.")
        )
        self.remove.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.remove)
        buttons.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Heading(self.tr("Sources")))
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def paths(self) -> list[Path]:
        """Return the sources."""
        return self.list.paths()

    def set_free(self, is_free: bool) -> None:
        """Allow changes of the sources only while no scan runs; more can always be added."""
        self._is_free = is_free
        self._update()

    def _only(self) -> SourceState | None:
        """Return what is selected if it is one source."""
        chosen = self.list.chosen()
        return chosen[0] if len(chosen) == 1 else None

    @Slot()
    def _update(self) -> None:
        chosen, only = self.list.chosen(), self._only()
        is_taken = only is not None and only.kind in _TAKEN_OUT
        in_place = [state for state in chosen if state.kind in _IN_PLACE]
        watched = self._session.sources.watched
        self.remove.setEnabled(self._is_free and bool(chosen))
        self.more.setEnabled(bool(chosen))
        self.remove_action.setEnabled(self._is_free and bool(chosen))
        self.show_action.setEnabled(bool(chosen))
        self.reveal_action.setEnabled(only is not None and only.is_there)
        self.scan_action.setEnabled(self._is_free and any(state.is_there for state in chosen))
        self.watch_action.setEnabled(bool(in_place))
        self.watch_action.setChecked(
            bool(in_place) and all(state.path in watched for state in in_place)
        )
        self.again_action.setVisible(is_taken)
        self.find_action.setVisible(bool(in_place))
        self.find_action.setEnabled(self._is_free and only in in_place)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.list.chosen():
            self.menu.exec(self.list.viewport().mapToGlobal(place))

    # Deeds

    @Slot()
    def _show_pictures(self) -> None:
        chosen = self.list.chosen()
        if not chosen:
            return
        rows = self._desk.pictures.rows
        ids = [row.id for state in chosen for row in below(rows, state.path)]
        words = ", ".join(self.list.name(state) for state in chosen)
        self._desk.show_wanted.emit(list(dict.fromkeys(ids)), words)

    @Slot()
    def _reveal(self) -> None:
        only = self._only()
        if only is not None:
            self._revealer.reveal(only.path)

    @Slot()
    def _scan(self) -> None:
        self._session.scan_only([state.path for state in self.list.chosen() if state.is_there])

    @Slot()
    def _toggle_watch(self) -> None:
        wanted = self.watch_action.isChecked()
        in_place = [state.path for state in self.list.chosen() if state.kind in _IN_PLACE]
        self._session.sources.watch(in_place, wanted)

    @Slot()
    def _take_again(self) -> None:
        only = self._only()
        if only is not None and only.origin is not None:
            self._adding.take_again(only.origin, only.choice, only.path)

    @Slot()
    def _find_again(self) -> None:
        only = self._only()
        if only is None:
            return
        title = self.tr("Where is “{name}” now?").format(name=self.list.name(only))
        start = str(next((each for each in only.path.parents if each.is_dir()), Path.home()))
        if only.kind is SourceKind.FILE:
            chosen, _ = QFileDialog.getOpenFileName(self, title, start)
        else:
            chosen = QFileDialog.getExistingDirectory(self, title, start)
        if chosen:
            self._session.move_source(only.path, Path(chosen))

    @Slot()
    def _remove(self) -> None:
        chosen = self.list.chosen()
        if not chosen or not self._is_free or self.question is not None:
            return
        loss = loss_of(self._desk.pictures, chosen)
        if not is_worth_a_question(chosen, loss):
            self._session.remove_sources([state.path for state in chosen])
            return
        self.question = RemovalQuestion(
            chosen, [self.list.name(state) for state in chosen], loss, self
        )
        self.question.finished.connect(self._on_answered)
        self.question.open()

    @Slot()
    def _on_answered(self) -> None:
        question, self.question = self.question, None
        if isinstance(question, RemovalQuestion):
            if question.is_confirmed():
                self._session.remove_sources([state.path for state in question.states])
            question.deleteLater()
