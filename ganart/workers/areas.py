"""The areas painted on photos and styles, kept as files that are named by what they hold."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtGui import QImage, QImageReader

from ganart.engine.asks import Poll
from ganart.files import make_folder, write_atomic
from ganart.workers.png import png_of
from ganart.workers.run import Job

_NAME = re.compile(r"[0-9a-f]{32}")
_LARGEST_PX = 4096
"""Far beyond what is painted here; a larger file was not written by the studio."""


def area_name(area: QImage) -> str:
    """Return the name of an area: the same for the same picture, whenever it is asked."""
    grey = area.convertToFormat(QImage.Format.Format_Grayscale8)
    size = f"{grey.width()}x{grey.height()}/{grey.bytesPerLine()}:".encode()
    return hashlib.sha256(size + bytes(grey.constBits())).hexdigest()[:32]


def keep_areas(areas: Mapping[str, QImage], folder: Path) -> Job:
    """Return a job that writes areas, by `area_name`, into `folder`; those there are left."""

    def job(_poll: Poll) -> Iterator[object]:
        for name, area in areas.items():
            path = make_folder(folder) / f"{name}.png"
            if not path.exists():
                write_atomic(path, png_of(area))
        yield from ()

    return job


def read_area(name: object, folder: Path) -> QImage | None:
    """Return an area that was kept; None where there is no such, or it cannot be read."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    reader = QImageReader(str(folder / f"{name}.png"), b"png")
    if max(reader.size().width(), reader.size().height()) > _LARGEST_PX:
        return None
    area = reader.read()
    return None if area.isNull() else area.convertToFormat(QImage.Format.Format_Grayscale8)
