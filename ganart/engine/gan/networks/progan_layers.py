"""Stages of progressive GANs (Karras et al. 2018), for `progressive` and `msg`.

Kept from the paper: layers with an equalised learning rate (section 4.1), pixel normalisation in
the generator (section 4.2), stages of two convolutions, enlarging by nearest neighbours and halving
by averages. Departures:
- The latent is not normalised, and the start has a bias for every place, drawn from N(0, 1)
  like the learned constant of StyleGAN. So latents drawn towards 0 ("diversity") glide to one
  common picture, where in the paper's network they would hardly change anything.
- No statistics over the batch are shown to the discriminator: it judges every picture by itself,
  so that a batch may be computed in pieces.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan.networks.interface import Begin
from ganart.engine.gan.networks.style_layers import Convolution, Linear, activate


def normalise(x: Tensor) -> Tensor:
    """Scale every pixel's features (B, C, h, w) to a mean square of 1."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-8)


class Start(nn.Module):
    """Latents (B, latent_size) to features (B, width, *begin)."""

    def __init__(self, latent_size: int, width: int, begin: Begin) -> None:
        super().__init__()
        self.begin = begin
        self.spread = Linear(latent_size, width * math.prod(begin))
        nn.init.normal_(self.spread.bias)
        self.mix = Convolution(width, width, 3)

    def forward(self, z: Tensor) -> Tensor:
        x = self.spread(z).view(z.shape[0], -1, *self.begin)
        x = x.contiguous(memory_format=torch.channels_last)
        return normalise(activate(self.mix(normalise(activate(x)))))


class Enlarging(nn.Module):
    """A stage of the generator: features of twice the side."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = Convolution(inputs, outputs, 3)
        self.second = Convolution(outputs, outputs, 3)

    def forward(self, x: Tensor) -> Tensor:
        x = normalise(activate(self.first(F.interpolate(x, scale_factor=2.0))))
        return normalise(activate(self.second(x)))


class Halving(nn.Module):
    """A stage of the discriminator: features of half the side."""

    def __init__(self, inputs: int, middle: int, outputs: int) -> None:
        super().__init__()
        self.first = Convolution(inputs, middle, 3)
        self.second = Convolution(middle, outputs, 3)

    def forward(self, x: Tensor) -> Tensor:
        return F.avg_pool2d(activate(self.second(activate(self.first(x)))), 2)


class Judge(nn.Module):
    """Features (B, inputs, *begin) to logits (B,)."""

    def __init__(self, inputs: int, width: int, begin: Begin) -> None:
        super().__init__()
        self.mix = Convolution(inputs, width, 3)
        self.weigh = Linear(width * math.prod(begin), width)
        self.decide = Linear(width, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = activate(self.weigh(activate(self.mix(x)).flatten(1)))
        logits: Tensor = self.decide(x)
        return logits.squeeze(1)
