"""VGG-19 up to relu5_1, the eyes of style transfer (Simonyan & Zisserman 2014).

The bundled weights are the original ImageNet network's, 8 bits a weight with a table for each
layer; `load_vgg` makes floats of them once. Weights never get gradients.
"""

from collections.abc import Callable, Collection
from functools import cache
from typing import Literal, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.style import winograd
from ganart.engine.style.weights import bundled

Pooling = Literal["max", "average"]
WEIGHTS = "models/vgg19_block5_conv1_u8.safetensors"
WEIGHTS_SHA256 = "1dbdfad4a0706154a0387153868bf96d53a6e874b32d27c0dff3901370cf25d0"
WIDTHS = ((64, 64), (128, 128), (256,) * 4, (512,) * 4, (512,))
"""Channels of every convolution, by blocks; between two blocks the sides are halved."""
BLOCKS = tuple(
    tuple(f"relu{number}_{position}" for position in range(1, len(row) + 1))
    for number, row in enumerate(WIDTHS, 1)
)
LAYERS = tuple(layer for block in BLOCKS for layer in block)
CHANNELS = dict(zip(LAYERS, (width for row in WIDTHS for width in row), strict=True))


class Normal(NamedTuple):
    """What the network's input was in its training: R, G, B of 0 to 255, minus mean, divided."""

    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]


ORIGINAL = Normal(mean=(123.68, 116.779, 103.939), deviation=(1.0, 1.0, 1.0))


class Convolution:
    """A 3×3 convolution with zero padding, and the rectifier after it."""

    def __init__(self, layer: str, weight: Tensor, bias: Tensor) -> None:
        """Take the name of the output, the weight (out, in, 3, 3) and the bias."""
        self.layer = layer
        self._winograd = weight.device.type == "cpu" and winograd.pays(weight)
        self._weight = winograd.transform_filters(weight) if self._winograd else weight
        self._bias = bias

    def __call__(self, x: Tensor) -> Tensor:
        """Return the rectified output for x (N, in, H, W)."""
        if self._winograd:
            return winograd.convolve(x, self._weight, self._bias)
        return F.relu_(F.conv2d(x, self._weight, self._bias, padding=1))


Network = tuple[tuple[Convolution, ...], ...]
"""The convolutions by blocks."""


def network(make: Callable[[str], Convolution]) -> Network:
    """Make the convolution of every layer, one after the other."""
    return tuple(tuple(make(layer) for layer in block) for block in BLOCKS)


class VGG19:
    """The network: five blocks of convolutions, a pooling between each two."""

    def __init__(
        self,
        network: Network,
        device: torch.device,
        pooling: Pooling = "max",
        normal: Normal = ORIGINAL,
    ) -> None:
        """Take the convolutions, which lie on `device`."""
        self._network = network
        self._pooling = pooling
        self._mean = torch.tensor(normal.mean, device=device).view(3, 1, 1)
        self._deviation = torch.tensor(normal.deviation, device=device).view(3, 1, 1)

    def prepare(self, picture: Tensor) -> Tensor:
        """Turn RGB (1, 3, H, W) from 0 to 1 into what the first convolution was trained with."""
        x = (picture * 255 - self._mean) / self._deviation
        # Winograd's transforms, and torch's own first convolution, are quickest on this layout.
        return x.contiguous(memory_format=torch.channels_last) if x.device.type == "cpu" else x

    def towards_picture(self, gradient: Tensor) -> Tensor:
        """Return the gradient towards a picture, given that towards what `prepare` makes of it."""
        return (gradient * 255 / self._deviation).contiguous()

    def block(
        self, number: int, x: Tensor, layers: Collection[str], last: str
    ) -> tuple[dict[str, Tensor], Tensor]:
        """Run block `number` (0 to 4) on x (N, C, H, W), no further than the layer `last`.

        Returns the outputs named in `layers` that lie in this block, and what the next block takes.
        """
        found = {}
        for convolution in self._network[number]:
            x = convolution(x)
            if convolution.layer in layers:
                found[convolution.layer] = x
            if convolution.layer == last:
                return found, x
        size = min(2, x.shape[2]), min(2, x.shape[3])  # a side of one pixel stays one
        return found, (F.max_pool2d if self._pooling == "max" else F.avg_pool2d)(x, size)

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


def block_of(layer: str) -> int:
    """Return the block, 0 to 4, that a layer lies in."""
    return int(layer[4]) - 1


def load_vgg(device: torch.device | str = "cpu", pooling: Pooling = "max") -> VGG19:
    """Return the network with the bundled weights, which all callers share. Raises `BadWeights`."""
    device = torch.device(device)
    return VGG19(_bundled(device), device, pooling)


@cache
@torch.inference_mode(mode=False)
def _bundled(device: torch.device) -> Network:
    """Load the convolutions, so that gradients can flow through them whoever asked first."""
    stored = bundled(WEIGHTS, WEIGHTS_SHA256)

    def convolution(layer: str) -> Convolution:
        name = "block{}_conv{}".format(*layer.removeprefix("relu").split("_"))
        indices = stored[f"{name}.q"]
        weight = stored[f"{name}.table"].index_select(0, indices.flatten().int())
        weight = weight.view(indices.shape)
        if layer == LAYERS[0]:
            weight = weight.flip(1)  # it was trained on B, G, R
        return Convolution(layer, weight.to(device), stored[f"{name}.bias"].to(device))

    return network(convolution)
