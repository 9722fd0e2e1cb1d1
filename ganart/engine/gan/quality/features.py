"""What the bundled VGG-19 sees in pictures."""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.gan.quality.slices import Slices
from ganart.engine.style.vgg import load_vgg

LAYER = "relu4_1"
"""Deep enough to see parts of things, and several times as quick as the layers behind it."""
SIDES = (32, 64)
"""Side of the smallest and of the largest square that the network is given; oblong pictures have
about as many pixels."""
AT_ONCE = 4


def features(pictures: Tensor) -> Slices[Tensor]:
    """Return (N, 512), each channel's mean over its places, of uint8 (N, 3, height, width).

    Raises `BadWeights`.
    """
    network = load_vgg(pictures.device)
    height, width = pictures.shape[-2:]
    side = math.sqrt(height * width)
    scale = min(max(side, SIDES[0]), SIDES[1]) / side
    size = round(height * scale), round(width * scale)
    seen = []
    for some in torch.split(pictures, AT_ONCE):
        resized = F.interpolate(some.float() / 255, size=size, mode="bilinear", antialias=True)
        seen.append(network.features(resized, [LAYER])[LAYER].mean((2, 3)))
        yield
    return torch.cat(seen)
