"""Which photo is looked for in the model, and how."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSlider, QWidget

from ganart.ui.pages.stylize_photo_well import PhotoWell
from ganart.ui.widgets.well import local_files
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.paintings import Pasted, keep_pasted
from ganart.workers.projections import EFFORTS, ProjectionPlan
from ganart.workers.session import Session

_SIDE_PX = 512
_PASTED = "explore/pasted"


class PhotoSetup(QWidget):
    """A well for the photo over the options."""

    changed = Signal()
    """Another photo, or another part of it; `crop` shows it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._photo: Path | None = None
        self._image = QImage()
        self._shape = QSize(1, 1)
        self._loader = ImageLoader(self)
        self._loader.loaded.connect(self._on_loaded)
        self.well = PhotoWell()
        self.well.chosen.connect(self.set_photo)
        self.well.removal_wanted.connect(self.clear)
        self.effort_box = QComboBox()
        for key, text in (("quick", self.tr("Quick")), ("thorough", self.tr("Thorough"))):
            self.effort_box.addItem(text, key)
        self.closer_box = QCheckBox(self.tr("Closer at any price"))
        self.closer_box.setToolTip(
            self.tr(
                "Each layer of the model may take a style of its own (W+). That comes nearer to "
                "any photo, and further from what the model would draw by itself."
            )
        )
        self.part = QSlider(Qt.Orientation.Horizontal)
        self.part.setRange(0, 100)
        self.part.setPageStep(10)
        self.part.setValue(50)
        self.part.setToolTip(self.tr("Which part of the photo is looked for"))
        self.part_label = QLabel(self.tr("Part of it"))
        self.part_label.setBuddy(self.part)
        self.part.valueChanged.connect(self.changed)
        effort_label = QLabel(self.tr("&Quality"))
        effort_label.setBuddy(self.effort_box)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.addWidget(self.well, 0, 0, 1, 3)
        grid.addWidget(effort_label, 1, 0)
        grid.addWidget(self.effort_box, 1, 1)
        grid.addWidget(self.closer_box, 1, 2)
        grid.addWidget(self.part_label, 2, 0)
        grid.addWidget(self.part, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self.set_has_styles(False)
        self.clear()

    def plan(self) -> ProjectionPlan | None:
        """Return what is to be done, None without a photo."""
        if self._photo is None:
            return None
        share = self.part.value() / 100
        return ProjectionPlan(
            self._photo,
            EFFORTS[self.effort_box.currentData()],
            is_closer=self.closer_box.isEnabled() and self.closer_box.isChecked(),
            focus=(share, share),
            # While the card trains it has neither time nor memory to spare.
            device="auto" if self._session.training is None else "cpu",
        )

    def crop(self) -> QImage:
        """Return the part that is looked for; null without a photo, or while it is read."""
        size, share = self._part_size(), self.part.value() / 100
        left = int((self._image.width() - size.width()) * share)
        top = int((self._image.height() - size.height()) * share)
        return self._image.copy(QRect(QPoint(left, top), size))

    def set_shape(self, shape: QSize) -> None:
        """Look for parts of the shape of this size: that of the model's pictures."""
        if shape != self._shape:
            self._shape = shape
            self._update()

    def _part_size(self) -> QSize:
        """Return the size of the largest part of the photo that has the model's shape."""
        return self._shape.scaled(self._image.size(), Qt.AspectRatioMode.KeepAspectRatio)

    def set_has_styles(self, has_styles: bool) -> None:
        """Offer what only models with styles can do."""
        self.closer_box.setEnabled(has_styles)

    @Slot(object)
    def set_photo(self, path: Path) -> None:
        """Take another photo."""
        self._photo = path
        self._image = QImage()
        self.well.show_picture(path.name)
        self._loader.load(path, _SIDE_PX)
        self._update()

    @Slot()
    def clear(self) -> None:
        """Take the photo out."""
        self._photo = None
        self._image = QImage()
        self.well.show_picture("")
        self._update()

    def stop(self) -> None:
        """Read no more, and forget the photo: its project is closed."""
        self._loader.stop()
        self.clear()

    @Slot()
    def paste(self) -> None:
        """Take a file, or a picture without one, from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        files = local_files(data)
        project = self._session.project
        if files:
            self.set_photo(files[0])
        elif data.hasImage() and project is not None:
            image = QGuiApplication.clipboard().image()
            job = keep_pasted(image, project.folder / _PASTED, is_style=False)
            self._session.begin(job, "paste").reported.connect(self._on_pasted)

    @Slot(object)
    def _on_pasted(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Pasted):
                self.set_photo(record.path)

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path != self._photo:
            return
        if loaded.image.isNull():
            text = self.tr("{name} cannot be read as a picture.").format(name=loaded.path.name)
            self._session.notice.emit(text)
            self.clear()
        else:
            self._image = loaded.image
            self.well.show_picture(loaded.path.name, loaded.image)
            self._update()

    def _update(self) -> None:
        has_choice = self._part_size() != self._image.size()
        self.part.setEnabled(has_choice)
        self.part_label.setEnabled(has_choice)
        self.changed.emit()
