"""Images of pixels and of encoded pictures, for any thread."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QImageReader


def image_of(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Return an image of (height, width, 3) sRGB pixels; it owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width, _ = pixels.shape
    # NumPy's own stride is any number where there is one row.
    view = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.copy()


def image_from(content: bytes) -> QImage:
    """Decode a picture that is in memory, null if it cannot be.

    Other threads go on meanwhile, which they cannot during `QImage.fromData`.
    """
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(buffer).read()
