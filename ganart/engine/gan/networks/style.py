"""Networks in the manner of StyleGAN2 (Karras et al. 2020), fit for a desktop.

A mapping network turns the latent into a style w, which scales the channels of every layer: coarse
layers take from it what is where, fine ones how it is painted. So styles can be mixed by layers,
and drawn towards their average (truncation in W).

Kept from the papers: mapping at a hundredth of the learning rate, modulated and demodulated
convolutions, one learned start, noise, smooth enlarging, a sum of RGB outputs (no growing), a
residual discriminator, style mixing, path length. Departures, for small machines (docs/adr/0006):
- w has as many numbers as the latent, not 512;
- the discriminator has half the generator's width, halves the side with one 4x4 convolution, and
  looks at no statistics of the batch, so that a batch may be computed in pieces;
- noise is kept and rolled, not drawn anew (`style_layers.Noise`).
"""

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan import networks
from ganart.engine.gan.config import FIRST_SIDE, TrainConfig
from ganart.engine.gan.networks import interface
from ganart.engine.gan.networks.interface import Begin
from ganart.engine.gan.networks.precision import Precision
from ganart.engine.gan.networks.style_layers import (
    Convolution,
    Linear,
    StyledLayer,
    ToColour,
    activate,
    enlarge,
)

MAPPING_RATE = 0.01
"""Learning rate of the mapping network as a share of the others' (Karras et al. 2019)."""
AVERAGE_DECAY = 0.995
"""How much of the average style stays in one step."""
PATH_DECAY = 0.99
"""How much of the average path length stays in one step."""


class Generator(interface.Generator):
    """Latent -> styles -> beginning -> [enlarge and 3x3, 3x3] for every doubling; a sum of RGBs.

    The layers, coarse to fine, are two for every side: `layers` styles (B, layers, size) say how.
    """

    running_style: Tensor
    """The average style (size,) while training: the most common picture."""
    running_path: Tensor

    def __init__(
        self,
        latent_size: int,
        widths: list[int],
        begin: Begin,
        *,
        mapping: int,
        mixing: float,
        precision: str,
    ) -> None:
        """Take the channels at 4, 8, ... px, the mapping's layers and how often to mix styles."""
        super().__init__()
        self.layers = 2 * len(widths)
        # Whether to mix, from which layer on, the other latent, and two for each layer's noise.
        self.chance = 2 + latent_size + 2 * (self.layers - 1)
        self.mixing = mixing
        self.mapping = nn.ModuleList(
            Linear(latent_size, latent_size, rate=MAPPING_RATE) for _ in range(mapping)
        )
        self.start = nn.Parameter(torch.randn(widths[0], *begin))
        wide_first = [(widths[0], widths[0]), *pairwise(widths)]
        sizes = [(begin[0] << stage, begin[1] << stage) for stage in range(len(widths))]
        # Each side begins with an enlarging layer, but for the first, which has nothing to enlarge.
        self.enlarging = nn.ModuleList(
            StyledLayer(*pair, latent_size, size, enlarge=True)
            for pair, size in zip(wide_first[1:], sizes[1:], strict=True)
        )
        self.refining = nn.ModuleList(
            StyledLayer(width, width, latent_size, size, enlarge=False)
            for width, size in zip(widths, sizes, strict=True)
        )
        self.to_colour = nn.ModuleList(ToColour(width, latent_size) for width in widths)
        self.precision = Precision(precision, FIRST_SIDE << (len(widths) - 1))
        self.register_buffer("running_style", torch.zeros(latent_size))
        self.register_buffer("running_path", torch.zeros(()))

    def styles(self, z: Tensor) -> Tensor:
        """Return the styles (B, layers, size) of latents (B, size), the same for all layers."""
        return self._map(z)[:, None].expand(-1, self.layers, -1)

    def style_weights(self) -> list[Tensor]:
        """Return, for every layer, the weights (rows, size) by which it reads its style."""
        readers: list[list[Tensor]] = [[] for _ in range(self.layers)]
        for layers, first in ((self.refining, 0), (self.to_colour, 1), (self.enlarging, 1)):
            for stage, layer in enumerate(layers):
                weight = layer.get_parameter("convolution.style.weight")
                readers[2 * stage + first].append(weight)
        return [torch.cat(each) for each in readers]

    def truncate(self, styles: Tensor, diversity: Tensor) -> Tensor:
        """Draw styles (B, layers, size) towards the average style: at a diversity (B,) of 0 they
        become it, at 1 they stay.
        """
        # `lerp` is exact at both ends.
        return torch.lerp(self.running_style, styles, diversity[:, None, None])

    def synthesise(self, styles: Tensor, rolls: Tensor | None = None) -> Tensor:
        """Return the pictures of styles (B, layers, size).

        `rolls` (B, layers - 1, 2), in 0 ... 1, place the noise of each layer; see `Noise`.
        """
        style = styles.unbind(1)
        roll = [None] * (self.layers - 1) if rolls is None else rolls.unbind(1)
        x = self.start.expand(styles.shape[0], -1, -1, -1)
        x = x.contiguous(memory_format=torch.channels_last)
        x = self.refining[0](x, style[0], roll[0])
        colours: Tensor = self.to_colour[0](x, style[1])
        for stage, layer in enumerate(self.enlarging, start=1):
            first = 2 * stage - 1
            with self.precision.at(FIRST_SIDE << stage, x, training=self.training):
                x = layer(x, style[first], roll[first])
                x = self.refining[stage](x, style[first + 1], roll[first + 1])
                more = self.to_colour[stage](x, style[first + 2])
            colours = enlarge(colours) + more.float()
        return colours

    def forward(self, z: Tensor) -> Tensor:
        return self.synthesise(self.styles(z))

    def draw(self, z: Tensor, diversity: Tensor) -> Tensor:
        return self.synthesise(self.truncate(self.styles(z), diversity))

    def views(self, z: Tensor, random: torch.Generator) -> interface.Views:
        """Return pictures, some of two styles, with their noise rolled.

        Only uniform numbers are drawn, all those of a picture in a row (`chance`): so a batch gets
        the same ones whole and in pieces.
        """
        count, size = z.shape
        draws = torch.rand(count, self.chance, generator=random)
        draws[:, 2 : 2 + size] = torch.special.ndtri(draws[:, 2 : 2 + size].clamp(1e-6, 1 - 1e-6))
        parts = [1, 1, size, 2 * (self.layers - 1)]
        chance, place, other, rolls = torch.split(draws.to(z.device), parts, 1)
        styles = self.styles(z)
        if self.training:
            with torch.no_grad():
                self.running_style.lerp_(styles[:, 0].mean(0), 1 - AVERAGE_DECAY)
        # From the second layer at the earliest to the last one.
        border = 1 + (place * (self.layers - 1)).long()
        border = torch.where(chance < self.mixing, border, self.layers)
        second = torch.arange(self.layers, device=z.device) >= border
        mixed = torch.where(second[:, :, None], self.styles(other), styles)
        return (self.synthesise(mixed, rolls.reshape(count, -1, 2)),)

    def own_penalty(self, z: Tensor, random: torch.Generator) -> Tensor:
        """Return the path length penalty (Karras et al. 2020, section 3.2).

        How far the picture moves for a small step of the style should be the same everywhere: the
        variance of those lengths about their running average.
        """
        styles = self.styles(z)
        pictures = self.synthesise(styles)
        noise = torch.randn(pictures.shape, generator=random).to(pictures.device)
        along = (pictures * noise).sum() / math.sqrt(pictures[0, 0].numel())
        (gradient,) = torch.autograd.grad(along, styles, create_graph=True)
        lengths = gradient.square().sum(2).mean(1).sqrt()
        with torch.no_grad():
            self.running_path.lerp_(lengths.mean(), 1 - PATH_DECAY)
        return (lengths - self.running_path.clone()).square().mean()

    def _map(self, z: Tensor) -> Tensor:
        """Return the style (B, size) of each latent; only the latent's direction counts."""
        w = z * (z.square().mean(1, keepdim=True) + 1e-8).rsqrt()
        for layer in self.mapping:
            w = activate(layer(w))
        return w


