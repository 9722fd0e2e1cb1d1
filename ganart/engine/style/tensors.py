"""Pictures as the networks of style take them, and back."""

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Pixels = npt.NDArray[np.uint8]
"""(height, width, 3), sRGB."""


def to_tensor(pixels: Pixels, device: torch.device) -> Tensor:
    """Map (H, W, 3) uint8 to (1, 3, H, W), 0...1."""
    planes = torch.from_numpy(pixels.transpose(2, 0, 1)[None].copy()).to(device)
    return planes.float().div_(255).contiguous(memory_format=torch.channels_last)


def to_pixels(picture: Tensor) -> Pixels:
    """Map (1, 3, H, W), 0...1, to (H, W, 3) uint8, clamped and rounded."""
    pixels = picture[0].clamp(0, 1).mul(255).round().to(torch.uint8)
    array: Pixels = pixels.permute(1, 2, 0).contiguous().cpu().numpy()
    return array
