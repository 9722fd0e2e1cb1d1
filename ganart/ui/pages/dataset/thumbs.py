"""The thumbnails of the open project as pixmaps, which come when a view has asked for them."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from ganart.project.store import Project
from ganart.workers.session import Session
from ganart.workers.thumbnails import Thumbnails

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

KEPT = 1000
"""At 128 px they take 64 MB at most."""
_MOST_WANTED = 300
"""More than a large screen shows; what was scrolled past is forgotten."""


class Thumbs(QObject):
    """Keeps the thumbnails that were looked at last."""

    came = Signal(int)
    """The id of a picture whose thumbnail can be had now."""
    forgotten = Signal()
    """What was missing may be there now: the dataset has changed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = session.pictures
        self._reader: Thumbnails | None = None
        self._kept: OrderedDict[tuple[int, str], QPixmap] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)
        session.project_opened.connect(self._open)
        session.project_closed.connect(self._close)
        session.scanned.connect(self._retry)
        if session.project is not None:
            self._open(session.project)

    def pixmap(self, row: "PictureRow") -> QPixmap | None:
        """Return a thumbnail, null where there is none; None, and `came` later, if not yet read."""
        key = (row.id, row.pixel_hash)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._wanted[row.id] = None
        self._wanted.move_to_end(row.id)
        if len(self._wanted) > _MOST_WANTED:
            self._wanted.popitem(last=False)
        self._ask_soon.start()
        return None

    @Slot(object)
    def _open(self, project: Project) -> None:
        self._close()
        self._reader = Thumbnails(project.catalogue_path, self)
        self._reader.loaded.connect(self._keep)

    @Slot()
    def _close(self) -> None:
        self._ask_soon.stop()
        self._kept.clear()
        self._wanted.clear()
        if self._reader is not None:
            self._reader.stop()
            self._reader.deleteLater()
            self._reader = None

    @Slot()
    def _retry(self) -> None:
        if self._reader is not None:
            self._reader.retry()
            self.forgotten.emit()

    @Slot()
    def _ask(self) -> None:
        if self._reader is not None:
            self._reader.want(tuple(self._wanted))

    @Slot(int, QImage)
    def _keep(self, picture_id: int, image: QImage) -> None:
        self._wanted.pop(picture_id, None)
        row = self._pictures.row(picture_id)
        if row is None or self.sender() is not self._reader:
            return
        self._kept[(picture_id, row.pixel_hash)] = QPixmap.fromImage(image)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.came.emit(picture_id)
