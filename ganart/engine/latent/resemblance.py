"""How far pictures are from another one, to the eyes of the bundled VGG-19."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.style.vgg import load_vgg

SEARCH_LAYERS = ("relu1_2", "relu2_2", "relu3_3", "relu4_1")
JUDGE_LAYERS = ("relu2_1", "relu3_1", "relu4_2")
"""Others than those of the search, which finds ways to please its own."""
SIDES = (32, 128)
"""Side of the smallest and of the largest square that the network is given."""


class Resemblance:
    """Compares with one picture.

    The distance is that of features of length 1 at each place, squared, the mean over places and
    layers: LPIPS (Zhang et al. 2018, eq. 1) with all channels weighed alike.
    """

    def __init__(
        self, picture: Tensor, layers: Sequence[str] = SEARCH_LAYERS, largest: int = SIDES[1]
    ) -> None:
        """Take a picture (1, 3, height, width), -1 to 1, and the side of the largest square to
        look at: oblong pictures have as many pixels.

        Raises `BadWeights`.
        """
        self._network = load_vgg(picture.device)
        self._layers = layers
        height, width = picture.shape[-2:]
        side = math.sqrt(height * width)
        scale = min(max(side, SIDES[0]), largest) / side
        self._size = round(height * scale), round(width * scale)
        with torch.no_grad():
            self._target = self._features(picture)

    def __call__(self, pictures: Tensor) -> Tensor:
        """Return the distances (N,) of pictures (N, 3, height, width): 0 for the same, about 1 for
        strangers.
        """
        return _apart(self._features(pictures), self._target)

    def between(self, pictures: Tensor) -> Tensor:
        """Return the distance (N,) of each picture from the one before, the first's from the
        last.
        """
        seen = self._features(pictures)
        return _apart(seen, [each.roll(1, 0) for each in seen])

    def _features(self, pictures: Tensor) -> list[Tensor]:
        x = (pictures + 1) / 2
        if x.shape[-2:] != self._size:
            x = F.interpolate(x, size=self._size, mode="bilinear", antialias=True)
        found = self._network.features(x, self._layers)
        return [
            each * (each.square().sum(1, keepdim=True) + 1e-8).rsqrt()
            for each in (found[layer] for layer in self._layers)
        ]


def _apart(ours: Sequence[Tensor], theirs: Sequence[Tensor]) -> Tensor:
    layers = [(a - b).square().sum(1).mean((1, 2)) for a, b in zip(ours, theirs, strict=True)]
    return torch.stack(layers).mean(0)
