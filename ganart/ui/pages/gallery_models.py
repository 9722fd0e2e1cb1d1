"""The artworks as Qt's views see them, with thumbnails that load when they are first seen."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPixmap

from ganart.project.artworks import Artwork
from ganart.ui.pages.gallery_filter import STILLS
from ganart.ui.pages.gallery_shelf import Shelf
from ganart.ui.widgets import words
from ganart.ui.widgets.items import Index
from ganart.workers.image_loader import ImageLoader, LoadedImage

THUMBNAIL_PX = 160
STARS = Qt.ItemDataRole.UserRole + 1
"""How many stars an artwork has."""
IS_LOOP = Qt.ItemDataRole.UserRole + 2
_KEPT = 600
"""Thumbnails in memory, about 100 kB each."""
_WAITING = 400
"""Thumbnails asked for at once: more are of rows that were scrolled past long ago."""


class ArtworksModel(QAbstractListModel):
    """What the shelf shows; thumbnails are asked for while they are painted."""

    thumbnails_dropped = Signal()
    """What was asked for and not loaded is to be asked for again by whoever paints it."""

    def __init__(self, shelf: Shelf, loader: ImageLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._works: Sequence[Artwork] = ()
        self._rows: dict[Path, int] = {}
        self._pictures: OrderedDict[Artwork, QPixmap] = OrderedDict()
        self._asked: dict[Path, Artwork] = {}
        self._ratio = 1.0
        self._loader = loader
        loader.loaded.connect(self._on_loaded)
        shelf.changed.connect(self._on_shelf)
        shelf.marked.connect(self._on_marked)

    def set_pixel_ratio(self, ratio: float) -> None:
        """Load thumbnails sharp enough for a screen."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._pictures.clear()
            self._drop()

    def work(self, index: Index) -> Artwork | None:
        """Return the artwork of a row."""
        return self._works[index.row()] if index.isValid() else None

    def row_of(self, path: Path) -> int:
        """Return the row of a file, -1 if it is not listed."""
        return self._rows.get(path, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many artworks there are."""
        return 0 if parent.isValid() else len(self._works)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let artworks be dragged into other programs."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return as what artworks are dragged."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the files of some rows."""
        data = QMimeData()
        works = [self._works[index.row()] for index in indexes]
        data.setUrls([QUrl.fromLocalFile(str(work.path)) for work in works])
        return data

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the name, the thumbnail or the facts of an artwork."""
        work = self.work(index)
        if work is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return work.path.name
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(work)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._told(work)
            case _ if role == STARS:
                return self._shelf.mark(work.path).stars
            case _ if role == IS_LOOP:
                facts = self._shelf.facts.get(work.path)
                # A WebP file may move or not: its recipe tells.
                return work.kind == "loop" and (facts is None or facts.kind not in STILLS)
        return None

    def _told(self, work: Artwork) -> str:
        lines = [work.path.name, words.moment(work.created.isoformat(timespec="seconds"))]
        mark = self._shelf.mark(work.path)
        if mark.stars:
            lines.append(self.tr("Stars: {count}").format(count=words.count(mark.stars)))
        if mark.tags:
            lines.append(", ".join(mark.tags))
        return "\n".join(lines)

    def _picture(self, work: Artwork) -> QPixmap:
        if work in self._pictures:
            self._pictures.move_to_end(work)
            return self._pictures[work]
        if work.picture not in self._asked:
            if len(self._asked) >= _WAITING:
                self._drop()
            self._asked[work.picture] = work
            self._loader.load(work.picture, round(THUMBNAIL_PX * self._ratio))
        return QPixmap()

    def _drop(self) -> None:
        self._loader.clear()
        self._asked.clear()
        self.thumbnails_dropped.emit()

    @Slot()
    def _on_shelf(self) -> None:
        self.beginResetModel()
        self._works = self._shelf.shown
        self._rows = {work.path: row for row, work in enumerate(self._works)}
        self.endResetModel()

    @Slot()
    def _on_marked(self) -> None:
        if self._works:
            self.dataChanged.emit(self.index(0), self.index(len(self._works) - 1), [STARS])

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        work = self._asked.pop(loaded.path, None)
        if work is None:
            return
        self._pictures[work] = self._pixmap(loaded.image)
        if len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        row = self.row_of(work.path)
        if row >= 0:
            place = self.index(row)
            self.dataChanged.emit(place, place, [Qt.ItemDataRole.DecorationRole])

    def _pixmap(self, image: QImage) -> QPixmap:
        """Return a picture that fills a square: small ones, as young models make, in big clear
        pixels.
        """
        side = round(THUMBNAIL_PX * self._ratio)
        if not image.isNull():
            far = max(image.width(), image.height()) * 2 > side
            how = Qt.TransformationMode.SmoothTransformation
            if not far:
                how = Qt.TransformationMode.FastTransformation
            if not far or max(image.width(), image.height()) > side:
                image = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, how)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self._ratio)
        return pixmap
