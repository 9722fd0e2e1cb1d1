"""From pixels to what Qt paints."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter


def image_of(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Return an image of (height, width, 3) sRGB pixels; it owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width, _ = pixels.shape
    # Without the stride Qt expects rows padded to 4 bytes.
    view = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return view.copy()


def png_of(image: QImage) -> bytes:
    """Return an image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
