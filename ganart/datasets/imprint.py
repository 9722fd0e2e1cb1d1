"""A picture's imprint: what is kept of it to compare it with others."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PIL import Image

IMPRINT_SIDE = 32
"""Sides of the stretched grey picture in an imprint; its two colour planes have half of that."""

IMPRINT_BYTES = IMPRINT_SIDE**2 * 3 // 2

Planes = npt.NDArray[np.float32]
"""(N, rows, columns), brightness from 0 to 1."""

ColourPlanes = npt.NDArray[np.complex64]
"""(N, rows, columns), Cb + i Cr, both −½ to ½: a turn of all hues is a turn of these numbers."""


def make_imprint(image: Image.Image) -> bytes:
    """Return `IMPRINT_BYTES` bytes: Y at 32 × 32, Cb and Cr at 16 × 16, of an RGB image."""
    small = image.resize((IMPRINT_SIDE, IMPRINT_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    values = np.asarray(small.convert("YCbCr"))
    half = IMPRINT_SIDE // 2
    colour = values[..., 1:].reshape(half, 2, half, 2, 2).mean((1, 3)).round().astype(np.uint8)
    content: bytes = values[..., 0].tobytes() + colour.transpose(2, 0, 1).tobytes()
    return content


def read_imprints(imprints: Iterable[bytes]) -> tuple[Planes, ColourPlanes]:
    """Return grey (N, 32, 32) and colours (N, 16, 16)."""
    values = np.frombuffer(b"".join(imprints), np.uint8).reshape(-1, IMPRINT_BYTES)
    grey = values[:, : IMPRINT_SIDE**2].reshape(-1, IMPRINT_SIDE, IMPRINT_SIDE)
    half = IMPRINT_SIDE // 2
    colour = values[:, IMPRINT_SIDE**2 :].reshape(-1, 2, half, half).astype(np.float32)
    colour = (colour - np.float32(128)) / np.float32(255)
    complex_colour = (colour[:, 0] + 1j * colour[:, 1]).astype(np.complex64)
    return (grey / np.float32(255)).astype(np.float32), complex_colour
