"""Decoding picture files for the window on a thread of its own."""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, QThread, Signal, Slot
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageReader, QPainter

from ganart.workers.images import image_of
from ganart.workers.mailbox import LatestMailbox

_VIDEO_SUFFIXES = {".mp4", ".m4v", ".mov", ".mkv", ".avi", ".webm"}


@dataclass(frozen=True, slots=True)
class LoadedImage:
    """A decoded file; the image is null where that was not possible."""

    path: Path
    side_px: int
    image: QImage


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    side_px: int


def load_image(path: Path, side_px: int = 0, ground: QColor | None = None) -> QImage:
    """Decode a picture, or the first frame of an animation, to at most `side_px` (0: as it is).

    With a `ground` it is laid on that where it is clear, is sRGB, and of the format of screens.
    """
    if path.suffix.lower() in _VIDEO_SUFFIXES:
        return _fitted(_first_frame(path), side_px)
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if side_px and size.isValid() and max(size.width(), size.height()) > side_px:
        box = QSize(side_px, side_px)
        reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull() or (ground is not None and not _is_srgb(image)):
        image = _decoded(path, side_px)
    return image if ground is None else _laid_on(ground, image)


def _is_srgb(image: QImage) -> bool:
    """Whether colours are as on usual screens; Qt could change them, but not beside the window."""
    space = image.colorSpace()
    if not space.isValid() or space == QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        return True
    return space.description().startswith("sRGB")  # which some write in words of their own


def _laid_on(ground: QColor, image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    result = QImage(image.size(), QImage.Format.Format_RGB32)
    result.fill(ground)
    painter = QPainter(result)
    painter.drawImage(0, 0, image)
    painter.end()
    return result


def _decoded(path: Path, side_px: int) -> QImage:
    """Decode what Qt cannot, such as TIFF, or not well, such as other colour spaces."""
    from PIL import Image  # most files need no Pillow

    from ganart.datasets.decode import decode
    from ganart.datasets.errors import Unreadable

    try:
        picture = decode(path, shortest=side_px or None)
    except Unreadable:
        return QImage()
    if side_px:
        picture.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    return image_of(np.array(picture, np.uint8))


def _first_frame(path: Path) -> QImage:
    try:
        with av.open(str(path)) as container:
            frame = next(container.decode(video=0), None)
            if frame is None:
                return QImage()
            pixels = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    except (av.FFmpegError, IndexError):
        return QImage()
    return image_of(pixels)


def _fitted(image: QImage, side_px: int) -> QImage:
    if not side_px or max(image.width(), image.height()) <= side_px:
        return image
    box = QSize(side_px, side_px)
    how = Qt.TransformationMode.SmoothTransformation
    return image.scaled(box, Qt.AspectRatioMode.KeepAspectRatio, how)


class _Loader(QThread):
    finished_one = Signal(object)

    def __init__(
        self, mailbox: LatestMailbox[_Request], ground: QColor | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.setObjectName("images")
        self._mailbox = mailbox
        self._ground = ground

    def run(self) -> None:
        while (request := self._mailbox.take()) is not None:
            image = load_image(request.path, request.side_px, self._ground)
            self.finished_one.emit(LoadedImage(request.path, request.side_px, image))


class ImageLoader(QObject):
    """Loads files, the last asked for first. Its thread starts with the first request."""

    loaded = Signal(object)
    """A `LoadedImage`."""

    def __init__(self, parent: QObject | None = None, ground: QColor | None = None) -> None:
        super().__init__(parent)
        self._ground = ground
        self._mailbox: LatestMailbox[_Request] | None = None
        self._thread: _Loader | None = None

    def load(self, path: Path, side_px: int = 0, slot: str | None = None) -> None:
        """Ask for a file. With a `slot` a newer request of that slot replaces this one."""
        if self._mailbox is None:
            self._mailbox = LatestMailbox(newest_first=True)
            self._thread = _Loader(self._mailbox, self._ground, self)
            self._thread.finished_one.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
            self._thread.start()
        self._mailbox.put(slot or (path, side_px), _Request(path, side_px))

    def clear(self) -> None:
        """Drop all requests that were not begun."""
        if self._mailbox is not None:
            self._mailbox.clear()

    def stop(self) -> None:
        """End the thread after the file that it is working on."""
        if self._mailbox is None or self._thread is None:
            return
        self._mailbox.close()
        self._thread.wait()
        self._thread.deleteLater()
        self._mailbox = self._thread = None

    @Slot(object)
    def _deliver(self, loaded: LoadedImage) -> None:
        if self._thread is not None:
            self.loaded.emit(loaded)
