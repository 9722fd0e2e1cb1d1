"""Which film is stylized, with which look, and how it is saved."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.stylize_choice import LookChoice
from ganart.ui.pages.stylize_look import LookPanel
from ganart.ui.widgets.text import Heading
from ganart.ui.widgets.well import PictureWell
from ganart.workers.films import FilmPlan
from ganart.workers.image_loader import ImageLoader, LoadedImage

FILM_SUFFIXES = frozenset({".mp4", ".gif", ".webp", ".apng", ".mov", ".mkv", ".avi", ".webm"})
_PICTURE_SUFFIXES = {".gif", ".webp"}
"""Of pictures that may move."""
_WELL_PX = 64
_LARGEST_PX = 8192
_ITERATIONS = 60
"""A film of paintings takes long: fewer than for a single one."""


class FilmSetup(QWidget):
    """The choices for one film, one below the other."""

    changed = Signal()

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film: Path | None = None
        self._loader = loader
        loader.loaded.connect(self._on_loaded)
        self.well = PictureWell(self.tr("Drop or choose a film, a GIF or a loop"), _WELL_PX)
        self.well.clicked.connect(self._on_choosing)
        self.well.dropped.connect(self._on_dropped)
        self.well.removal_wanted.connect(self._on_removal)
        self.panel = LookPanel(loader)
        self.panel.changed.connect(self._on_look)
        self.format = QComboBox()
        self.format.addItem(self.tr("MP4: film, keeps the sound"), ".mp4")
        self.format.addItem(self.tr("WebP: picture that moves"), ".webp")
        self.format.addItem(self.tr("GIF: 256 colours"), ".gif")
        self.long_side = QSpinBox()
        self.long_side.setRange(0, _LARGEST_PX)
        self.long_side.setSingleStep(128)
        self.long_side.setSpecialValueText(self.tr("as the film"))
        self.long_side.setSuffix(self.tr(" px"))
        self.calm = QCheckBox(self.tr("&Keep still what stands still"))
        self.calm.setToolTip(
            self.tr("The painting stays where the film does not move, so that strokes do not boil")
        )
        self.calm.setChecked(True)
        self.painted = QCheckBox(self.tr("&Paint every frame, for hours"))
        self.painted.setToolTip(
            self.tr("The slow way with the finest strokes; each frame starts from the one before")
        )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("File t&ype"), self.format)
        form.addRow(self.tr("&Longer side"), self.long_side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Heading(self.tr("1   The film")))
        layout.addWidget(self.well)
        layout.addWidget(Heading(self.tr("2   The look")))
        layout.addWidget(self.panel, 1)
        layout.addLayout(form)
        layout.addWidget(self.calm)
        layout.addWidget(self.painted)
        self._update()

    def film(self) -> Path | None:
        """Return the film that is chosen."""
        return self._film

    def set_film(self, path: Path | None) -> None:
        """Choose a film; it is saved in its own format where that is possible."""
        self._film = path
        self.well.show_picture(path.name if path is not None else "")
        if path is not None:
            self._loader.load(path, self._wanted_px())
            own = self.format.findData(path.suffix.lower())
            self.format.setCurrentIndex(max(0, own))
        self.changed.emit()

    def use_brush(self, brush: Path) -> None:
        """Choose a brush as the look."""
        self.panel.show_choice(replace(self.panel.choice(), kind="brush", brush=brush))
        self._on_look()

    def plan(self) -> FilmPlan | None:
        """Return what is to be done; None while something is missing."""
        look = self.panel.choice().look()
        if self._film is None or look is None:
            return None
        paints = self.painted.isEnabled() and self.painted.isChecked()
        return FilmPlan(
            source=self._film,
            look=look,
            suffix=self.format.currentData(),
            calm=self.calm.isChecked(),
            long_side=self.long_side.value(),
            iterations=_ITERATIONS if paints else 0,
        )

    def missing(self) -> str:
        """Return what is still to be chosen, in words."""
        if self._film is None:
            return self.tr("Choose a film first.")
        if self.panel.choice().look() is None:
            return self.tr("Choose a look first.")
        return ""

    def _wanted_px(self) -> int:
        return round(_WELL_PX * self.devicePixelRatioF()) * 2

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path == self._film and loaded.side_px == self._wanted_px():
            self.well.show_picture(loaded.path.name, loaded.image)

    @Slot()
    def _on_look(self) -> None:
        self._update()
        self.changed.emit()

    def _update(self) -> None:
        choice: LookChoice = self.panel.choice()
        self.painted.setEnabled(choice.kind == "picture")

    @Slot()
    def _on_choosing(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(FILM_SUFFIXES))
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a film"),
            str(Path.home()),
            self.tr("Films and loops ({patterns})").format(patterns=f"{patterns} *.png"),
        )
        if name:
            self.set_film(Path(name))

    @Slot(object)
    def _on_dropped(self, paths: list[Path]) -> None:
        self.set_film(paths[0])

    @Slot()
    def _on_removal(self) -> None:
        self.set_film(None)


def is_film(path: Path) -> bool:
    """Tell whether a file moves, going by its name and, for pictures, by its header."""
    suffix = path.suffix.lower()
    if suffix in _PICTURE_SUFFIXES:
        reader = QImageReader(str(path))
        return reader.supportsAnimation() and reader.imageCount() != 1
    return suffix in FILM_SUFFIXES
