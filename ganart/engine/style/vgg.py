"""VGG-19 up to relu5_1, the eyes of style transfer (Simonyan & Zisserman 2014).

The bundled weights are the original ImageNet network's, 8 bits a weight with a table for each
layer; `load_vgg` makes floats of them once. Weights never get gradients.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from safetensors.torch import load
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.errors import EngineError
from ganart.resources import resource
from ganart.text import QT_TRANSLATE_NOOP

Pooling = Literal["max", "average"]
WEIGHTS = "models/vgg19_block5_conv1_u8.safetensors"
WEIGHTS_SHA256 = "1dbdfad4a0706154a0387153868bf96d53a6e874b32d27c0dff3901370cf25d0"
WIDTHS = ((64, 64), (128, 128), (256,) * 4, (512,) * 4, (512,))
"""Channels of every convolution, by blocks; between two blocks the sides are halved."""
LAYERS = tuple(
    f"relu{block}_{conv}" for block, row in enumerate(WIDTHS, 1) for conv in range(1, len(row) + 1)
)
MEAN = (123.68, 116.779, 103.939)
"""Mean of the pictures that the network was trained on: R, G, B of 0 to 255."""


class BadWeights(EngineError):
    """Details: `file`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The network file {file} cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Your pictures and projects are not touched by this.")
    remedy = QT_TRANSLATE_NOOP("errors", "Install the program again.")


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """A 3×3 convolution with zero padding, and the rectifier after it."""

    layer: str
    """Name of its output, such as "relu1_1"."""
    weight: Tensor
    """(out, in, 3, 3)."""
    bias: Tensor


class VGG19:
    """The network: five blocks of convolutions, a pooling between each two."""

    def __init__(
        self, weights: Mapping[str, tuple[Tensor, Tensor]], pooling: Pooling = "max"
    ) -> None:
        """Make it of weight (out, in, 3, 3) and bias by layer; input as `prepare` gives it."""
        self.pooling = pooling
        self.blocks = tuple(
            tuple(
                Convolution(name, *weights[name])
                for name in LAYERS
                if name.startswith(f"relu{number}_")
            )
            for number in range(1, len(WIDTHS) + 1)
        )
        self._mean = torch.tensor(MEAN, device=weights[LAYERS[0]][0].device).view(3, 1, 1)

    def prepare(self, picture: Tensor) -> Tensor:
        """Turn RGB from 0 to 1 into what the first convolution was trained with."""
        return picture * 255 - self._mean

    def block(
        self, number: int, x: Tensor, layers: Collection[str], last: str
    ) -> tuple[dict[str, Tensor], Tensor]:
        """Run block `number` (0 to 4) on x (N, C, H, W), no further than the layer `last`.

        Returns the outputs named in `layers` that lie in this block, and the block's output.
        """
        found = {}
        if number:
            x = self._pool(x)
        for conv in self.blocks[number]:
            x = F.relu_(F.conv2d(x, conv.weight, conv.bias, padding=1))
            if conv.layer in layers:
                found[conv.layer] = x
            if conv.layer == last:
                break
        return found, x

    def features(self, x: Tensor, layers: Collection[str]) -> dict[str, Tensor]:
        """Return the outputs (N, C, h, w) of the named layers for pictures x.

        x is (N, 3, H, W), RGB from 0 to 1, of any size; gradients flow to it where it wants them.
        """
        last = max(layers, key=LAYERS.index)
        found: dict[str, Tensor] = {}
        x = self.prepare(x)
        for number in range(block_of(last) + 1):
            more, x = self.block(number, x, layers, last)
            found |= more
        return found

    def _pool(self, x: Tensor) -> Tensor:
        size = [min(2, side) for side in x.shape[-2:]]  # a side of one pixel stays one
        return F.max_pool2d(x, size) if self.pooling == "max" else F.avg_pool2d(x, size)


def block_of(layer: str) -> int:
    """Return the block, 0 to 4, that a layer lies in."""
    return int(layer[4]) - 1


def load_vgg(device: torch.device | str = "cpu", pooling: Pooling = "max") -> VGG19:
    """Return the network with the bundled weights, which all callers share. Raises `BadWeights`."""
    return VGG19(_bundled(torch.device(device)), pooling)


@cache
def _bundled(device: torch.device) -> dict[str, tuple[Tensor, Tensor]]:
    name = WEIGHTS.rpartition("/")[2]
    try:
        content = resource(WEIGHTS).read_bytes()
    except OSError as error:
        raise BadWeights(file=name, reason="it is missing") from error
    if hashlib.sha256(content).hexdigest() != WEIGHTS_SHA256:
        raise BadWeights(file=name, reason="it is damaged")
    stored = load(content)
    weights = {}
    for layer in LAYERS:
        block, _, conv = layer.removeprefix("relu").partition("_")
        prefix = f"block{block}_conv{conv}"
        weight = stored[f"{prefix}.table"][stored[f"{prefix}.q"].int()]
        if layer == LAYERS[0]:
            weight = weight.flip(1)  # it was trained on B, G, R
        weights[layer] = (weight.to(device), stored[f"{prefix}.bias"].to(device))
    return weights
