"""Small pictures in rows, as one pixmap for a label."""

from math import ceil

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from ganart.ui.widgets.images import image_of

_GAP_PX = 4


def picture_rows(
    pixels: npt.NDArray[np.uint8], columns: int, tile_px: int, ratio: float
) -> QPixmap:
    """Return pictures (count, side, side, 3) in rows of so many, each `tile_px` wide on a screen of
    `ratio` device pixels to one; small ones with hard pixels.
    """
    tile, gap = round(tile_px * ratio), round(_GAP_PX * ratio)
    rows, columns = ceil(len(pixels) / columns), min(columns, len(pixels))
    size = (columns * (tile + gap) - gap, rows * (tile + gap) - gap)
    sheet = QImage(*size, QImage.Format.Format_ARGB32)
    sheet.fill(Qt.GlobalColor.transparent)
    mode = Qt.TransformationMode
    smooth = mode.SmoothTransformation if pixels.shape[1] > tile else mode.FastTransformation
    with QPainter(sheet) as painter:
        for number, picture in enumerate(pixels):
            row, column = divmod(number, columns)
            scaled = image_of(picture).scaled(
                tile, tile, Qt.AspectRatioMode.IgnoreAspectRatio, smooth
            )
            painter.drawImage(column * (tile + gap), row * (tile + gap), scaled)
    sheet.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(sheet)
