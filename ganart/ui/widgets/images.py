"""From pixels to what Qt paints."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage


def image_of(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Return an image of (height, width, 3) sRGB pixels; it owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width, _ = pixels.shape
    # Without the stride Qt expects rows padded to 4 bytes; NumPy's own is any number for one row.
    view = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.copy()
