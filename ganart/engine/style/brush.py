"""The network of a brush: one style, one pass, any size.

The transform network of Johnson et al. 2016 ("Perceptual Losses for Real-Time Style Transfer and
Super-Resolution", supplement), with instance normalisation (Ulyanov et al. 2016, "Instance
Normalization: The Missing Ingredient for Fast Stylization") and with enlarging followed by a
convolution in place of transposed convolutions (Odena et al. 2016, "Deconvolution and Checkerboard
Artifacts").
"""

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

RESIDUAL_BLOCKS = 5
_STRIDE = 4
"""The network works inside at a quarter of the size."""
_EPSILON = 1e-5

Statistics = list[tuple[Tensor, Tensor]]
"""Mean and variance (C,) of every normalised layer, in the order of the layers."""


class BrushNetwork(nn.Module):
    """Photos (N, 3, H, W) RGB 0...1 to paintings of the same size and range; H, W from 1 on."""

    def __init__(self, width: int = 16) -> None:
        """Take the channels of the first layer; those inside have up to four times as many."""
        super().__init__()
        self.width = width
        self.contract = nn.ModuleList(
            (
                _NormedConv(3, width, 9),
                _NormedConv(width, 2 * width, 3, stride=2),
                _NormedConv(2 * width, 4 * width, 3, stride=2),
            )
        )
        self.residual = nn.ModuleList(_Residual(4 * width) for _ in range(RESIDUAL_BLOCKS))
        self.expand = nn.ModuleList(
            (
                _NormedConv(4 * width, 2 * width, 3),
                _NormedConv(2 * width, width, 3),
            )
        )
        self.last = nn.Conv2d(width, 3, 9, padding=4, padding_mode="replicate")

    def forward(self, photos: Tensor, statistics: Statistics | None = None) -> Tensor:
        """Paint. `statistics` of the whole picture let its tiles be painted without seams."""
        height, width = photos.shape[2:]
        x = F.pad(photos, (0, -width % _STRIDE, 0, -height % _STRIDE), mode="replicate")
        fixed = None if statistics is None else iter(statistics)
        for layer in self.contract:
            x = F.relu(layer(x, fixed))
        for layer in self.residual:
            x = layer(x, fixed)
        for layer in self.expand:
            x = F.relu(layer(F.interpolate(x, scale_factor=2.0, mode="nearest"), fixed))
        return torch.sigmoid(self.last(x))[..., :height, :width]

    @torch.inference_mode()
    def statistics(self, photo: Tensor) -> Statistics:
        """Return the statistics of one photo (1, 3, H, W), for painting it in tiles."""
        found: Statistics = []
        norms = [each for each in self.modules() if isinstance(each, _NormedConv)]
        for each in norms:
            each.recorder = found
        try:
            self(photo)
        finally:
            for each in norms:
                each.recorder = None
        return found


class _NormedConv(nn.Module):
    """A convolution and instance normalisation; edges are repeated, so that no frame shows."""

    def __init__(self, channels_in: int, channels_out: int, side: int, stride: int = 1) -> None:
        super().__init__()
        # No bias: the normalisation takes it away again.
        self.conv = nn.Conv2d(
            channels_in,
            channels_out,
            side,
            stride,
            padding=side // 2,
            padding_mode="replicate",
            bias=False,
        )
        self.scale = nn.Parameter(torch.ones(channels_out))
        self.shift = nn.Parameter(torch.zeros(channels_out))
        self.recorder: Statistics | None = None

    def forward(self, x: Tensor, fixed: Iterator[tuple[Tensor, Tensor]] | None) -> Tensor:
        y: Tensor = self.conv(x)
        if fixed is not None:
            mean, variance = next(fixed)
            return F.batch_norm(y, mean, variance, self.scale, self.shift, eps=_EPSILON)
        if self.recorder is not None:
            variance, mean = torch.var_mean(y, (0, 2, 3), correction=0)
            self.recorder.append((mean, variance))
        # A group a channel is instance normalisation; unlike `F.instance_norm` it takes one pixel.
        return torch.group_norm(y, y.shape[1], self.scale, self.shift, _EPSILON)


class _Residual(nn.Module):
    """Two convolutions whose result is added to what came in."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _NormedConv(channels, channels, 3)
        self.second = _NormedConv(channels, channels, 3)

    def forward(self, x: Tensor, fixed: Iterator[tuple[Tensor, Tensor]] | None) -> Tensor:
        y: Tensor = self.second(F.relu(self.first(x, fixed)), fixed)
        return x + y
