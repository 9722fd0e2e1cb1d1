"""Any picture as a style: one network sums it up in 100 numbers, another paints with them.

After Ghiasi et al. 2017, "Exploring the structure of a real-time, arbitrary neural artistic
stylization network", with a MobileNetV2 (Sandler et al. 2018) as the network that looks.
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from ganart.engine.style.transfer import Affine, Convolution, TransferNetwork
from ganart.engine.style.weights import bundled

FILE = "models/magenta_i8.safetensors"
SHA256 = "041b05d7776bed9560f918cb6731be23e255bf123c9c3213c2a1abda19172fee"
STYLE_NUMBERS = 100
STYLE_SIDE = 256
"""Side in pixels of the square in which a style is looked at."""
RESIDUAL_BLOCKS = 5
_LAST = 52
"""Index of the last convolution of the network that looks."""
_HALVING = frozenset({0, 4, 10, 19, 40})
"""Convolutions of the network that looks with stride 2."""


def load(device: torch.device) -> dict[str, Tensor]:
    """Return weights (NAME.w) and biases (NAME.b) as float32. Raises `BadWeights`.

    In the file the weights are 8-bit integers with a scale for each output channel, as published.
    """
    stored = bundled(FILE, SHA256)
    weights = {name: each for name, each in stored.items() if name.endswith(".b")}
    for name, integers in stored.items():
        if name.endswith(".q"):
            scale = stored[f"{name[:-2]}.scale"].view(-1, 1, 1, 1)
            weights[f"{name[:-2]}.w"] = integers * scale
    return {name: each.to(device) for name, each in weights.items()}


class StylePredictor:
    """The network that looks at a style picture."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        """Take the `predict` tensors of `FILE`, as float32 on the device to compute on."""
        self._layers = [
            (weights[f"predict.conv{index:02}.w"], weights[f"predict.conv{index:02}.b"])
            for index in range(_LAST + 1)
        ]

    def __call__(self, style: Tensor) -> Tensor:
        """Return the style vectors (N, 100) of pictures (N, 3, `STYLE_SIDE`, `STYLE_SIDE`)."""
        x = style
        for index in range(3):
            x = self._convolve(x, index)
        for expand in range(3, _LAST - 1, 3):
            y = x
            for index in range(expand, expand + 3):
                y = self._convolve(y, index)
            x = x + y if x.shape == y.shape else y
        x = self._convolve(x, _LAST - 1).mean(dim=(2, 3), keepdim=True)
        weight, bias = self._layers[_LAST]
        return F.conv2d(x, weight, bias).flatten(1)

    def _convolve(self, x: Tensor, index: int) -> Tensor:
        """Convolve as TensorFlow pads; the last of each block's three is linear."""
        weight, bias = self._layers[index]
        stride = 2 if index in _HALVING else 1
        if weight.shape[-1] == 3:
            x = F.pad(x, (*_same(x.shape[-1], stride), *_same(x.shape[-2], stride)))
        x = F.conv2d(x, weight, bias, stride, groups=1 if weight.shape[1] > 1 else len(weight))
        linear = index % 3 == 2 and index < _LAST - 1
        return x if linear else F.relu6(x)


def _same(side: int, stride: int) -> tuple[int, int]:
    """Return TensorFlow's SAME padding of a 3-wide convolution: the odd pixel goes behind."""
    total = max((-(-side // stride) - 1) * stride + 3 - side, 0)
    return total // 2, total - total // 2


def transform_network(weights: Mapping[str, Tensor]) -> TransferNetwork:
    """Return the network that paints, from the `transform` tensors of `FILE`."""

    def convolution(name: str, stride: int = 1, upsample: int = 1) -> Convolution:
        name = f"transform.{name}"
        return Convolution(weights[f"{name}.w"], weights[f"{name}.b"], stride, upsample)

    return TransferNetwork(
        contract=tuple(
            convolution(f"contract.conv{index}", stride=1 if index == 1 else 2)
            for index in (1, 2, 3)
        ),
        residual=tuple(
            (convolution(f"{name}.conv1"), convolution(f"{name}.conv2"))
            for name in _residual_names()
        ),
        expand=tuple(
            convolution(f"expand.conv{index}.conv", upsample=1 if index == 3 else 2)
            for index in (1, 2, 3)
        ),
    )


def affines(weights: Mapping[str, Tensor], vector: Tensor) -> list[Affine | None]:
    """Return the scales and shifts that paint in the style of `vector`, (100,)."""

    def linear(name: str) -> Tensor:
        weight = weights[f"transform.style_params.{name}.w"].flatten(1)
        return torch.addmv(weights[f"transform.style_params.{name}.b"], weight, vector)

    names = [f"{name}.conv{index}" for name in _residual_names() for index in (1, 2)]
    names += [f"expand.conv{index}.conv" for index in (1, 2, 3)]
    contract: list[Affine | None] = [None, None, None]  # its normalisation is in its biases
    return contract + [
        (linear(f"{name}.StyleNorm.Conv_1"), linear(f"{name}.StyleNorm.Conv")) for name in names
    ]


def _residual_names() -> list[str]:
    return [f"residual.residual{index}" for index in range(1, RESIDUAL_BLOCKS + 1)]
