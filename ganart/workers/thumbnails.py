"""Thumbnails of the catalogue, read and decoded away from the window's thread."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from ganart.datasets.catalogue import Catalogue
from ganart.errors import StudioError
from ganart.workers.images import image_from
from ganart.workers.mailbox import LatestMailbox

_AT_ONCE = 16
"""Thumbnails handed over together: each hand-over costs the window's thread some time."""


class _Reader(QThread):
    loaded = Signal(object)

    def __init__(self, catalogue_path: Path, wanted: LatestMailbox[int], parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("thumbnails")
        self._catalogue_path = catalogue_path
        self._wanted = wanted

    def run(self) -> None:
        try:
            with Catalogue(self._catalogue_path) as catalogue:
                read: list[tuple[int, QImage]] = []
                while (picture_id := self._wanted.take()) is not None:
                    blob = catalogue.thumbnail(picture_id) or b""
                    read.append((picture_id, _ready(image_from(blob))))
                    if len(read) >= _AT_ONCE or self._wanted.is_empty():
                        self.loaded.emit(read)
                        read = []
        except StudioError:
            # The pictures stay blank. Whoever lists the catalogue meets the same trouble and tells
            # it once, not once a thumbnail.
            return


def _ready(image: QImage) -> QImage:
    """Return an image as screens take it, so that the window's thread has nothing to convert."""
    has_alpha = image.hasAlphaChannel()
    return image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    )


class Thumbnails(QObject):
    """Reads the thumbnails that are wanted; a newer wish replaces what was not read yet."""

    loaded = Signal(object)
    """A list of pictures' ids and their thumbnails, null where there is none."""

    def __init__(self, catalogue_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: LatestMailbox[int] = LatestMailbox()
        self._reader = _Reader(catalogue_path, self._wanted, self)
        self._reader.loaded.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reader.start()

    def want(self, ids: Iterable[int]) -> None:
        """Read these pictures' thumbnails next, in this order."""
        self._wanted.replace({picture_id: picture_id for picture_id in ids})

    def retry(self) -> None:
        """Read again what was not read because the catalogue could not be: it was changed."""
        if self._reader.isFinished():
            self._reader.start()

    def stop(self) -> None:
        """End the thread; afterwards nothing more is loaded."""
        self._wanted.close()
        self._reader.wait()

    @Slot(object)
    def _deliver(self, read: list[tuple[int, QImage]]) -> None:
        self.loaded.emit(read)
