"""Small convolutional networks for the recipe of R3GAN (Huang et al. 2024), fit for a desktop.

Kept from the paper: no normalisation, no style, no noise, no minibatch statistics; residual blocks
that begin as the identity, with fix-up initialisation; everything else is left to the loss and its
two penalties. Departures, each for the sake of small machines and short runs (docs/adr/0006):
- a stage begins with a 3x3 convolution that changes the width, so that even without any residual
  block (`blocks` 0, the Sketch presets) the networks are not linear at the start, as the paper's
  are, which shows as inverted faces for the first minutes;
- a residual block is 3x3, activation, 1x1 in place of a bottleneck around a grouped 3x3: grouped
  convolutions reach a third of a processor's speed;
- the generator's last enlargement is a pixel shuffle and the discriminator halves the side in its
  first convolution, so that no stage works at the full side, where half of the time would go;
- the discriminator has half the generator's width.
"""

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface
from ganart.engine.gan.networks.interface import Begin

SLOPE = 0.2
GAIN = math.sqrt(2 / (1 + SLOPE**2))
"""Keeps the variance through a LeakyReLU (He et al. 2015)."""
SHUFFLE = 2
"""Side of the square of pixels that the generator's last convolution makes at once."""


class Block(nn.Module):
    """x + 1x1(LeakyReLU(3x3(x))); the 1x1 starts at zero, so a new block is the identity.

    Fix-up initialisation (Zhang et al. 2019): the first of m = 2 layers is scaled by the network's
    number of blocks to the power of -1 / (2m - 2).
    """

    def __init__(self, width: int, depth: int) -> None:
        """Take the channels and the number of blocks in the whole network (for the start)."""
        super().__init__()
        self.mix = _convolution(width, width, 3, gain=GAIN * depth**-0.5)
        self.out = nn.Conv2d(width, width, 1, bias=False)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.out(F.leaky_relu(self.mix(x), SLOPE))
        return x + y


class Enlarging(nn.Conv2d):
    """A 3x3 convolution of the picture with every pixel doubled both ways.

    Computed as one transposed convolution of 4x4 whose weights are sums of neighbouring ones: of
    the nine pixels that each weight would meet, only four differ (the fused layers of Karras et
    al. 2018's code). On a processor the generator learns 1.4 times as fast.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        padded = F.pad(self.weight, (1, 1, 1, 1))
        taller = padded[..., 1:, :] + padded[..., :-1, :]
        summed = (taller[..., 1:] + taller[..., :-1]).flip(2, 3).transpose(0, 1)
        weight = summed.contiguous(memory_format=torch.channels_last)
        return F.conv_transpose2d(x, weight, self.bias, stride=2, padding=1)


class Generator(interface.Generator):
    """Latent -> beginning -> [enlarge, 3x3, blocks] for every doubling -> pixel shuffle to RGB."""

    def __init__(self, latent_size: int, widths: list[int], blocks: int, begin: Begin) -> None:
        """Take the channels at 4, 8, ... px; the picture's side is twice that of the last."""
        super().__init__()
        self.begin = begin
        self.start = nn.Linear(latent_size, widths[0] * math.prod(begin))
        self.stages = nn.ModuleList(_started(Enlarging(*pair), GAIN) for pair in pairwise(widths))
        self.blocks = _block_rows(widths, blocks)
        self.to_rgb = _convolution(widths[-1], 3 * SHUFFLE**2, 3, gain=1.0)
        # All pixels of a square start alike, else they show as a checkerboard (Aitken et al. 2017).
        with torch.no_grad():
            alike = self.to_rgb.weight[:3].repeat_interleave(SHUFFLE**2, dim=0)
            self.to_rgb.weight.copy_(alike)

    def forward(self, z: Tensor) -> Tensor:
        return self.rise(self.ground(z))

    def ground(self, z: Tensor) -> Tensor:
        return F.leaky_relu(self.start(z), SLOPE).view(z.shape[0], -1, *self.begin)

    def rise(self, ground: Tensor) -> Tensor:
        x = self.blocks[0](ground.contiguous(memory_format=torch.channels_last))
        for stage, blocks in zip(self.stages, self.blocks[1:], strict=True):
            x = blocks(F.leaky_relu(stage(x), SLOPE))
        return F.pixel_shuffle(self.to_rgb(x), SHUFFLE)


class Discriminator(interface.Discriminator):
    """RGB -> [4x4 with stride 2, blocks] for every halving, down to the beginning -> logit."""

    def __init__(self, widths: list[int], blocks: int, begin: Begin) -> None:
        """Take the channels at 4, 8, ... px, as the generator does."""
        super().__init__()
        narrow_first = [3, *widths[::-1]]
        self.stages = nn.ModuleList(
            _convolution(*pair, 4, stride=2, gain=GAIN) for pair in pairwise(narrow_first)
        )
        self.blocks = _block_rows(narrow_first[1:], blocks)
        self.judge = nn.Linear(widths[0] * math.prod(begin), 1)

    def forward(self, pictures: Tensor) -> Tensor:
        x = pictures
        for stage, blocks in zip(self.stages, self.blocks, strict=True):
            x = blocks(F.leaky_relu(stage(x), SLOPE))
        logits: Tensor = self.judge(x.flatten(1))
        return logits.squeeze(1)

    def freezable(self) -> list[nn.Module]:
        return [nn.ModuleList(pair) for pair in zip(self.stages, self.blocks, strict=True)]


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    widths = networks.stage_widths(config, config.side // SHUFFLE)
    return Generator(config.latent_size, widths, config.blocks, networks.beginning(config))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    widths = networks.stage_widths(config, config.side // 2)
    halves = [max(4, width // 2) for width in widths]
    return Discriminator(halves, config.blocks, networks.beginning(config))


def _block_rows(widths: list[int], count: int) -> nn.ModuleList:
    """Return, for every stage, `count` blocks in a row."""
    depth = max(1, count * len(widths))
    return nn.ModuleList(
        nn.Sequential(*(Block(width, depth) for _ in range(count))) for width in widths
    )


def _convolution(
    inputs: int, outputs: int, kernel: int, *, gain: float, stride: int = 1
) -> nn.Conv2d:
    """Return a convolution that begins as `_started` says."""
    layer = nn.Conv2d(inputs, outputs, kernel, stride, padding=(kernel - 1) // 2)
    return _started(layer, gain)


def _started(layer: nn.Conv2d, gain: float) -> nn.Conv2d:
    """Return the layer with weights from N(0, gain / sqrt(fan-in)) and biases of zero."""
    nn.init.normal_(layer.weight, 0.0, gain / math.sqrt(layer.weight[0].numel()))
    nn.init.zeros_(layer.bias)  # type: ignore[arg-type]  # there is one, as bias=True
    return layer
