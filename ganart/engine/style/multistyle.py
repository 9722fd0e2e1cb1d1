"""26 built-in looks in one network, which differ in their scales and shifts only.

After Dumoulin et al. 2017, "A learned representation for artistic style".
"""

from collections.abc import Mapping

import torch
from torch import Tensor

from ganart.engine.style.transfer import Affine, Convolution, TransferNetwork
from ganart.engine.style.weights import bundled

FILE = "models/multistyle26_f32.safetensors"
SHA256 = "5167ef05b00f4d075d2789804114389ccd5cfac1a96773c30d63f897f24cdc04"
STYLES = 26
RESIDUAL_BLOCKS = 6


def load(device: torch.device) -> dict[str, Tensor]:
    """Return the tensors of `FILE`. Raises `BadWeights`."""
    return {name: each.to(device) for name, each in bundled(FILE, SHA256).items()}


def network(weights: Mapping[str, Tensor]) -> TransferNetwork:
    """Return the network that paints, from the tensors of `FILE`."""
    return TransferNetwork(
        contract=tuple(
            Convolution(weights[f"contract.{index}.w"], stride=1 if index == 0 else 2)
            for index in range(3)
        ),
        residual=tuple(
            (Convolution(weights[f"res.{index}.0.w"]), Convolution(weights[f"res.{index}.1.w"]))
            for index in range(RESIDUAL_BLOCKS)
        ),
        expand=tuple(
            Convolution(weights[f"expand.{index}.w"], upsample=1 if index == 2 else 2)
            for index in range(3)
        ),
    )


def affines(weights: Mapping[str, Tensor], shares: Tensor) -> list[Affine | None]:
    """Return the scales and shifts of the looks mixed by `shares`, (26,), which sum to 1."""
    names = [f"contract.{index}" for index in range(3)]
    names += [f"res.{block}.{index}" for block in range(RESIDUAL_BLOCKS) for index in range(2)]
    names += [f"expand.{index}" for index in range(3)]
    return [
        (shares @ weights[f"{name}.norm.gamma"], shares @ weights[f"{name}.norm.beta"])
        for name in names
    ]
