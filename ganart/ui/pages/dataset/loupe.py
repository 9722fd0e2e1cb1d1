"""One picture of the dataset on the whole page, judged by keys, and on to the next one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.datasets.records import PictureRow
from ganart.ui.icons import icon
from ganart.ui.pages.dataset.close_images import CloseImages
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.loupe_info import LoupeInfo
from ganart.ui.pages.dataset.loupe_picture import LoupePicture, seen_part
from ganart.ui.pages.dataset.picture_words import note_words, size_words
from ganart.ui.pages.gallery_marks import StarBar
from ganart.ui.widgets.buttons import action_button, arrow_button, push_button
from ganart.ui.widgets.elided import ElidedLabel
from ganart.ui.widgets.loupe_view import is_mirrored
from ganart.ui.widgets.words import count
from ganart.workers.close_facts import CloseFacts
from ganart.workers.pictures import Note

LOOKED_AT_MS = 500
"""A picture that is in sight for so long was seen."""
_AHEAD = (1, -1, 2)
"""The neighbours that are read before somebody goes on to them."""


class PictureLoupe(QWidget):
    """The picture between a line that names it and one that says what is known of it.

    Keys as in `LoupePicture`, and those of `Culling`; O shades what trainings do not see, I tells
    more.
    """

    left = Signal()

    def __init__(self, desk: Desk, images: CloseImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._images = images
        self._ids: Sequence[int] = ()
        self._place = 0
        self._pixel_hash = ""
        """Of what is shown."""
        self._facts: CloseFacts | None = None
        self._seen_soon = QTimer(self, singleShot=True, interval=LOOKED_AT_MS)
        self.view = LoupePicture()
        self.view.setAccessibleName(self.tr("Picture"))
        self.info = LoupeInfo()
        self.culling = Culling(desk, self, self._chosen)
        self.back_button = push_button("back", self.tr("&Back"))
        self.back_button.setToolTip(self.tr("Back to the pictures (Esc)"))
        self.name = ElidedLabel()
        self.place = QLabel()
        self.stars = StarBar()
        self.facts = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.overlay = self._switch("area", self.tr("What trainings see"), "O")
        self.more = self._switch("info", self.tr("About this picture"), "I")
        self._lay_out()
        self._connect()

    def _switch(self, drawing: str, name: str, key: str) -> QAction:
        action = QAction(icon(drawing), name, self)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{name} ({key})")
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        arrows = [Qt.ArrowType.LeftArrow, Qt.ArrowType.RightArrow]
        if is_mirrored():
            arrows.reverse()
        self.before = arrow_button(arrows[0], self.tr("The picture before"))
        self.after = arrow_button(arrows[1], self.tr("The next picture"))
        head = QHBoxLayout()
        head.addWidget(self.back_button)
        head.addSpacing(8)
        head.addWidget(self.name, 1)
        for part in (self.stars, self.before, self.place, self.after):
            head.addWidget(part)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self.info)
        foot = QHBoxLayout()
        foot.addWidget(self.facts, 1)
        for action in (self.culling.pick, self.culling.reject, self.overlay, self.more):
            foot.addWidget(action_button(action, has_text=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self.info.hide()
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.view.left.connect(self.left)
        self.view.step_wanted.connect(self.step)
        self.view.zoom_changed.connect(self._sharpen)
        self.before.clicked.connect(self._go_back)
        self.after.clicked.connect(self._go_on)
        self.stars.chosen.connect(self._on_stars)
        self.overlay.toggled.connect(self._show_overlay)
        self.more.toggled.connect(self.info.setVisible)
        self.culling.advance_wanted.connect(self._go_on)
        self._seen_soon.timeout.connect(self._note_seen)
        self._images.came.connect(self._on_image)
        self._desk.thumbs.came.connect(self._on_thumbnails)
        self._desk.pictures.noted.connect(self._on_noted)
        self._desk.pictures.listed.connect(self._on_listed)
        self._desk.session.shown_as.changed.connect(self._show_overlay)

    # Which one is shown

    def show_ids(self, ids: Sequence[int], current: int) -> None:
        """Begin with one of some pictures; those that are not known are passed over."""
        self._ids = self._desk.pictures.known(ids)
        self._place = self._ids.index(current) if current in self._ids else 0
        self.view.fit()
        self._show()

    def current(self) -> int:
        """Return the id of the picture that is shown, 0 if there is none."""
        return self._ids[self._place] if self._ids else 0

    def set_facts(self, facts: CloseFacts) -> None:
        """Take what the catalogue knows of all pictures."""
        self._facts = facts
        self._tell()
        self._show_overlay()

    @Slot(int)
    def step(self, step: int) -> None:
        """Go on by so many pictures, if there are so many."""
        place = self._place + step
        if 0 <= place < len(self._ids):
            self._place = place
            self._show()

    @Slot()
    def _go_on(self) -> None:
        self.step(1)

    @Slot()
    def _go_back(self) -> None:
        self.step(-1)

    def _chosen(self) -> Sequence[int]:
        return self._ids[self._place : self._place + 1]

    def _row(self, ahead: int = 0) -> PictureRow | None:
        place = self._place + ahead
        return self._desk.pictures.row(self._ids[place]) if 0 <= place < len(self._ids) else None

    def _show(self) -> None:
        row = self._row()
        if row is None:
            return
        self._pixel_hash = row.pixel_hash
        neighbours = [self._row(ahead) for ahead in _AHEAD]
        self._images.want([each for each in (row, *neighbours) if each is not None])
        self._images.show(row, self.view)
        self._tell()
        self._show_overlay()
        self._seen_soon.start()

    # What is told of it

    def _tell(self) -> None:
        row = self._row()
        if row is None:
            return
        self.name.set_line(row.path.name)
        self.place.setText(
            self.tr("{number} of {count}").format(
                number=count(self._place + 1), count=count(len(self._ids))
            )
        )
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < len(self._ids) - 1)
        self.stars.set_stars(row.stars)
        self.facts.set_line("   ·   ".join([size_words(row), *note_words(row)]))
        self.info.show_row(row, self._facts)

    @Slot()
    def _show_overlay(self) -> None:
        row = self._row()
        if row is None or not self.overlay.isChecked():
            self.view.set_seen(None)
        else:
            usual = (self._facts or CloseFacts()).usual_framing
            size = self._desk.session.shown_as.showing.size
            self.view.set_seen(seen_part(row, usual, size))

    @Slot()
    def _sharpen(self) -> None:
        row = self._row()
        if row is not None and self.isVisible():
            self._images.show(row, self.view)

    @Slot(int)
    def _on_stars(self, stars: int) -> None:
        self.culling.stars[stars].trigger()

    @Slot()
    def _note_seen(self) -> None:
        row = self._row()
        if row is not None and self.isVisible() and not self.view.image().isNull():
            self._desk.curation.note({Note.SEEN: {row.path: True}})

    # What changes meanwhile

    @Slot(object)
    def _on_image(self, path: Path) -> None:
        row = self._row()
        if row is not None and row.path == path and self.isVisible():
            self._images.show(row, self.view)
            if not self._seen_soon.isActive():
                self._seen_soon.start()

    @Slot(object)
    def _on_thumbnails(self, ids: set[int]) -> None:
        row = self._row()
        if row is not None and row.id in ids and self.isVisible():
            self._images.show(row, self.view)

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if self.current() in ids:
            self._tell()
            self._show_overlay()

    @Slot()
    def _on_listed(self) -> None:
        """Go on without what is gone, and show anew what is another picture in the same file."""
        current = self.current()
        before = self._ids[self._place :]
        self._ids = self._desk.pictures.known(self._ids)
        left = next((each for each in before if self._desk.pictures.row(each)), None)
        self._place = self._ids.index(left) if left is not None else max(0, len(self._ids) - 1)
        if not self.isVisible():
            return
        if not self._ids:
            self.left.emit()
            return
        row = self._row()
        is_other = row is not None and row.pixel_hash != self._pixel_hash
        if is_other or self.current() != current or self.view.image().isNull():
            self._show()
