"""The feed-forward network that all instant looks share.

After Johnson et al. 2016, "Perceptual losses for real-time style transfer and super-resolution",
and Dumoulin et al. 2017, "A learned representation for artistic style".

Three convolutions bring the photo to a quarter of its sides, residual blocks repaint it there, and
three convolutions, two of them after doubling the sides, bring it back. A look is nothing but the
scale and the shift after each normalisation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ganart.engine.style.strips import Convolution as Convolution
from ganart.engine.style.strips import FeatureMap, Workspace, convolve, result_shape

EPSILON = 1e-5
"""Added to the variance in each normalisation."""
GRID = 4
"""The sides of what the network sees are multiples of this."""
SMALLEST = 16
"""Shortest side in pixels for which every reflection is defined."""


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
Moments = tuple[float, Tensor, Tensor]
"""Number of rows, and mean and variance of each channel, (C,)."""


class Painter:
    """Paints photos with a network; what it needs for one photo is kept for the next.

    For one thread at a time.
    """

    def __init__(self, network: TransferNetwork) -> None:
        self._network = network
        self._workspace = Workspace()

    def paint(self, photo: Tensor, affines: Affines) -> Tensor:
        """Return the painting of a photo (1, 3, H, W), both in 0..1.

        H and W are multiples of `GRID` and at least `SMALLEST`.
        """
        try:
            return self._paint(photo, iter(affines))
        finally:
            self._workspace.end()

    def _paint(self, photo: Tensor, affines: Iterator[Affine | None]) -> Tensor:
        network = self._network
        x = FeatureMap(photo[0].permute(1, 2, 0).contiguous())
        for convolution in network.contract:
            x = self._layer(x, convolution, next(affines), rectify=True)
        x = FeatureMap(_computed(x))
        for first, second in network.residual:
            y = self._layer(x, first, next(affines), rectify=True, last_use=False)
            y = self._layer(y, second, next(affines))
            x.values.add_(_computed(y))
            self._workspace.give_back(y.values)
        for convolution in network.expand[:-1]:
            x = self._layer(x, convolution, next(affines), rectify=True)
        x = self._layer(x, network.expand[-1], next(affines))
        painting = torch.sigmoid(_computed(x))
        self._workspace.give_back(x.values)
        return painting.permute(2, 0, 1).unsqueeze(0)

    def _layer(
        self,
        source: FeatureMap,
        convolution: Convolution,
        affine: Affine | None,
        rectify: bool = False,
        last_use: bool = True,
    ) -> FeatureMap:
        """Return the convolution of `source`, normalised; `last_use` frees `source`."""
        values = self._workspace.take(result_shape(source, convolution), source.values)
        moments = []
        for rows, strip in convolve(source, convolution):
            values[rows] = strip
            if affine is not None:
                moments.append(_moments(strip))
        if last_use:
            self._workspace.give_back(source.values)
        return FeatureMap(values, _normalising(affine, moments), rectify)


def stylize(network: TransferNetwork, affines: Affines, photos: Tensor) -> Tensor:
    """Return the paintings of photos (N, 3, H, W); sides as in `Painter.paint`."""
    painter = Painter(network)
    return torch.cat([painter.paint(photo, affines) for photo in photos.split(1)])


def _normalising(affine: Affine | None, moments: Sequence[Moments]) -> Affine | None:
    """Return the scale and shift that give a layer of these moments those of the look."""
    if affine is None:
        return None
    mean, variance = _merged(moments)
    scale = affine[0] * (variance + EPSILON).rsqrt()
    return scale, affine[1] - mean * scale


def _computed(x: FeatureMap) -> Tensor:
    """Return the values with everything done to them, in place."""
    x.read(0, len(x.values), x.values)
    return x.values


def _moments(strip: Tensor) -> Moments:
    """Return the moments of a strip (h, W, C)."""
    width, channels = strip.shape[1:]
    rows = strip.flatten(1)  # see `FeatureMap.read`
    mean = rows.mean(0).view(width, channels).mean(0)
    variance = (rows - mean.repeat(width)).square_().mean(0).view(width, channels).mean(0)
    return float(len(strip)), mean, variance


def _merged(moments: Sequence[Moments]) -> tuple[Tensor, Tensor]:
    """Return mean and variance of all strips together (Chan et al. 1979)."""
    counts, means, variances = zip(*moments, strict=True)
    shares = means[0].new_tensor(counts).unsqueeze(1) / sum(counts)
    mean = (shares * torch.stack(means)).sum(0)
    spread = (torch.stack(means) - mean).square()
    return mean, (shares * (torch.stack(variances) + spread)).sum(0)


def fit(photo: Tensor) -> Tensor:
    """Return `photo` continued to the right and below to sides that the network takes."""
    height, width = photo.shape[-2:]
    right, below = (max(SMALLEST, -(-side // GRID) * GRID) - side for side in (width, height))
    return F.pad(photo, (0, right, 0, below), mode="replicate") if right or below else photo
