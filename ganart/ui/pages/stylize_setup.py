"""Before a painting: a photo, a look, how to paint, and at once what it will be like."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.errors import StudioError
from ganart.ui.pages.stylize_area import AreaDesk
from ganart.ui.pages.stylize_choice import Choice, ChoiceHistory, LookChoice
from ganart.ui.pages.stylize_look import LookPanel
from ganart.ui.pages.stylize_memory import KEY, from_document, to_document
from ganart.ui.pages.stylize_paint_options import PaintOptions
from ganart.ui.pages.stylize_photo_well import PhotoWell
from ganart.ui.pages.stylize_preview import LivePreview
from ganart.ui.pages.stylize_stage import Stage
from ganart.ui.widgets.buttons import push_button, tool_button
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.well import accept_copy, local_files
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.paintings import PaintOrder
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

PHOTO_PX = 2048
"""Longer side at which photos are shown."""
_PHOTO_SLOT = "photo"


class PhotoSetup(QWidget):
    """The controls beside the stage on which the quick look is shown."""

    paint_wanted = Signal(object)
    """A `PaintOrder`."""
    save_wanted = Signal(object, object)
    """The `Path` of the photo and the `Look` to save it under, at its full size."""
    paste_wanted = Signal(object, bool)
    """A `QImage` from the clipboard, and whether it is to be a style rather than the photo."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.loader = ImageLoader(self)
        self.history = ChoiceHistory(self)
        self.stage = Stage(self.tr("Drop a photo here, paste one, or choose one."))
        self.areas = AreaDesk(self.history, self.stage.view, self.loader)
        self.preview = LivePreview(session, self.stage, self)
        self.well = PhotoWell()
        self.look = LookPanel(self.loader, with_areas=True)
        self.paint = PaintOptions()
        self.undo_button = tool_button("undo", self.tr("Undo"))
        self.redo_button = tool_button("redo", self.tr("Redo"))
        self.save_button = push_button("save", self.tr("Save quic&k look"))
        self.save_button.setToolTip(self.tr("Save the quick look at the size of the photo"))
        self.paint_button = QPushButton(self.tr("&Paint it"))
        self.paint_button.setDefault(True)
        self.paint_button.setAutoDefault(True)
        self.hint = Caption()
        self.stack = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show(self.history.now)

    # Building

    def _lay_out(self) -> None:
        self.stack.addWidget(self.stage)
        self.stack.addWidget(self.areas.editor)
        self.painting_part = QWidget()
        part = QVBoxLayout(self.painting_part)
        part.setContentsMargins(0, 6, 0, 0)
        part.addWidget(Heading(self.tr("Painting")))
        part.addWidget(self.paint)
        photo_line = QHBoxLayout()
        photo_line.addWidget(Heading(self.tr("Photo")), 1)
        photo_line.addWidget(self.undo_button)
        photo_line.addWidget(self.redo_button)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 12, 0)
        self.column.setSpacing(10)
        self.column.addLayout(photo_line)
        self.column.addWidget(self.well)
        self.column.addSpacing(6)
        self.column.addWidget(Heading(self.tr("Style")))
        self.column.addWidget(self.look, 1)
        self.column.addWidget(self.painting_part)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        buttons.addWidget(self.paint_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addWidget(self.hint)
        column.addLayout(buttons)
        # The bar of the scroll area takes its width from the content: room for it is kept.
        side.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().width())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(20)
        splitter.addWidget(side)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.loader.loaded.connect(self._on_loaded)
        self.history.changed.connect(self._show)
        self.history.stack.canUndoChanged.connect(self._update)
        self.history.stack.canRedoChanged.connect(self._update)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.well.chosen.connect(self.set_photo)
        self.well.removal_wanted.connect(self._on_photo_removed)
        self.look.changed.connect(self._on_look)
        self.look.area_wanted.connect(self.areas.edit)
        self.paint.scale_changed.connect(self._on_scale)
        self.preview.thumbnail_made.connect(self.look.set_thumbnail)
        self.areas.opened.connect(self._on_area_opened)
        self.areas.closed.connect(self._on_area_closed)
        self.save_button.clicked.connect(self._on_save)
        self.paint_button.clicked.connect(self._on_paint)
        self._session.styling.changed.connect(self._update)
        keys = QKeySequence.StandardKey
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        slots = {keys.Undo: self.undo, keys.Redo: self.redo, keys.Paste: self.paste}
        for key, slot in slots.items():
            QShortcut(key, self, slot, context=within)

    # What is chosen

    @Slot(object)
    def _show(self, choice: Choice) -> None:
        self.look.show_choice(choice.look)
        self.paint.show_scale(choice.scale)
        if self.preview.photo() != choice.photo:
            self._show_photo(choice.photo)
        self.preview.show(choice.photo, choice.look.look())
        self.preview.want_thumbnails(choice.look.kind == "built-in")
        self._update()

    def _show_photo(self, photo: Path | None) -> None:
        self.well.show_picture(photo.name if photo is not None else "")
        self.stage.view.set_before(QImage())
        if photo is not None:
            self.loader.load(photo, PHOTO_PX, slot=_PHOTO_SLOT)

    @Slot(object)
    def set_photo(self, path: Path) -> None:
        """Take a photo."""
        self.history.change(replace(self.history.now, photo=path))

    @Slot()
    def _on_photo_removed(self) -> None:
        self.history.change(replace(self.history.now, photo=None))

    @Slot(object, str)
    def _on_look(self, look: LookChoice, control: str) -> None:
        self.history.change(replace(self.history.now, look=look), control)

    @Slot(float)
    def _on_scale(self, scale: float) -> None:
        self.history.change(replace(self.history.now, scale=scale), "scale")

    @Slot()
    def undo(self) -> None:
        """Take the last change back: a stroke while an area is painted, else a choice."""
        if self.stack.currentWidget() is self.areas.editor:
            self.areas.editor.canvas.undo()
        else:
            self.history.stack.undo()

    @Slot()
    def redo(self) -> None:
        """Make the last change that was taken back again."""
        if self.stack.currentWidget() is self.stage:
            self.history.stack.redo()

    @Slot()
    def paste(self) -> None:
        """Take what was copied: as a style where the focus is among the styles, else as photo."""
        data = QGuiApplication.clipboard().mimeData()
        focus = self.focusWidget()
        is_style = focus is not None and self.look.isAncestorOf(focus)
        paths = local_files(data)
        if paths and is_style:
            self.look.add_paintings(paths)
        elif paths:
            self.set_photo(paths[0])
        elif data.hasImage():
            self.paste_wanted.emit(QGuiApplication.clipboard().image(), is_style)

    # Pictures

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path == self.history.now.photo and loaded.side_px == PHOTO_PX:
            self.well.show_picture(loaded.path.name, loaded.image)
            self.stage.view.set_before(loaded.image)
            self.preview.show_again()

    @Slot()
    def _on_area_opened(self) -> None:
        self.stack.setCurrentWidget(self.areas.editor)
        self._update()

    @Slot()
    def _on_area_closed(self) -> None:
        self.stack.setCurrentWidget(self.stage)
        self._update()

    # Deeds

    @Slot()
    def _on_save(self) -> None:
        choice = self.history.now
        look = choice.look.look()
        if choice.photo is not None and look is not None:
            self.save_wanted.emit(choice.photo, look)

    @Slot()
    def _on_paint(self) -> None:
        choice = self.history.now
        if choice.photo is None:
            return
        try:
            config = self.paint.config(choice.look.colour, choice.look.strength, choice.scale)
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
            return
        styles = tuple(each for each in choice.look.paintings if each.weight)
        self.paint_wanted.emit(PaintOrder(choice.photo, styles, config))

    @Slot()
    def _update(self) -> None:
        """Allow what is possible now, and say what is missing."""
        choice = self.history.now
        look = choice.look.look()
        edits = self.stack.currentWidget() is self.areas.editor
        self.undo_button.setEnabled(self.history.stack.canUndo() and not edits)
        self.redo_button.setEnabled(self.history.stack.canRedo() and not edits)
        self.look.setEnabled(not edits)
        self.well.setEnabled(not edits)
        ready = choice.photo is not None and look is not None and not edits
        self.save_button.setEnabled(ready)
        paints = choice.look.kind == "picture"
        self.painting_part.setVisible(paints)
        busy = self._session.styling.run("painting") is not None
        self.paint_button.setEnabled(ready and paints and not busy)
        self.hint.setText(self._missing(choice, busy))
        self.hint.setVisible(bool(self.hint.text()))

    def _missing(self, choice: Choice, busy: bool) -> str:
        if choice.photo is None:
            return self.tr("First choose a photo.")
        if choice.look.look() is None:
            return self.tr("Now choose a style.")
        if choice.look.kind != "picture":
            return self.tr("To paint it, choose paintings as the style; this look is instant.")
        if busy:
            return self.tr("A painting is under way. Another can begin when it has ended.")
        return ""

    # The widget itself

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw; nothing is drawn while the page is hidden."""
        super().showEvent(event)
        QTimer.singleShot(0, self.preview, self.preview.show_again)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take a photo."""
        if local_files(event.mimeData()):
            accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a photo."""
        accept_copy(event)
        self.set_photo(local_files(event.mimeData())[0])

    def remember(self) -> None:
        """Keep the choices in the project."""
        project = self._session.project
        if project is None:
            return
        kept = {**to_document(self.history.now), "preset": self.paint.preset_key()}
        project.choices[KEY] = kept
        try:
            project.save()
        except StudioError as error:  # nothing that was made is lost
            self._session.warned.emit(error)

    def recall(self, choices: dict[str, Any]) -> None:
        """Show what the person chose last time in this project."""
        kept = choices.get(KEY)
        self.history.begin(from_document(kept))
        if isinstance(kept, dict):
            self.paint.choose_preset(str(kept.get("preset", "")))

    def stop(self) -> None:
        """Forget the pictures and end the threads of the page."""
        self.history.begin(Choice())
        self.preview.stop()
        self.loader.stop()
