"""Variational autoencoder (Kingma and Welling 2014), the lesson's earlier generative model.

No GAN: an encoder learns where each picture lies in the latent space, the generator learns to draw
it from there. Its networks are those of `r3`, so that a comparison is one of the ways to learn. The
encoder stands in the discriminator's place.
"""

import math

import torch
from torch import Tensor, nn

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface, r3
from ganart.engine.gan.networks.interface import Begin


class Encoder(interface.Discriminator):
    """Pictures to the mean and log-variance of their latents."""

    def __init__(self, latent_size: int, widths: list[int], blocks: int, begin: Begin) -> None:
        """Take the channels at 4, 8, ... px, as the generator does."""
        super().__init__()
        self.body = r3.Discriminator(widths, blocks, begin)
        self.body.judge = nn.Linear(widths[0] * math.prod(begin), 2 * latent_size)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (B, 2 * latent_size): the means, then the log-variances."""
        codes: Tensor = self.body(pictures)
        return codes

    def freezable(self) -> list[nn.Module]:
        return self.body.freezable()


def draw(codes: Tensor, noise: Tensor) -> Tensor:
    """Return latents (B, latent_size) of an encoder's codes; `noise` is standard-normal.

    The reparametrisation: gradients pass through it into the encoder.
    """
    mean, log_variance = codes.chunk(2, dim=1)
    return mean + noise * torch.exp(log_variance / 2)


def divergence(codes: Tensor) -> Tensor:
    """Return how far the codes are from the standard-normal latents that seeds draw, in nats.

    The Kullback-Leibler divergence (appendix B), summed over the latent, averaged over the batch.
    """
    mean, log_variance = codes.chunk(2, dim=1)
    return (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean() / 2


def generator(config: TrainConfig) -> r3.Generator:
    """Build the generator, which is the decoder, for `config`."""
    return r3.generator(config)


def discriminator(config: TrainConfig) -> Encoder:
    """Build the encoder for `config`."""
    widths = networks.stage_widths(config, config.side // 2)
    return Encoder(config.latent_size, widths, config.blocks, networks.beginning(config))
