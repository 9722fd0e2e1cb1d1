"""The artworks as Qt's views see them, with thumbnails that load when they are first seen."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap

from ganart.project.artworks import Artwork
from ganart.ui.icons import icon
from ganart.ui.widgets import words
from ganart.workers.image_loader import ImageLoader, LoadedImage

THUMBNAIL_PX = 160
_Index = QModelIndex | QPersistentModelIndex


class ArtworksModel(QAbstractListModel):
    """A list of `Artwork`; thumbnails are asked for while they are painted."""

    def __init__(self, loader: ImageLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._works: list[Artwork] = []
        self._icons: dict[Path, QIcon] = {}
        self._asked: set[Path] = set()
        self._ratio = 1.0
        self._loader = loader
        loader.loaded.connect(self._on_loaded)

    def set_works(self, works: tuple[Artwork, ...]) -> None:
        """Show other artworks; thumbnails of unchanged files stay."""
        unchanged = set(works) & set(self._works)
        kept = {work.path for work in unchanged}
        self.beginResetModel()
        self._works = list(works)
        self._icons = {path: each for path, each in self._icons.items() if path in kept}
        self._asked &= kept
        self.endResetModel()

    def set_pixel_ratio(self, ratio: float) -> None:
        """Load thumbnails sharp enough for a screen."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._icons.clear()
            self._asked.clear()

    def work(self, index: _Index) -> Artwork | None:
        """Return the artwork of a row."""
        return self._works[index.row()] if index.isValid() else None

    def row_of(self, path: Path) -> int:
        """Return the row of a file, -1 if it is not listed."""
        return next((row for row, work in enumerate(self._works) if work.path == path), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many artworks there are."""
        return 0 if parent.isValid() else len(self._works)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the name, the thumbnail or the facts of an artwork."""
        work = self.work(index)
        if work is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return work.path.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(work.path)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            made = words.moment(work.created.isoformat(timespec="seconds"))
            return f"{work.path.name}\n{made}"
        return None

    def _icon(self, path: Path) -> QIcon:
        if path in self._icons:
            return self._icons[path]
        if path not in self._asked:
            self._asked.add(path)
            self._loader.load(path, round(THUMBNAIL_PX * self._ratio))
        return icon("gallery")

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path not in self._asked or loaded.image.isNull() or not loaded.side_px:
            return
        pixmap = _filled(loaded.image, round(THUMBNAIL_PX * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        self._icons[loaded.path] = QIcon(pixmap)
        row = self.row_of(loaded.path)
        if row >= 0:
            place = self.index(row)
            self.dataChanged.emit(place, place, [Qt.ItemDataRole.DecorationRole])


def _filled(image: QImage, side_px: int) -> QPixmap:
    """Return a picture that fills a square: small ones, as young models make, in big clear pixels.

    Qt never enlarges an icon, so a picture of 32 pixels would be a dot in the middle of its place.
    """
    if max(image.width(), image.height()) * 2 > side_px:
        return QPixmap.fromImage(image)
    return QPixmap.fromImage(
        image.scaled(
            side_px,
            side_px,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.FastTransformation,
        )
    )
