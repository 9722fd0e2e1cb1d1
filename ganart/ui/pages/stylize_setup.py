"""Before a painting: a photo, a look, how to paint, and at once what it will be like."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ganart.errors import StudioError
from ganart.ui.pages.stylize_area import AreaDesk
from ganart.ui.pages.stylize_choice import Choice, ChoiceHistory, LookChoice
from ganart.ui.pages.stylize_keeper import ChoiceKeeper
from ganart.ui.pages.stylize_preview import LivePreview
from ganart.ui.pages.stylize_side import SetupSide
from ganart.ui.pages.stylize_stage import Stage
from ganart.ui.widgets.panes import beside
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
        self.side = SetupSide(session, self.loader)
        self.keeper = ChoiceKeeper(session, self.history, self.side.paint, self.preview.is_usable)
        self.stack = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show(self.history.now)

    # Building

    def _lay_out(self) -> None:
        self.stack.addWidget(self.stage)
        self.stack.addWidget(self.areas.editor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside(self.side, self.stack))

    def _connect(self) -> None:
        self.loader.loaded.connect(self._on_loaded)
        self.history.changed.connect(self._show)
        self.history.stack.canUndoChanged.connect(self._update)
        self.history.stack.canRedoChanged.connect(self._update)
        self.side.undo_button.clicked.connect(self.undo)
        self.side.redo_button.clicked.connect(self.redo)
        self.side.well.chosen.connect(self.set_photo)
        self.side.well.removal_wanted.connect(self._on_photo_removed)
        self.side.look.changed.connect(self._on_look)
        self.side.look.area_wanted.connect(self.areas.edit)
        self.side.paint.scale_changed.connect(self._on_scale)
        self.side.paint.changed.connect(self._on_options)
        self.preview.thumbnail_made.connect(self.side.look.set_thumbnail)
        self.areas.opened.connect(self._on_area_opened)
        self.areas.closed.connect(self._on_area_closed)
        self.areas.refused.connect(self._session.notice)
        self.side.saving.changed.connect(self._update)
        self.side.save_button.clicked.connect(self._on_save)
        self.side.paint_button.clicked.connect(self._on_paint)
        self._session.styling.changed.connect(self._update)
        keys = QKeySequence.StandardKey
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        slots = {keys.Undo: self.undo, keys.Redo: self.redo, keys.Paste: self.paste}
        for key, slot in slots.items():
            QShortcut(key, self, slot, context=within)

    # What is chosen

    @Slot(object)
    def _show(self, choice: Choice) -> None:
        self.side.look.show_choice(choice.look)
        self.side.paint.show_scale(choice.scale)
        if self.preview.photo() != choice.photo:
            self._show_photo(choice.photo)
        self.preview.show(choice.photo, choice.look.look())
        self.preview.want_thumbnails(choice.look.kind == "built-in")
        self._update()

    def _show_photo(self, photo: Path | None) -> None:
        self.side.well.show_picture(photo.name if photo is not None else "")
        self.stage.view.set_before(QImage())
        if photo is not None:
            self.loader.load(photo, PHOTO_PX, slot=_PHOTO_SLOT)

    @Slot(object)
    def set_photo(self, path: Path) -> None:
        """Take a photo; areas on the one before go with it."""
        choice = self.history.now
        if path != choice.photo:
            paintings = tuple(replace(each, photo_mask=None) for each in choice.look.paintings)
            look = replace(choice.look, paintings=paintings)
            self.history.change(replace(choice, photo=path, look=look))
        else:
            self._show_photo(path)  # it may have changed since it was read

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
        is_style = focus is not None and self.side.look.isAncestorOf(focus)
        paths = local_files(data)
        if paths and is_style:
            self.side.look.add_paintings(paths)
        elif paths:
            self.set_photo(paths[0])
        elif data.hasImage():
            self.paste_wanted.emit(QGuiApplication.clipboard().image(), is_style)

    # Pictures

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path == self.history.now.photo and loaded.side_px == PHOTO_PX:
            self.side.well.show_picture(loaded.path.name, loaded.image)
            self.stage.view.set_before(loaded.image)
            text = self.tr("{name} cannot be read as a picture.").format(name=loaded.path.name)
            self.preview.set_trouble(text if loaded.image.isNull() else "")
            self._update()

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

    def order(self) -> PaintOrder | None:
        """Return the painting that is wanted; None where something is missing for it.

        Raises `BadOption` where two options clash.
        """
        choice = self.history.now
        look = choice.look
        styles = tuple(each for each in look.paintings if each.weight)
        if choice.photo is None or look.kind != "picture" or not styles:
            return None
        config = self.side.paint.config(look.colour, look.strength, choice.scale)
        return PaintOrder(choice.photo, styles, config)

    @Slot()
    def _on_options(self) -> None:
        # What is wrong with the options is told when it is to be painted.
        with suppress(StudioError):
            self.side.plan.show_order(self.order())

    @Slot()
    def _on_paint(self) -> None:
        try:
            order = self.order()
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
            return
        if order is not None and self.side.plan.may_begin():
            self.paint_wanted.emit(order)

    @Slot()
    def _update(self) -> None:
        edits = self.stack.currentWidget() is self.areas.editor
        painting = self._session.styling.run("painting") is not None
        self.side.undo_button.setEnabled(self.history.stack.canUndo() and not edits)
        self.side.redo_button.setEnabled(self.history.stack.canRedo() and not edits)
        self.side.look.setEnabled(not edits)
        self.side.well.setEnabled(not edits)
        self.side.allow(
            self.history.now,
            is_readable=self.preview.is_usable(),
            is_painting=painting,
            edits_area=edits,
        )
        self._on_options()

    # The widget itself

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw; nothing is drawn while the page is hidden."""
        super().showEvent(event)
        QTimer.singleShot(0, self.preview, self.preview.show_again)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is chosen when the page is left."""
        super().hideEvent(event)
        self.keeper.remember()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take a photo."""
        if local_files(event.mimeData()):
            accept_copy(event)
            self.side.well.mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the offer back."""
        self.side.well.mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a photo."""
        self.side.well.mark(False)
        accept_copy(event)
        self.set_photo(local_files(event.mimeData())[0])

    def stop(self) -> None:
        """Forget the pictures and end the threads of the page."""
        self.history.begin(Choice())
        self.preview.stop()
        self.loader.stop()
