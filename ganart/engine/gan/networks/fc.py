"""The lesson's first GAN: fully connected networks (AI for Beginners, lesson 10).

Where we depart: RGB of any supported size in place of 28x28 grey; the discriminator ends in a
logit (the sigmoid lives in the loss, which is the numerically safe form of the same thing). Every
pixel has weights of its own, so at 512 px they would be a thousand million: pictures of a side
above 128 px are drawn and judged at 128 px.
"""

import math

from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface

Size = tuple[int, int]
LARGEST = 128
"""Side of the largest pictures that the networks see."""


class Generator(interface.Generator):
    """Latent -> 256 -> 512 -> 1024 -> pixels, batch normalisation and LeakyReLU between."""

    def __init__(self, latent_size: int, size: Size, drawn: Size) -> None:
        """Take height and width of the pictures, and those that they are drawn with."""
        super().__init__()
        layers: list[nn.Module] = []
        width = latent_size
        for hidden in (256, 512, 1024):
            layers += [
                nn.Linear(width, hidden),
                nn.BatchNorm1d(hidden, momentum=0.2),
                nn.LeakyReLU(0.2),
            ]
            width = hidden
        self.drawn = drawn
        self.body = nn.Sequential(*layers, nn.Linear(width, 3 * math.prod(drawn)), nn.Tanh())
        self.size = size

    def forward(self, z: Tensor) -> Tensor:
        pictures = self.body(z).view(-1, 3, *self.drawn)
        return F.interpolate(pictures, self.size)


class Discriminator(interface.Discriminator):
    """Pixels -> 512 -> 256 -> logit."""

    def __init__(self, seen: Size) -> None:
        """Take height and width with which pictures are looked at."""
        super().__init__()
        self.seen = seen
        self.body = nn.Sequential(
            nn.Flatten(),
            nn.Linear(3 * math.prod(seen), 512),
            nn.LeakyReLU(0.2),
            nn.Linear(512, 256),
            nn.LeakyReLU(0.2),
            nn.Linear(256, 1),
        )

    def forward(self, pictures: Tensor) -> Tensor:
        logits: Tensor = self.body(F.adaptive_avg_pool2d(pictures, self.seen))
        return logits.squeeze(1)

    def freezable(self) -> list[nn.Module]:
        """Return the hidden layers, first to last; they have no sides."""
        return [layer for layer in self.body[:-1] if isinstance(layer, nn.Linear)]


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    width, height = config.size
    return Generator(config.latent_size, (height, width), _seen(config))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    return Discriminator(_seen(config))


def _seen(config: TrainConfig) -> Size:
    """Return height and width of what the networks see."""
    width, height = config.size_at(min(config.side, LARGEST))
    return height, width
