"""The thumbnails of the open project as pixmaps, which come when a view has asked for them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from ganart.project.store import Project
from ganart.ui.pages.dataset.kept import Kept, Wishes
from ganart.workers.session import Session
from ganart.workers.sharp_thumbnails import SIDES_PX, Sharp, SharpThumbnails
from ganart.workers.thumbnails import Thumbnails

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

SMALL_PX = 128
"""The longest side of the catalogue's thumbnails."""
_KEPT_BYTES = 64 * 2**20
"""Of the small thumbnails 1000 or more."""
_KEPT_SHARP_BYTES = 128 * 2**20
"""More than a screenful of them."""


class Thumbs(QObject):
    """Keeps the thumbnails that were looked at last: small ones at once, sharp ones in a while."""

    came = Signal(object)
    """A set with the ids of pictures whose thumbnails can be had now, or sharper ones."""
    forgotten = Signal()
    """What was missing may be there now: the dataset has changed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = session.pictures
        self._reader: Thumbnails | None = None
        self._pool: SharpThumbnails | None = None
        self._small: Kept[tuple[int, str], QPixmap] = Kept(_KEPT_BYTES)
        self._sharp: Kept[tuple[str, int], QPixmap] = Kept(_KEPT_SHARP_BYTES)
        self._wanted: Wishes[int, int] = Wishes()
        self._wanted_sharp: Wishes[tuple[int, int], Sharp] = Wishes()
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)
        session.project_opened.connect(self._open)
        session.project_closed.connect(self._close)
        session.scanned.connect(self._retry)
        if session.project is not None:
            self._open(session.project)

    def pixmap(self, row: "PictureRow", side_px: int = SMALL_PX) -> QPixmap | None:
        """Return a thumbnail, null where there is none; None, and `came` later, if not yet read.

        Where `side_px` asks for more than there is at once, the small one is returned, and a
        sharper one can be had when it `came`.
        """
        if min(side_px, max(row.width, row.height)) > SMALL_PX:
            sharp = self._sharper(row, side_px)
            if sharp is not None and not sharp.isNull():
                return sharp
        key = (row.id, row.pixel_hash)
        small = self._small.get(key)
        if small is None:
            self._wanted.add(row.id, row.id)
            self._ask_soon.start()
        return small

    def _sharper(self, row: "PictureRow", side_px: int) -> QPixmap | None:
        wish = Sharp(row, next((each for each in SIDES_PX if each >= side_px), SIDES_PX[-1]))
        sharp = self._sharp.get(wish.key)
        if sharp is None:
            self._wanted_sharp.add((row.id, wish.side_px), wish)
            self._ask_soon.start()
        return sharp

    @Slot(object)
    def _open(self, project: Project) -> None:
        self._close()
        self._reader = Thumbnails(project.catalogue_path, self)
        self._reader.loaded.connect(self._keep)
        self._pool = SharpThumbnails(project.thumbnails_folder, self)
        self._pool.made.connect(self._keep_sharp)

    @Slot()
    def _close(self) -> None:
        self._ask_soon.stop()
        for kept in (self._small, self._sharp, self._wanted, self._wanted_sharp):
            kept.clear()
        for source in (self._reader, self._pool):
            if source is not None:
                source.stop()
                source.deleteLater()
        self._reader = self._pool = None

    @Slot()
    def _retry(self) -> None:
        if self._reader is not None:
            self._reader.retry()
            self._sharp.clear()  # among them are those of files that were not there
            self.forgotten.emit()

    @Slot()
    def _ask(self) -> None:
        if self._reader is not None and (ids := self._wanted.in_order()):
            self._reader.want(ids)
        if self._pool is not None and (wishes := self._wanted_sharp.in_order()):
            self._pool.want(wishes)

    @Slot(object)
    def _keep(self, read: list[tuple[int, QImage]]) -> None:
        if self.sender() is not self._reader:
            return
        came = set()
        for picture_id, image in read:
            self._wanted.drop(picture_id)
            row = self._pictures.row(picture_id)
            if row is not None:
                self._small.put((picture_id, row.pixel_hash), QPixmap.fromImage(image))
                came.add(picture_id)
        self.came.emit(came)

    @Slot(object, QImage)
    def _keep_sharp(self, wish: Sharp, image: QImage) -> None:
        if self.sender() is not self._pool:
            return
        self._wanted_sharp.drop((wish.row.id, wish.side_px))
        self._sharp.put(wish.key, QPixmap.fromImage(image))
        self.came.emit({wish.row.id})
