"""Small residual networks after R3GAN (Huang et al. 2024, section 4), made for a desktop computer.

Kept from the paper: no normalisation, no style, no noise; residual blocks that begin as the identity;
a learned 4x4 basis scaled by the latent; a head of one 4x4 filter per channel; fix-up initialisation.
Departures, each measured in docs/benchmarks.md:
- a block is 3x3, activation, 1x1 in place of the bottleneck around a grouped 3x3: grouped
  convolutions reach a third of a processor's speed;
- pictures are folded 2x2 into channels (pixel unshuffle), so that no stage works at the full side,
  where half of all the time would go.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig

FOLD = 2
"""Side of the pixel squares that are folded into channels."""
SLOPE = 0.2
GAIN = math.sqrt(2 / (1 + SLOPE**2))
"""Keeps the variance through a LeakyReLU (He et al. 2015)."""


class Block(nn.Module):
    """x + 1x1(LeakyReLU(3x3(x))); the 1x1 starts at zero, so a new block is the identity."""

    def __init__(self, width: int, depth: int) -> None:
        """Take the channels and the number of blocks in the whole network (for the start)."""
        super().__init__()
        self.mix = nn.Conv2d(width, width, 3, padding=1)
        self.out = nn.Conv2d(width, width, 1, bias=False)
        _initialise(self.mix, GAIN * depth**-0.25)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.out(F.leaky_relu(self.mix(x), SLOPE))
        return x + y


class Generator(nn.Module):
    """Latent -> basis at 4x4 -> [widen or narrow, upsample, block] for every doubling -> RGB."""

    def __init__(self, latent_size: int, widths: list[int]) -> None:
        """Take the channels at 4, 8, ... px; the picture's side is twice that of the last stage."""
        super().__init__()
        self.basis = nn.Parameter(torch.randn(widths[0], 4, 4))
        self.scale = nn.Linear(latent_size, widths[0], bias=False)
        nn.init.normal_(self.scale.weight, 0.0, latent_size**-0.5)
        self.narrow = nn.ModuleList(
            _change_width(wide, narrow)
            for wide, narrow in zip(widths[:-1], widths[1:], strict=True)
        )
        self.blocks = nn.ModuleList(Block(width, len(widths)) for width in widths)
        self.to_rgb = nn.Conv2d(widths[-1], 3 * FOLD**2, 3, padding=1)
        _initialise(self.to_rgb, 1.0)

    def forward(self, z: Tensor) -> Tensor:
        x = self.basis * self.scale(z)[:, :, None, None]
        x = self.blocks[0](x.contiguous(memory_format=torch.channels_last))
        for narrow, block in zip(self.narrow, self.blocks[1:], strict=True):
            # Bilinear enlargement by 2 is the paper's separable [1, 3, 3, 1] filter.
            x = block(F.interpolate(narrow(x), scale_factor=2.0, mode="bilinear"))
        return F.pixel_shuffle(self.to_rgb(x), FOLD)


class Discriminator(nn.Module):
    """The generator's mirror: RGB -> [block, downsample, widen] for every halving -> logit."""

    def __init__(self, widths: list[int]) -> None:
        """Take the channels at 4, 8, ... px, as the generator does."""
        super().__init__()
        self.from_rgb = nn.Conv2d(3 * FOLD**2, widths[-1], 3, padding=1)
        _initialise(self.from_rgb, 1.0)
        self.blocks = nn.ModuleList(Block(width, len(widths)) for width in widths[::-1])
        self.widen = nn.ModuleList(
            _change_width(narrow, wide)
            for narrow, wide in zip(widths[:0:-1], widths[-2::-1], strict=True)
        )
        self.gather = nn.Conv2d(widths[0], widths[0], 4, groups=widths[0], bias=False)
        self.judge = nn.Linear(widths[0], 1, bias=False)
        _initialise(self.gather, 1.0)
        nn.init.normal_(self.judge.weight, 0.0, widths[0] ** -0.5)

    def forward(self, pictures: Tensor) -> Tensor:
        x = F.pixel_unshuffle(pictures, FOLD).contiguous(memory_format=torch.channels_last)
        x = self.from_rgb(x)
        for block, widen in zip(self.blocks[:-1], self.widen, strict=True):
            x = widen(F.avg_pool2d(block(x), 2))
        x = self.gather(self.blocks[-1](x))
        logits: Tensor = self.judge(x.flatten(1))
        return logits.squeeze(1)


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    return Generator(config.latent_size, networks.stage_widths(config, config.side // FOLD))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    return Discriminator(networks.stage_widths(config, config.side // FOLD))


def _change_width(old: int, new: int) -> nn.Module:
    """Return a 1x1 convolution, or nothing where the width stays."""
    if old == new:
        return nn.Identity()
    convolution = nn.Conv2d(old, new, 1, bias=False)
    _initialise(convolution, 1.0)
    return convolution


def _initialise(layer: nn.Conv2d, gain: float) -> None:
    """Draw weights from N(0, gain / sqrt(fan-in)), set biases to zero."""
    nn.init.normal_(layer.weight, 0.0, gain / math.sqrt(layer.weight[0].numel()))
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
