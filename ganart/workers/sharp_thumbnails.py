"""Thumbnails larger than the catalogue's, made from the files when somebody looks at them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from ganart.datasets.records import PictureRow
from ganart.project.thumbnail_files import ThumbnailFiles
from ganart.workers.images import image_from, image_of
from ganart.workers.mailbox import LatestMailbox

SIDES_PX = (384, 768)
"""Longest sides of the tiers; the second is for screens of many pixels."""
_THREADS = 2
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class Sharp:
    """A wish for a thumbnail, and what it is kept under."""

    row: PictureRow
    side_px: int

    @property
    def key(self) -> tuple[str, int]:
        """The same for pictures of the same pixels."""
        return self.row.pixel_hash, self.side_px


def make_sharp(wish: Sharp, files: ThumbnailFiles) -> QImage:
    """Return a thumbnail of at most `side_px`, from `files` or made anew; null if it cannot be."""
    content = files.read(*wish.key)
    image = image_from(content) if content else QImage()
    return _made(wish, files) if image.isNull() else image


def _made(wish: Sharp, files: ThumbnailFiles) -> QImage:
    from PIL import Image

    from ganart.datasets.decode import decode
    from ganart.datasets.errors import Unreadable

    row, side_px = wish.row, wish.side_px
    share = min(1.0, side_px / max(row.width, row.height, 1))
    try:
        picture = decode(row.path, shortest=max(1, round(min(row.width, row.height) * share)))
    except Unreadable:
        return QImage()
    picture.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    # A picture that is small itself is as quick to read, and keeps each of its pixels.
    if share < 1 and _is_as_scanned(row):
        stream = BytesIO()
        picture.save(stream, "JPEG", quality=_QUALITY)
        files.write(*wish.key, stream.getvalue())
    return image_of(np.asarray(picture, np.uint8)).convertToFormat(QImage.Format.Format_RGB32)


def _is_as_scanned(row: PictureRow) -> bool:
    """Whether the file is the one of which the catalogue knows the pixels."""
    with suppress(OSError):
        status = row.path.stat()
        return (status.st_size, status.st_mtime_ns) == (row.size_bytes, row.mtime_ns)
    return False


class _Maker(QThread):
    made = Signal(object, QImage)

    def __init__(
        self, files: ThumbnailFiles, wanted: LatestMailbox[Sharp], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sharp thumbnails")
        self._files = files
        self._wanted = wanted

    def run(self) -> None:
        while (wish := self._wanted.take()) is not None:
            self.made.emit(wish, make_sharp(wish, self._files))


class SharpThumbnails(QObject):
    """A small pool that makes what is wanted; newer wishes replace those not begun."""

    made = Signal(object, QImage)
    """A `Sharp` and its thumbnail, null where the file cannot be read."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = ThumbnailFiles(folder)
        self._wanted: LatestMailbox[Sharp] = LatestMailbox()
        self._makers: list[_Maker] = []

    def want(self, wishes: Sequence[Sharp]) -> None:
        """Make these thumbnails next, in this order."""
        self._start()
        self._wanted.replace({(wish.row.id, wish.side_px): wish for wish in wishes})

    def stop(self) -> None:
        """End the pool after what it is working on; afterwards nothing more is made."""
        self._wanted.close()
        for maker in self._makers:
            maker.wait()

    def _start(self) -> None:
        """Begin with the first wish: most people never look so closely."""
        if self._makers:
            return
        self._makers = [_Maker(self._files, self._wanted, self) for _ in range(_THREADS)]
        for maker in self._makers:
            maker.made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
            maker.start(QThread.Priority.LowPriority)

    @Slot(object, QImage)
    def _deliver(self, wish: Sharp, image: QImage) -> None:
        self.made.emit(wish, image)
