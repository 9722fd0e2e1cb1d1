"""Small pictures in rows, as one pixmap for a label."""

from math import ceil

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from ganart.ui.widgets.images import image_of

_GAP_PX = 4


def picture_rows(
    pixels: npt.NDArray[np.uint8], columns: int, tile_px: int, ratio: float
) -> QPixmap:
    """Return pictures (count, height, width, 3) in rows of so many, each as large as a square of
    `tile_px` holds it on a screen of `ratio` device pixels to one; small ones with hard pixels.
    """
    side, gap = round(tile_px * ratio), round(_GAP_PX * ratio)
    rows, columns = ceil(len(pixels) / columns), min(columns, len(pixels))
    shape = QSize(pixels.shape[2], pixels.shape[1])
    tile = shape.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    across, down = tile.width() + gap, tile.height() + gap
    sheet = QImage(columns * across - gap, rows * down - gap, QImage.Format.Format_ARGB32)
    sheet.fill(Qt.GlobalColor.transparent)
    mode = Qt.TransformationMode
    smooth = mode.SmoothTransformation if shape.width() > tile.width() else mode.FastTransformation
    with QPainter(sheet) as painter:
        for number, picture in enumerate(pixels):
            row, column = divmod(number, columns)
            scaled = image_of(picture).scaled(tile, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            painter.drawImage(column * across, row * down, scaled)
    sheet.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(sheet)
