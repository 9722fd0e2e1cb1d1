"""Other sizes of pictures: by clear squares or by smooth curves, in 8 and 16 bits."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

AnyPixels = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
"""(height, width, 3), sRGB, of 8 or 16 bits a channel."""

_P = TypeVar("_P", npt.NDArray[np.uint8], npt.NDArray[np.uint16])

RESAMPLERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def resized(pixels: _P, width: int, height: int, resampler: str = "nearest") -> _P:
    """Return (height, width, 3) of the same depth; equal arguments give equal pixels."""
    rows, columns = pixels.shape[:2]
    if (rows, columns) == (height, width):
        return pixels
    if resampler == "nearest":
        if height % rows == 0 and width % columns == 0:
            tall = pixels.repeat(height // rows, axis=0)
            return np.ascontiguousarray(tall.repeat(width // columns, axis=1))
        # The middle of each new pixel, as Pillow has it, in whole numbers.
        down = (2 * np.arange(height) + 1) * rows // (2 * height)
        across = (2 * np.arange(width) + 1) * columns // (2 * width)
        return np.ascontiguousarray(pixels[down][:, across])
    method = RESAMPLERS[resampler]
    if pixels.dtype == np.uint8:
        return np.asarray(Image.fromarray(pixels).resize((width, height), method))
    # Pillow has no colours of 16 bits: one channel after the other as floating point.
    large = np.empty((height, width, 3), pixels.dtype)
    for channel in range(3):
        plane = Image.fromarray(pixels[..., channel].astype(np.float32))
        grown = np.asarray(plane.resize((width, height), method))
        large[..., channel] = np.rint(grown.clip(0, np.iinfo(pixels.dtype).max))
    return large


def to_8_bits(pixels: AnyPixels) -> npt.NDArray[np.uint8]:
    """Return pixels of 8 bits, rounded."""
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    return ((pixels.astype(np.uint32) * 255 + 32_767) // 65_535).astype(np.uint8)
