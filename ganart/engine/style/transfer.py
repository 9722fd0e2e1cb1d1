"""The feed-forward network that all instant looks share.

After Johnson et al. 2016, "Perceptual losses for real-time style transfer and super-resolution",
and Dumoulin et al. 2017, "A learned representation for artistic style".

Three convolutions bring the photo to a quarter of its sides, residual blocks repaint it there, and
three convolutions, two of them after doubling the sides, bring it back. A look is nothing but the
scale and the shift after each normalisation.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ganart.engine.style.strips import Convolution as Convolution
from ganart.engine.style.strips import Deferred, FeatureMap, Workspace, convolve, result_shape

EPSILON = 1e-5
"""Added to the variance in each normalisation."""
GRID = 4
"""The sides of what the network sees are multiples of this."""
SMALLEST = 16
"""Shortest side in pixels for which every reflection is defined."""
WHOLE_PIXELS = 24_000_000
"""Larger photos are painted in tiles, so that the memory stays below 3 GB."""
STATISTICS_PIXELS = 12_000_000
"""Size of the reduced copy that tiles are normalised like."""
TILE = 2048
HALO = 72
"""How far a pixel can see, in pixels: 48 in six residual blocks, 14 in the other convolutions,
rounded up to the grid."""
_STORED_BYTES = 256 * 2**20
"""A larger first layer, the largest by far, is computed twice instead of stored."""


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
        self._between: Callable[[], None] = lambda: None

    def paint(
        self, photo: Tensor, affines: Affines, between: Callable[[], None] = lambda: None
    ) -> Tensor:
        """Return the painting of a photo (1, 3, H, W), both in 0..1.

        H and W are multiples of `GRID` and at least `SMALLEST`. Photos above `WHOLE_PIXELS` are
        painted in tiles that are all normalised like a reduced copy of the photo: no seams show.
        `between` is called after each strip of each layer; what it raises ends the painting.
        """
        self._between = between
        if photo[0, 0].numel() <= WHOLE_PIXELS:
            return self._paint(photo, _Normalisation(affines))
        measured = _Normalisation(affines)
        self._paint(_reduced(photo), measured)
        painting = torch.empty_like(photo)
        for top in range(0, photo.shape[2], TILE):
            for left in range(0, photo.shape[3], TILE):
                above, before = min(top, HALO), min(left, HALO)
                seen = photo[..., top - above : top + TILE + HALO, left - before :]
                painted = self._paint(seen[..., : before + TILE + HALO], measured.as_found())
                painted = painted[..., above : above + TILE, before : before + TILE]
                painting[..., top : top + TILE, left : left + TILE] = painted
        return painting

    def _paint(self, photo: Tensor, normalisation: "_Normalisation") -> Tensor:
        try:
            return self._run(photo, normalisation)
        finally:
            self._workspace.end()

    def _run(self, photo: Tensor, normalisation: "_Normalisation") -> Tensor:
        network = self._network
        pixels = photo[0].permute(1, 2, 0).contiguous()
        x = self._first_layer(FeatureMap(pixels), network.contract[0], normalisation)
        for convolution in network.contract[1:]:
            x = self._layer(x, convolution, normalisation, rectify=True)
        stream = self._computed(x)
        for first, second in network.residual:
            y = self._layer(FeatureMap(stream), first, normalisation, rectify=True, free=False)
            change = self._computed(self._layer(y, second, normalisation))
            stream.add_(change)
            self._workspace.give_back(change)
        x = FeatureMap(stream)
        for convolution in network.expand[:-1]:
            x = self._layer(x, convolution, normalisation, rectify=True)
        last = self._computed(self._layer(x, network.expand[-1], normalisation))
        painting = torch.sigmoid(last)
        self._workspace.give_back(last)
        return painting.permute(2, 0, 1).unsqueeze(0)

    def _first_layer(
        self, pixels: FeatureMap, convolution: Convolution, normalisation: "_Normalisation"
    ) -> FeatureMap:
        """Return the first layer, stored only where it is not too large and needed twice."""
        deferred = Deferred(pixels, convolution)
        size = math.prod(deferred.shape) * convolution.weight.element_size()
        if not normalisation.measures:
            return FeatureMap(deferred, normalisation.following([]), rectify=True)
        if size <= _STORED_BYTES:
            return self._layer(pixels, convolution, normalisation, rectify=True)
        moments = []
        for _, strip in convolve(pixels, convolution):
            moments.append(_moments(strip))
            self._between()
        return FeatureMap(deferred, normalisation.following(moments), rectify=True)

    def _layer(
        self,
        source: FeatureMap,
        convolution: Convolution,
        normalisation: "_Normalisation",
        rectify: bool = False,
        free: bool = True,
    ) -> FeatureMap:
        """Return the convolution of `source`, normalised, and let `source` go if `free`."""
        values = self._workspace.take(result_shape(source, convolution), convolution.weight)
        moments = []
        for rows, strip in convolve(source, convolution):
            values[rows] = strip
            if normalisation.measures:
                moments.append(_moments(strip))
            self._between()
        if free and isinstance(source.values, Tensor):
            self._workspace.give_back(source.values)
        return FeatureMap(values, normalisation.following(moments), rectify)

    def _computed(self, x: FeatureMap) -> Tensor:
        """Return the values of a stored map with everything done to them, in place."""
        assert isinstance(x.values, Tensor)
        x.read(0, len(x.values), x.values)
        return x.values


class _Normalisation:
    """What each layer is scaled and shifted by, found while the layers are computed in order."""

    def __init__(self, affines: Affines, found: bool = False) -> None:
        """Take the wanted scales and shifts, or those `found` on another picture."""
        self._affines = affines
        self._found = found
        self._applied: list[Affine | None] = []

    @property
    def measures(self) -> bool:
        """Whether the moments of the layer at hand are wanted."""
        return not self._found and self._affines[len(self._applied)] is not None

    def following(self, moments: Sequence[Moments]) -> Affine | None:
        """Return what is applied to the layer at hand, given the moments of its strips."""
        affine = self._affines[len(self._applied)]
        if affine is not None and not self._found:
            mean, variance = _merged(moments)
            scale = affine[0] * (variance + EPSILON).rsqrt()
            affine = scale, affine[1] - mean * scale
        self._applied.append(affine)
        return affine

    def as_found(self) -> "_Normalisation":
        """Return the same for another picture, on which nothing is measured."""
        return _Normalisation(self._applied, found=True)


def stylize(network: TransferNetwork, affines: Affines, photos: Tensor) -> Tensor:
    """Return the paintings of photos (N, 3, H, W); sides as in `Painter.paint`."""
    painter = Painter(network)
    return torch.cat([painter.paint(photo, affines) for photo in torch.split(photos, 1)])


def fit(photo: Tensor) -> Tensor:
    """Return `photo` (N, 3, H, W) continued to the right and below to sides that the network
    takes: multiples of `GRID`, not below `SMALLEST`.
    """
    height, width = photo.shape[-2:]
    right, below = (max(SMALLEST, -(-side // GRID) * GRID) - side for side in (width, height))
    return F.pad(photo, (0, right, 0, below), mode="replicate") if right or below else photo


def _reduced(photo: Tensor) -> Tensor:
    """Return a copy with about `STATISTICS_PIXELS`."""
    reduction = (STATISTICS_PIXELS / photo[0, 0].numel()) ** 0.5
    sides = [max(SMALLEST, round(side * reduction / GRID) * GRID) for side in photo.shape[2:]]
    return F.interpolate(photo, sides, mode="bilinear", antialias=True)


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
