"""Before a brush is trained: in which style, on which photos, for how long."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.style.brush_config import BrushConfig
from ganart.resources import resource
from ganart.ui.dialogs.library import PICTURE_PATTERNS, LibraryDialog
from ganart.ui.pages.brush_controls import MAX_MINUTES
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.option_form import OptionForm
from ganart.ui.widgets.path_list import PathList
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.time_choice import TimeChoice
from ganart.ui.widgets.well import PictureWell
from ganart.workers.image_loader import ImageLoader, LoadedImage

_TIMES_MIN = (10, 30, 60, 240)
_STYLE_PX = 96
_ASKED_ABOVE = ("minutes",)
"""Options that the first screen asks for itself."""


class BrushSetup(QWidget):
    """Three questions; everything else is folded away."""

    start_wanted = Signal(object, object, object)
    """The `Path` of the style, a tuple of photos and folders, and a `BrushConfig`."""

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_free = True
        self._style: Path | None = None
        self._loader = loader
        loader.loaded.connect(self._on_loaded)
        self.well = PictureWell(self.tr("Drop or choose a painting"), _STYLE_PX)
        self.well.clicked.connect(self._on_choosing)
        self.well.dropped.connect(self._on_dropped)
        self.well.removal_wanted.connect(self._on_removal)
        self.photos = PathList(
            self.tr("Photos to train on"),
            self.tr("Drop photos or folders here: of the kind that the brush is for."),
            self.tr("Photos ({patterns})").format(patterns=PICTURE_PATTERNS),
        )
        self.photos.changed.connect(self.update_buttons)
        self.form = OptionForm(BrushConfig, left_out=_ASKED_ABOVE)
        self.summary = Caption()
        self.start_button = QPushButton(self.tr("Train the &brush"))
        self.start_button.setDefault(True)
        self.start_button.setAutoDefault(True)
        self.start_button.clicked.connect(self._on_start)
        self.time = TimeChoice(
            _TIMES_MIN,
            MAX_MINUTES,
            self.tr("or e&xactly"),
            self.tr("It can be used from the first minute on, and trained further later."),
        )
        self.minutes = self.time.minutes
        self._lay_out()
        base = BrushConfig()
        self.form.set_base({name: getattr(base, name) for name in self.form.rows})
        self.minutes.setValue(base.minutes)
        self.update_buttons()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(Heading(self.tr("1   The style")))
        column.addWidget(self.well)
        column.addSpacing(8)
        column.addWidget(Heading(self.tr("2   Your photos")))
        self.photos.setMinimumHeight(10 * self.fontMetrics().height())
        column.addWidget(self.photos, 1)
        column.addSpacing(8)
        column.addWidget(Heading(self.tr("3   How long")))
        column.addWidget(self.time)
        column.addWidget(Fold(self.tr("More options"), self.form))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        footer = QHBoxLayout()
        footer.addWidget(self.summary, 1)
        footer.addWidget(self.start_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(scroll, 1)
        layout.addLayout(footer)

    # What the person says

    def style_picture(self) -> Path | None:
        """Return the style that is chosen."""
        return self._style

    def set_style_picture(self, path: Path | None) -> None:
        """Choose a style."""
        self._style = path
        self.well.show_picture(path.name if path is not None else "")
        if path is not None:
            self._loader.load(path, self._wanted_px())
        self.update_buttons()

    def config(self) -> BrushConfig:
        """Return the options. Raises `BadOption` where two of them clash."""
        return BrushConfig(**self.form.values(), minutes=self.minutes.value())

    def set_free(self, is_free: bool) -> None:
        """Allow starting only while no brush is trained."""
        self._is_free = is_free
        self.update_buttons()

    @Slot()
    def update_buttons(self) -> None:
        """Allow what is possible now, and say what is missing."""
        photos = self.photos.paths()
        self.start_button.setEnabled(self._is_free and self._style is not None and bool(photos))
        if not self._is_free:
            text = self.tr("A brush is being trained. A new one can start when it has ended.")
        elif self._style is None:
            text = self.tr("Choose a painting first.")
        elif not photos:
            text = self.tr("Add photos: fifty are a good start, and more are better.")
        else:
            text = ""
        self.summary.setText(text)

    def _wanted_px(self) -> int:
        return round(_STYLE_PX * self.devicePixelRatioF()) * 2

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path == self._style and loaded.side_px == self._wanted_px():
            self.well.show_picture(loaded.path.name, loaded.image)

    @Slot()
    def _on_choosing(self) -> None:
        title = self.tr("Choose a painting")
        heading = self.tr("Paintings that come with the studio")
        dialog = LibraryDialog(title, heading, resource("sample/styles"), many=False, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_chosen)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _on_chosen(self) -> None:
        paths = self.dialog.paths()
        if paths:
            self.set_style_picture(paths[0])

    @Slot(object)
    def _on_dropped(self, paths: list[Path]) -> None:
        self.set_style_picture(paths[0])

    @Slot()
    def _on_removal(self) -> None:
        self.set_style_picture(None)

    @Slot()
    def _on_start(self) -> None:
        self.start_wanted.emit(self._style, self.photos.paths(), self.config())
