"""Several pictures of the dataset side by side, to find the one, or those, to keep."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganart.datasets.records import Mark, PictureRow
from ganart.ui.pages.dataset.board_pane import BoardPane
from ganart.ui.pages.dataset.board_table import BoardTable
from ganart.ui.pages.dataset.close_images import CloseImages
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.loupe import LOOKED_AT_MS
from ganart.ui.widgets.buttons import action_button, push_button
from ganart.ui.widgets.loupe_view import is_mirrored
from ganart.ui.widgets.text import Heading
from ganart.ui.widgets.words import count
from ganart.workers.pictures import Note


class Board(QWidget):
    """Pictures as large as fits, zoomed and panned together while they are linked.

    Keys are for the picture that has the focus, which the arrows and Tab move: those of `Culling`,
    and K or Enter keeps it, which rejects the others. In a survey rejected ones leave the board,
    and come back if that is taken back. Space leads to the loupe, Escape back.
    """

    left = Signal()

    def __init__(self, desk: Desk, images: CloseImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._images = images
        self._ids: Sequence[int] = ()
        self._is_survey = False
        self._rejected: set[int] = set()
        self._dropped: set[int] = set()
        """Those that were rejected here."""
        self._current = 0
        self._seen_soon = QTimer(self, singleShot=True, interval=LOOKED_AT_MS)
        self.table = BoardTable()
        self.culling = Culling(desk, self, self._chosen)
        self.culling.advance_wanted.connect(self._on_judged)
        self.title = Heading()
        self.back_button = push_button("back", self.tr("&Back"))
        self.back_button.setToolTip(self.tr("Back to the pictures (Esc)"))
        self.keep = self._action(self.tr("Keep this one"), "K", "Return", "Enter")
        self.keep.setToolTip(self.tr("Pick this one and reject the others (K)"))
        self.linked = self._action(self.tr("Zoom together"), "L")
        self.linked.setToolTip(self.tr("Zoom and pan all of them together (L)"))
        self.linked.setCheckable(True)
        self.linked.setChecked(True)
        self._lay_out()
        self.back_button.clicked.connect(self.left)
        self.keep.triggered.connect(self._keep)
        self.linked.toggled.connect(self._set_linked)
        self._seen_soon.timeout.connect(self._note_seen)
        self.table.focused.connect(self._on_focused)
        self.table.zoomed.connect(self._sharpen)
        images.came.connect(self._on_image)
        desk.thumbs.came.connect(self._on_thumbnails)
        desk.pictures.noted.connect(self._on_noted)
        desk.pictures.listed.connect(self._on_listed)

    def _action(self, name: str, *keys: str) -> QAction:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back_button)
        head.addSpacing(8)
        head.addWidget(self.title, 1)
        for action in (self.culling.pick, self.culling.reject, self.keep, self.linked):
            head.addWidget(action_button(action, has_text=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    # What is on it

    @property
    def panes(self) -> list[BoardPane]:
        """The pictures on the board, in their order."""
        return self.table.panes

    def show_ids(self, ids: Sequence[int], *, is_survey: bool) -> None:
        """Show some pictures; those that are not known are passed over."""
        self._ids = self._desk.pictures.known(ids)
        self._is_survey = is_survey
        self._rejected = self._rejected_ones()
        self._dropped.clear()
        self._fill()
        self.set_current(0)

    def current(self) -> int:
        """Return the id of the picture that keys are for, 0 if there is none."""
        return self.panes[self._current].id if self.panes else 0

    def set_current(self, place: int) -> None:
        """Have keys be for another picture; a place outside is passed over."""
        if 0 <= place < len(self.panes):
            self._current = place
            self.setFocusProxy(self.panes[place].view)
            self.panes[place].view.setFocus()

    def come_back(self, picture_id: int) -> None:
        """Be shown again, as it is now, with keys for a picture if it is still there."""
        self._refill()
        ids = [pane.id for pane in self.panes]
        if picture_id in ids:
            self.set_current(ids.index(picture_id))

    def _chosen(self) -> Sequence[int]:
        return [self.current()] if self.panes else []

    def _row(self, pane: BoardPane) -> PictureRow | None:
        return self._desk.pictures.row(pane.id)

    def _rejected_ones(self) -> set[int]:
        rows = map(self._desk.pictures.row, self._ids)
        return {row.id for row in rows if row is not None and row.mark is Mark.REJECTED}

    def _fill(self) -> None:
        """Show each picture that is left."""
        self._ids = self._desk.pictures.known(self._ids)
        wanted = [each for each in self._ids if each not in self._dropped]
        rows = [row for each in wanted if (row := self._desk.pictures.row(each)) is not None]
        name = self.tr("Survey: {count}") if self._is_survey else self.tr("Compare: {count}")
        self.title.setText(name.format(count=count(len(rows))))
        self._images.want(rows)
        self.table.show_rows(rows)
        for pane, row in zip(self.panes, rows, strict=True):
            pane.show_image(row, self._images)
        self._seen_soon.start()

    # What is said

    @Slot()
    def _keep(self) -> None:
        """Pick the current picture and reject the others, as one step."""
        marks = {
            row.path: Mark.PICKED if row.id == self.current() else Mark.REJECTED
            for pane in self.panes
            if (row := self._row(pane)) is not None
        }
        if marks:
            self._desk.curation.note({Note.MARK: marks}, self.tr("Keep one picture"))

    @Slot()
    def _on_judged(self) -> None:
        """Go on to the next picture, unless the judged one has left the board."""
        if not self._is_survey:
            self.set_current(self._current + 1)

    @Slot()
    def _note_seen(self) -> None:
        if self.isVisible():
            shown = [pane for pane in self.panes if not pane.view.image().isNull()]
            paths = self._desk.paths([pane.id for pane in shown])
            self._desk.curation.note({Note.SEEN: dict.fromkeys(paths, True)})

    # Moving about

    @Slot(int)
    def _on_focused(self, place: int) -> None:
        self._current = place

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: N802 - Qt's name
        """Have Tab go from picture to picture, in their order, before it leaves them."""
        place = self._current + (1 if onward else -1)
        if 0 <= place < len(self.panes) and self.panes[self._current].view.hasFocus():
            self.set_current(place)
            return True
        return super().focusNextPrevChild(onward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names and that the picture leaves over."""
        side = -1 if is_mirrored() else 1
        steps = {
            Qt.Key.Key_Right: side,
            Qt.Key.Key_Left: -side,
            Qt.Key.Key_Down: self.table.columns(),
            Qt.Key.Key_Up: -self.table.columns(),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.set_current(self._current + steps[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Space:
            self._desk.loupe_wanted.emit([pane.id for pane in self.panes], self.current())
        else:
            super().keyPressEvent(event)

    @Slot(bool)
    def _set_linked(self, is_on: bool) -> None:
        self.table.link(is_on, self.panes[self._current] if self.panes else None)

    # What changes meanwhile

    @Slot()
    def _sharpen(self) -> None:
        if self.isVisible():
            for pane in self.panes:
                if (row := self._row(pane)) is not None:
                    pane.show_image(row, self._images)

    @Slot(object)
    def _on_image(self, path: Path) -> None:
        for pane in self.panes if self.isVisible() else ():
            row = self._row(pane)
            if row is not None and row.path == path:
                pane.show_image(row, self._images)
                self._seen_soon.start()

    @Slot(object)
    def _on_thumbnails(self, ids: set[int]) -> None:
        for pane in self.panes if self.isVisible() else ():
            row = self._row(pane)
            if row is not None and row.id in ids:
                pane.show_image(row, self._images)

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if ids.isdisjoint(self._ids):
            return
        rejected = self._rejected_ones()
        if self._is_survey:
            self._dropped |= rejected - self._rejected
            self._dropped -= self._rejected - rejected
        self._rejected = rejected
        if self.isVisible():
            self._refill()

    @Slot()
    def _on_listed(self) -> None:
        if self.isVisible():
            self._refill()

    def _refill(self) -> None:
        """Show what is left, and have keys be for the same picture, or that in its place."""
        current, place = self.current(), self._current
        self._fill()
        if not self.panes:
            self.left.emit()
            return
        ids = [pane.id for pane in self.panes]
        self.set_current(ids.index(current) if current in ids else min(place, len(ids) - 1))
