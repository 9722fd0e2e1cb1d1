"""The pictures themselves, read for whoever looks closely, and a little ahead of the looking."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QImage

from ganart.datasets.records import PictureRow
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.kept import Kept
from ganart.ui.widgets.picture_view import PictureView
from ganart.workers.image_loader import ImageLoader, LoadedImage

WHOLE_PX = 8192
"""Pictures are read with all their pixels up to this longer side."""
_LEAST_PX = 1024
_KEPT_BYTES = 320 * 2**20
_THUMBNAIL_PX = 384


class CloseImages(QObject):
    """Reads pictures as large as the screen, and with all pixels where somebody zooms in."""

    came = Signal(object)
    """The path of a picture of which there is more now."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: Kept[tuple[Path, int], QImage] = Kept(_KEPT_BYTES)
        # Clear parts are filled in the way that trainings see them.
        self._loader = ImageLoader(self, QColor(Qt.GlobalColor.white))
        self._loader.loaded.connect(self._keep)
        desk.pictures.listed.connect(self._forget)  # files may be others now
        desk.session.project_closed.connect(self.stop)

    def want(self, rows: Sequence[PictureRow]) -> None:
        """Read these next, the first one first, and nothing else."""
        self._loader.clear()
        side_px = _screen_px()
        for row in reversed(rows):  # the loader begins with what was asked for last
            if self._kept.get((row.path, side_px)) is None:
                self._loader.load(row.path, side_px)

    def show(self, row: PictureRow, view: PictureView) -> None:
        """Show in a view what there is of a picture, as if it were all.

        Where somebody has zoomed in, all pixels are read, and can be shown when they `came`.
        """
        size = QSize(row.width, row.height)
        if view.picture_size() != size:  # else it stays as it is zoomed
            view.set_image(QImage(), size)
        shown_px = max(row.width, row.height) * view.zoom()
        is_close = shown_px > _screen_px()
        if is_close:
            self._want_whole(row)
        image = self._best(row, is_close)
        if image is None:
            view.set_placeholder("")
        elif image.isNull():
            view.set_placeholder(
                self.tr(
                    "This file cannot be read any more: it was moved, deleted or damaged. What "
                    "you said of it is kept. Look for new pictures when it is back."
                )
            )
        if image is None or image.cacheKey() != view.image().cacheKey():
            view.set_image(QImage() if image is None else image, size)

    def _best(self, row: PictureRow, is_close: bool) -> QImage | None:
        """Return what there is of a picture; null where it cannot be read, None for nothing yet.

        Reduced to the screen it looks better than all its pixels would, unless these are seen.
        """
        sides_px = (WHOLE_PX, _screen_px()) if is_close else (_screen_px(), WHOLE_PX)
        for side_px in sides_px:
            image = self._kept.get((row.path, side_px))
            if image is not None:
                return image
        thumbnail = self._desk.thumbs.pixmap(row, _THUMBNAIL_PX)
        return None if thumbnail is None or thumbnail.isNull() else thumbnail.toImage()

    def _want_whole(self, row: PictureRow) -> None:
        is_more = max(row.width, row.height) > _screen_px()
        if is_more and self._kept.get((row.path, WHOLE_PX)) is None:
            self._loader.load(row.path, WHOLE_PX, slot="whole")

    def rest(self) -> None:
        """Read nothing more: nobody looks."""
        self._loader.clear()

    @Slot()
    def stop(self) -> None:
        """Let files and memory go; what is wanted later is read again."""
        self._loader.stop()
        self._kept.clear()

    @Slot()
    def _forget(self) -> None:
        self._kept.clear()

    @Slot(object)
    def _keep(self, loaded: LoadedImage) -> None:
        self._kept.put((loaded.path, loaded.side_px), loaded.image)
        self.came.emit(loaded.path)


def _screen_px() -> int:
    """Return the longer side of the screen in its own pixels."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size() * screen.devicePixelRatio()
    return max(_LEAST_PX, size.width(), size.height())
