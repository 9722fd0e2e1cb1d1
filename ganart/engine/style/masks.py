"""Masks of regions: grey pictures of any size, white where something counts."""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ganart.datasets.decode import decode

MASK_SIDE = 2048
"""Longer masks are reduced: they are softened to the size of feature maps anyway."""


def read_mask(path: Path) -> Image.Image:
    """Return the mask in `path` in grey; where the picture is clear it is black.

    Raises `Unreadable`.
    """
    mask = decode(path, background=(0, 0, 0)).convert("L")
    mask.thumbnail((MASK_SIDE, MASK_SIDE))
    return mask


def as_mask(picture: Image.Image) -> Tensor:
    """Turn a grey picture into (1, 1, H, W) from 0 to 1."""
    return torch.from_numpy(np.array(picture, np.float32) / 255)[None, None]
