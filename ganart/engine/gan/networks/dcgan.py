"""DCGAN (Radford et al. 2015), the lesson's second GAN.

Generalised from the lesson's 28x28 grey to RGB of any supported size: one transposed convolution
(or strided convolution) for every doubling. As in `fc`, the sigmoid lives in the loss.
"""

from itertools import pairwise

from torch import Tensor, nn

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface
from ganart.engine.gan.networks.interface import Begin


class Generator(interface.Generator):
    """Latent -> beginning -> ... -> size by transposed convolutions; batch normalisation, ReLU."""

    def __init__(self, latent_size: int, widths: list[int], begin: Begin) -> None:
        super().__init__()
        layers: list[nn.Module] = [
            nn.ConvTranspose2d(latent_size, widths[0], begin, bias=False),
            nn.BatchNorm2d(widths[0]),
            nn.ReLU(),
        ]
        for narrow, wide in zip(widths[1:], widths[:-1], strict=True):
            layers += [
                nn.ConvTranspose2d(wide, narrow, 4, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(narrow),
                nn.ReLU(),
            ]
        layers += [nn.ConvTranspose2d(widths[-1], 3, 4, stride=2, padding=1, bias=False), nn.Tanh()]
        self.body = nn.Sequential(*layers).apply(_initialise)

    def forward(self, z: Tensor) -> Tensor:
        return self.rise(self.ground(z))

    def ground(self, z: Tensor) -> Tensor:
        features: Tensor = self.body[0](z[:, :, None, None])
        return features

    def rise(self, ground: Tensor) -> Tensor:
        pictures: Tensor = self.body[1:](ground)
        return pictures


class Discriminator(interface.Discriminator):
    """Size -> ... -> beginning -> logit; strided convolutions, batch normalisation, LeakyReLU."""

    def __init__(self, widths: list[int], begin: Begin) -> None:
        super().__init__()
        layers: list[nn.Module] = [
            nn.Conv2d(3, widths[-1], 4, stride=2, padding=1, bias=False),
            nn.LeakyReLU(0.2),
        ]
        for narrow, wide in zip(widths[:0:-1], widths[-2::-1], strict=True):
            layers += [
                nn.Conv2d(narrow, wide, 4, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(wide),
                nn.LeakyReLU(0.2),
            ]
        self.body = nn.Sequential(
            *layers, nn.Conv2d(widths[0], 1, begin, bias=False), nn.Flatten()
        ).apply(_initialise)

    def forward(self, pictures: Tensor) -> Tensor:
        logits: Tensor = self.body(pictures)
        return logits.squeeze(1)

    def freezable(self) -> list[nn.Module]:
        # A halving convolution is followed by its normalisation; the first has none.
        pairs = pairwise(self.body[:-2])
        return [nn.ModuleList(pair) for pair in pairs if isinstance(pair[0], nn.Conv2d)]


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    widths = networks.stage_widths(config, config.side // 2)
    return Generator(config.latent_size, widths, networks.beginning(config))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    widths = networks.stage_widths(config, config.side // 2)
    return Discriminator(widths, networks.beginning(config))


def _initialise(module: nn.Module) -> None:
    """Draw weights from N(0, 0.02), batch normalisation's gains from N(1, 0.02)."""
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(module.weight, 0.0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)
        nn.init.zeros_(module.bias)
