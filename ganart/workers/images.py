"""Images of pixels and of encoded pictures, for any thread."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage


def image_of(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Return an image of (height, width, 3) sRGB pixels; it owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width, _ = pixels.shape
    # NumPy's own stride is any number where there is one row.
    view = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.copy()


def image_from(content: bytes) -> QImage:
    """Decode a PNG or JPEG that is in memory, null if it cannot be.

    Pillow lets other threads go on meanwhile, which `QImage.fromData` does not. A `QImageReader` on
    a buffer made in Python can stand still for ever: it waits for Python while it holds a lock of
    Qt's that a thread with Python waits for.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            return image_of(np.asarray(image.convert("RGB"), np.uint8))
    except (Image.DecompressionBombError, MemoryError, OSError, SyntaxError, ValueError):
        return QImage()
