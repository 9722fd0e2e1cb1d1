"""The network of a brush, as it is trained: one style, one pass, any size.

The transform network of Johnson et al. 2016 ("Perceptual Losses for Real-Time Style Transfer and
Super-Resolution", supplement), with instance normalisation (Ulyanov et al. 2016, "Instance
Normalization: The Missing Ingredient for Fast Stylization") and with enlarging followed by a
convolution in place of transposed convolutions (Odena et al. 2016, "Deconvolution and Checkerboard
Artifacts"). It is the network of the instant looks (`ganart.engine.style.transfer`) made narrow.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ganart.engine.style.transfer import Affine, Affines, Convolution, TransferNetwork

RESIDUAL_BLOCKS = 5


class BrushNetwork(nn.Module):
    """Photos (N, 3, H, W) RGB 0...1 to paintings of the same size and range.

    H and W are multiples of 4, from 16 on. Channels are 1, 2 and 4 times `width`.
    """

    def __init__(self, width: int = 16) -> None:
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
        self.last = nn.Conv2d(width, 3, 9, padding=4, padding_mode="reflect")

    def forward(self, photos: Tensor) -> Tensor:
        """Paint the photos."""
        x = photos
        for layer in self.contract:
            x = F.relu(layer(x))
        for block in self.residual:
            x = block(x)
        for layer in self.expand:
            x = F.relu(layer(F.interpolate(x, scale_factor=2.0, mode="nearest")))
        return torch.sigmoid(self.last(x))

    def parts(self) -> tuple[TransferNetwork, Affines]:
        """Return the same network as the instant looks are painted with, for any size."""
        layers = [each for each in self.modules() if isinstance(each, _NormedConv)]
        affines: list[Affine | None] = [(each.scale, each.shift) for each in layers]
        contract, expand = len(self.contract), len(layers) - len(self.expand)
        residual = layers[contract:expand]
        last = Convolution(self.last.weight, self.last.bias)
        network = TransferNetwork(
            contract=tuple(each.convolution() for each in layers[:contract]),
            residual=tuple(
                (first.convolution(), second.convolution())
                for first, second in zip(residual[::2], residual[1::2], strict=True)
            ),
            expand=(*(each.convolution(upsample=2) for each in layers[expand:]), last),
        )
        return network, (*affines, None)


class _NormedConv(nn.Module):
    """A convolution and instance normalisation."""

    def __init__(self, channels_in: int, channels_out: int, side: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            channels_in,
            channels_out,
            side,
            stride,
            padding=side // 2,
            padding_mode="reflect",
            bias=False,  # the normalisation would take it away again
        )
        self.scale = nn.Parameter(torch.ones(channels_out))
        self.shift = nn.Parameter(torch.zeros(channels_out))

    def forward(self, x: Tensor) -> Tensor:
        return F.instance_norm(self.conv(x), weight=self.scale, bias=self.shift)

    def convolution(self, upsample: int = 1) -> Convolution:
        return Convolution(self.conv.weight, None, self.conv.stride[0], upsample)


class _Residual(nn.Module):
    """Two convolutions whose result is added to what came in."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _NormedConv(channels, channels, 3)
        self.second = _NormedConv(channels, channels, 3)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.second(F.relu(self.first(x)))
        return x + y
