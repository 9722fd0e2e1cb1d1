"""All that can be done with pictures of the grid: the menu, and the keys of what has some."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ganart.ui.pages.dataset.chooser import Chooser
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.shown import Shown
from ganart.ui.reveal import Revealer
from ganart.workers.pictures import Note


class PicturesMenu(QMenu):
    """Is filled anew each time, for what is chosen then."""

    def __init__(
        self,
        desk: Desk,
        looking: Sequence[QAction],
        culling: Culling,
        chooser: Chooser,
        shown: Shown,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tab = parent
        self._desk = desk
        self._looking = looking
        self._culling = culling
        self._chooser = chooser
        self._shown = shown
        self._revealer = Revealer(desk.session, self)
        add = self._add
        self.frame = add(self.tr("Crop"), self._frame)
        self.select_all = add(self.tr("Select all shown"), chooser.all, "Ctrl+A")
        self.select_none = add(self.tr("Select none"), chooser.none, "Ctrl+D")
        self.invert = add(self.tr("Invert the selection"), chooser.invert, "Ctrl+Shift+I")
        self.same_folder = add(self.tr("Select those of the same folder"), self._same_folder)
        self.alike = add(self.tr("Show alike ones first"), shown.sort_by_likeness)
        self.next_unseen = add(self.tr("Next one not seen yet"), self.go_to_unseen, "J")
        self.all_seen = add(self.tr("Mark all shown as seen"), self._mark_seen, "Ctrl+Shift+J")
        self.stylize = add(self.tr("Stylize"), self._stylize)
        self.reveal = add(self.tr("Show in its folder"), self._reveal)
        self.copy = add(self.tr("Copy the path"), self._copy, "Ctrl+Shift+C")
        self.tags = QMenu(self.tr("Select those with the tag"), self)
        self.tags.triggered.connect(self._same_tag)
        self._fill()
        self.aboutToShow.connect(self._refresh)

    def _fill(self) -> None:
        self.addActions([*self._looking, self.frame])
        self.addSeparator()
        self._culling.fill(self)
        self.addSeparator()
        select = self.addMenu(self.tr("Select"))
        select.addActions([self.select_all, self.select_none, self.invert])
        select.addSeparator()
        select.addMenu(self.tags)
        select.addAction(self.same_folder)
        self.addAction(self.alike)
        self.addSeparator()
        self.addActions([self.next_unseen, self.all_seen])
        self.addSeparator()
        self.addActions([self.stylize, self.reveal, self.copy])

    @Slot()
    def _refresh(self) -> None:
        """Allow what can be done now, and offer the tags of the current picture."""
        chosen = self._chooser.count()
        row = self._desk.pictures.row(self._chooser.current() or 0)
        for action in (self.same_folder, self.alike, self.reveal):
            action.setEnabled(row is not None)
        for action in (self.frame, self.stylize, self.copy):
            action.setEnabled(chosen > 0)
        self.tags.clear()
        for tag in sorted(row.tags if row is not None else (), key=str.casefold):
            self.tags.addAction(tag.replace("&", "&&")).setData(tag)
        self.tags.setEnabled(not self.tags.isEmpty())

    @Slot()
    def go_to_unseen(self) -> None:
        """Go to the next picture that was not looked at, from the start again behind the last."""
        ids, tally = self._shown.ids(), self._desk.tally
        if tally.seen == tally.total:
            return
        current = self._chooser.current()
        start = 0 if current is None else (self._shown.place(current) or 0) + 1
        for place in (*range(start, len(ids)), *range(start)):
            row = self._desk.pictures.row(ids[place])
            if row is not None and not row.seen:
                self._chooser.go_to(place)
                return

    @Slot()
    def _frame(self) -> None:
        self._desk.frame_wanted.emit(self._chooser.chosen())

    @Slot()
    def _same_folder(self) -> None:
        if paths := self._desk.paths([self._chooser.current() or 0]):
            self._chooser.choose_folder(paths[0].parent)

    @Slot(QAction)
    def _same_tag(self, action: QAction) -> None:
        self._chooser.choose_tag(action.data())

    @Slot()
    def _mark_seen(self) -> None:
        paths = self._desk.paths(self._shown.ids())
        text = self.tr("Mark pictures as seen")
        self._desk.curation.note({Note.SEEN: dict.fromkeys(paths, True)}, text)

    @Slot()
    def _stylize(self) -> None:
        self._desk.stylize_wanted.emit(self._desk.paths(self._chooser.chosen()))

    @Slot()
    def _reveal(self) -> None:
        if paths := self._desk.paths([self._chooser.current() or 0]):
            self._revealer.reveal(paths[0])

    @Slot()
    def _copy(self) -> None:
        paths = self._desk.paths(self._chooser.chosen())
        if paths:
            QGuiApplication.clipboard().setText("\n".join(map(str, paths)))

    def _add(self, text: str, does: Callable[[], object], keys: str = "") -> QAction:
        """Return an action whose keys hold wherever in the tab the focus is."""
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._tab.addAction(action)
        action.triggered.connect(does)
        return action
