"""The feed-forward network that all instant looks share.

After Johnson et al. 2016, "Perceptual losses for real-time style transfer and super-resolution",
and Dumoulin et al. 2017, "A learned representation for artistic style".

Three convolutions bring the photo to a quarter of its sides, residual blocks repaint it there, and
three convolutions, two of them after doubling the sides, bring it back. A look is nothing but the
scale and the shift after each normalisation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

EPSILON = 1e-5
"""Added to the variance in each normalisation."""
GRID = 4
"""The sides of what the network sees are multiples of this."""
SMALLEST = 16
"""Shortest side in pixels for which every reflection padding is defined."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """One convolution with reflection padding."""

    weight: Tensor
    """(out, in, side, side)."""
    bias: Tensor | None = None
    stride: int = 1
    upsample: int = 1
    """Sides are multiplied by this first, each pixel becoming a square."""


@dataclass(frozen=True, slots=True)
class TransferNetwork:
    """The convolutions in their order; what lies between them is the same in every look."""

    contract: tuple[Convolution, ...]
    residual: tuple[tuple[Convolution, Convolution], ...]
    expand: tuple[Convolution, ...]


Affine = tuple[Tensor, Tensor]
"""Scale and shift of one normalisation, (channels,) each."""
Affines = Sequence[Affine | None]
"""One per convolution in the order contract, residual, expand; None: it is not normalised."""


def stylize(network: TransferNetwork, affines: Affines, photo: Tensor) -> Tensor:
    """Return the stylized photo, (N, 3, H, W) in 0..1; H and W are multiples of `GRID`.

    Both sides are at least `SMALLEST`.
    """
    following = iter(affines)
    x = photo
    for convolution in network.contract:
        x = F.relu(normalise(convolve(x, convolution), next(following)))
    for first, second in network.residual:
        y = F.relu(normalise(convolve(x, first), next(following)))
        x = x + normalise(convolve(y, second), next(following))
    for convolution in network.expand[:-1]:
        x = F.relu(normalise(convolve(x, convolution), next(following)))
    return torch.sigmoid(normalise(convolve(x, network.expand[-1]), next(following)))


def convolve(x: Tensor, convolution: Convolution) -> Tensor:
    """Return the convolution of `x`, mirrored at its edges, before normalisation."""
    if convolution.upsample > 1:
        x = F.interpolate(x, scale_factor=convolution.upsample, mode="nearest")
    x = F.pad(x, [convolution.weight.shape[-1] // 2] * 4, mode="reflect")
    return F.conv2d(x, convolution.weight, convolution.bias, convolution.stride)


def normalise(x: Tensor, affine: Affine | None) -> Tensor:
    """Return `x` with mean and variance of each channel replaced (instance normalisation)."""
    if affine is None:
        return x
    scale, shift = affine
    return F.instance_norm(x, weight=scale, bias=shift, eps=EPSILON)


def fit(photo: Tensor) -> Tensor:
    """Return `photo` continued to the right and below to sides that the network takes."""
    height, width = photo.shape[-2:]
    right, below = (max(SMALLEST, -(-side // GRID) * GRID) - side for side in (width, height))
    return F.pad(photo, (0, right, 0, below), mode="replicate")
