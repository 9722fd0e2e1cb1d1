"""Painting where a style counts: on the photo, or on the painting it is taken from."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.stylize_choice import ChoiceHistory
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.mask_canvas import MASK_PX, MaskCanvas
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.paintings import PaintStyle


class AreaEditor(QWidget):
    """A canvas with its tools; the area holds when it is accepted."""

    accepted = Signal(object)
    """A grey `QImage`, white where the style counts, or None for everywhere."""
    rejected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Heading()
        self.canvas = MaskCanvas()
        self.canvas.setAccessibleName(self.tr("Area"))
        self.canvas.setAccessibleDescription(
            self.tr(
                "Arrows move a cross, Space paints there, X changes between painting and erasing, "
                "the square brackets change the size, Escape leaves the area as it was"
            )
        )
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(4, 400)
        self.size_slider.setPageStep(20)
        self.size_slider.setAccessibleName(self.tr("Size of the tool"))
        self.size_slider.setMaximumWidth(160)
        size_label = QLabel(self.tr("Si&ze"))
        size_label.setBuddy(self.size_slider)
        self.erase_box = QCheckBox(self.tr("&Erase"))
        self.undo_button = tool_button("undo", self.tr("Take the last stroke back"))
        self.clear_button = QPushButton(self.tr("Clea&r"))
        self.invert_button = QPushButton(self.tr("&Invert"))
        self.cancel_button = QPushButton(self.tr("Ca&ncel"))
        self.accept_button = QPushButton(self.tr("Use this &area"))
        self.hint = Caption(
            self.tr(
                "Paint where the style counts; the right button erases. Nothing painted means "
                "everywhere. Areas take effect in paintings, not in the quick look."
            )
        )
        tools = QHBoxLayout()
        for widget in (size_label, self.size_slider, self.erase_box, self.undo_button):
            tools.addWidget(widget)
        tools.addWidget(self.clear_button)
        tools.addWidget(self.invert_button)
        tools.addStretch(1)
        end = QHBoxLayout()
        end.addWidget(self.hint, 1)
        end.addWidget(self.cancel_button)
        end.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.canvas, 1)
        column.addLayout(tools)
        column.addLayout(end)
        self.size_slider.valueChanged.connect(self.canvas.set_size)
        self.erase_box.toggled.connect(self.canvas.set_erases)
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.canvas.clear)
        self.invert_button.clicked.connect(self.canvas.invert)
        self.canvas.changed.connect(self._update)
        self.cancel_button.clicked.connect(self.rejected)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Cancel, self, self.cancel_button.click, context=within)
        self.accept_button.clicked.connect(self._on_accepted)

    def begin(self, title: str, picture: QImage, mask: QImage | None) -> None:
        """Edit an area on a picture."""
        self.title.setText(title)
        self.canvas.begin(picture, mask)
        self.canvas.setFocus()

    @Slot()
    def _update(self) -> None:
        self.size_slider.setValue(self.canvas.size_px())
        self.erase_box.setChecked(self.canvas.erases())
        self.undo_button.setEnabled(self.canvas.can_undo())

    @Slot()
    def _on_accepted(self) -> None:
        self.accepted.emit(self.canvas.area())


class AreaDesk(QObject):
    """Opens the editor on the areas of the styles that are chosen, and keeps what comes of it."""

    opened = Signal()
    closed = Signal()
    refused = Signal(str)
    """A sentence that says why there is nothing to paint an area on."""

    def __init__(self, history: ChoiceHistory, photo: PictureView, loader: ImageLoader) -> None:
        super().__init__(history)
        self.editor = AreaEditor()
        self._history = history
        self._photo = photo
        self._loader = loader
        self._index = 0
        self._is_on_photo = True
        self._pictures: tuple[Path | None, Path | None] = (None, None)
        self._is_open = False
        self.editor.accepted.connect(self._on_accepted)
        self.editor.rejected.connect(self._close)
        history.changed.connect(self._on_choice)
        loader.loaded.connect(self._on_loaded)

    @Slot(int, str)
    def edit(self, index: int, where: str) -> None:
        """Edit the area of a style, on the "photo" or on the "style" itself."""
        self._index, self._is_on_photo = index, where == "photo"
        self._pictures = self._pictures_now()
        if not self._is_on_photo:
            self._loader.load(self._style().path, MASK_PX, slot="area")
        elif not self._photo.image().isNull():
            self._open(self._photo.image())
        else:
            self.refused.emit(self.tr("There is no photo yet to paint an area on."))

    def _style(self) -> PaintStyle:
        return self._history.now.look.paintings[self._index]

    def _pictures_now(self) -> tuple[Path | None, Path | None]:
        """Return the photo and the style that an area would be of."""
        choice = self._history.now
        is_there = self._index < len(choice.look.paintings)
        return choice.photo, self._style().path if is_there else None

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        is_wanted = loaded.side_px == MASK_PX and not self._is_on_photo and not self._is_open
        if not is_wanted or self._pictures_now()[1] != loaded.path:
            return
        if loaded.image.isNull():
            text = self.tr("{name} cannot be read as a picture.")
            self.refused.emit(text.format(name=loaded.path.name))
        else:
            self._open(loaded.image)

    def _open(self, picture: QImage) -> None:
        style = self._style()
        if self._is_on_photo:
            title, mask = self.tr("Where on the photo is {name} painted?"), style.photo_mask
        else:
            title, mask = self.tr("Which part of {name} is looked at?"), style.style_mask
        self._is_open = True
        # The editor must be seen to take the focus.
        self.opened.emit()
        self.editor.begin(title.format(name=style.path.name), picture, mask)

    @Slot()
    def _close(self) -> None:
        self._is_open = False
        self.closed.emit()

    @Slot()
    def _on_choice(self) -> None:
        # A dropped photo, or a recipe, takes the pictures away from under the editor.
        if self._is_open and self._pictures_now() != self._pictures:
            self._close()

    @Slot(object)
    def _on_accepted(self, mask: QImage | None) -> None:
        self._close()
        style = self._style()
        fresh = replace(
            style,
            photo_mask=mask if self._is_on_photo else style.photo_mask,
            style_mask=style.style_mask if self._is_on_photo else mask,
        )
        choice = self._history.now
        paintings = list(choice.look.paintings)
        paintings[self._index] = fresh
        look = replace(choice.look, paintings=tuple(paintings))
        self._history.change(replace(choice, look=look))