class Block(nn.Module):
    """Halve the side by 3x3 and 4x4 convolutions, beside a plain 1x1 (section 4.1)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.mix = Convolution(inputs, inputs, 3)
        self.halve = Convolution(inputs, outputs, 4, stride=2)
        self.past = Convolution(inputs, outputs, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = activate(self.halve(activate(self.mix(x))))
        past: Tensor = self.past(F.avg_pool2d(x, 2))
        return (y + past) * math.sqrt(0.5)


class Discriminator(interface.Discriminator):
    """RGB -> [residual block] for every halving, down to the beginning -> 3x3, dense -> logit."""

    def __init__(self, widths: list[int], begin: Begin, *, precision: str) -> None:
        """Take the channels at 4, 8, ... px."""
        super().__init__()
        narrow_first = widths[::-1]
        self.from_colour = Convolution(3, narrow_first[0], 1)
        self.blocks = nn.ModuleList(Block(*pair) for pair in pairwise(narrow_first))
        self.mix = Convolution(widths[0], widths[0], 3)
        self.dense = Linear(widths[0] * math.prod(begin), widths[0])
        self.judge = Linear(widths[0], 1)
        self.side = FIRST_SIDE << len(self.blocks)
        self.precision = Precision(precision, self.side)

    def forward(self, pictures: Tensor) -> Tensor:
        side = self.side
        with self.precision.at(side, pictures, training=self.training):
            x = activate(self.from_colour(pictures))
        for block in self.blocks:
            x = self.precision.fit(side, x, training=self.training)
            with self.precision.at(side, x, training=self.training):
                x = block(x)
            side //= 2
        x = activate(self.dense(activate(self.mix(x.float())).flatten(1)))
        logits: Tensor = self.judge(x)
        return logits.squeeze(1)

    def freezable(self) -> list[nn.Module]:
        return [nn.ModuleList([self.from_colour, self.blocks[0]]), *self.blocks[1:]]


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    return Generator(
        config.latent_size,
        networks.stage_widths(config, config.side),
        networks.beginning(config),
        mapping=config.mapping_layers,
        mixing=config.style_mixing,
        precision=config.precision,
    )


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    widths = networks.stage_widths(config, config.side)
    halves = [max(4, width // 2) for width in widths]
    return Discriminator(halves, networks.beginning(config), precision=config.precision)
