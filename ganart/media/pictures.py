"""Saving pictures with their recipe inside."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, PngImagePlugin

from ganart.files import atomic_path
from ganart.media.metadata import PNG_KEYWORD, AnyRecipe
from ganart.media.metadata import read_recipe as read_recipe
from ganart.media.names import free_name as free_name

Pixels = npt.NDArray[np.uint8]
"""(height, width, 3), sRGB."""


def enlarged(pixels: Pixels, scale: int) -> Pixels:
    """Return (height*scale, width*scale, 3): each pixel becomes a square, nothing is blurred."""
    if scale < 1:
        raise ValueError(f"scale must be 1 or more, not {scale}")
    return np.ascontiguousarray(pixels.repeat(scale, axis=0).repeat(scale, axis=1))


def save_png(pixels: Pixels, target: Path, recipe: AnyRecipe | None = None, scale: int = 1) -> None:
    """Write a PNG, whole or not at all, with its recipe in an iTXt chunk.

    Raises `DiskFull` or `FolderNotWritable`.
    """
    texts = PngImagePlugin.PngInfo()
    if recipe is not None:
        texts.add_itxt(PNG_KEYWORD, recipe.to_json())
    with atomic_path(target) as temporary:
        image = Image.fromarray(enlarged(pixels, scale))
        image.save(temporary, format="PNG", pnginfo=texts)
