"""Multi-scale gradients (Karnewar and Wang 2020): pictures of all sides are learnt at once.

The generator makes a picture at every stage, the discriminator sees them all, so gradients reach
the coarse stages directly and nothing has to grow. Of the paper's ways to show a picture to a
stage of the discriminator this is the simplest one (section 3.2): beside its features. How the
layers depart from the paper is told in `progan_layers`.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface
from ganart.engine.gan.networks.interface import Begin, Views
from ganart.engine.gan.networks.progan_layers import Enlarging, Halving, Judge, Start
from ganart.engine.gan.networks.style_layers import Convolution, activate


class Generator(interface.Generator):
    """Latent -> beginning -> [enlarge, 3x3, 3x3] for every doubling, each with its RGB."""

    def __init__(self, latent_size: int, widths: list[int], begin: Begin) -> None:
        """Take the channels at 4, 8, ... px; the picture has the side of the last."""
        super().__init__()
        self.start = Start(latent_size, widths[0], begin)
        self.stages = nn.ModuleList(Enlarging(*pair) for pair in pairwise(widths))
        self.to_rgb = nn.ModuleList(Convolution(width, 3, 1) for width in widths)

    def forward(self, z: Tensor) -> Tensor:
        pictures: Tensor = self.to_rgb[-1](self._features(z)[-1])
        return pictures

    def views(self, z: Tensor, random: torch.Generator) -> Views:
        """Return the pictures of all stages, the full side first."""
        drawn = [rgb(x) for rgb, x in zip(self.to_rgb, self._features(z), strict=True)]
        return tuple(drawn[::-1])

    def _features(self, z: Tensor) -> list[Tensor]:
        """Return the features at 4, 8, ... px."""
        features = [self.start(z)]
        for enlarge in self.stages:
            features.append(enlarge(features[-1]))
        return features


class Discriminator(interface.Discriminator):
    """RGB -> [3x3, 3x3, halve], each with the RGB of its side, down to the beginning -> logit."""

    def __init__(self, widths: list[int], begin: Begin) -> None:
        """Take the channels at 4, 8, ... px, as the generator does."""
        super().__init__()
        self.from_rgb = Convolution(3, widths[-1], 1)
        self.stages = nn.ModuleList(
            # All but the finest stage see a picture beside their features.
            Halving(fine + (3 if number else 0), fine, coarse)
            for number, (fine, coarse) in enumerate(pairwise(widths[::-1]))
        )
        self.judge = Judge(widths[0] + 3, widths[0], begin)

    def forward(self, *views: Tensor) -> Tensor:
        """Judge pictures of all sides, the full one first; the full one alone implies the rest."""
        finest, *coarser = views if len(views) > 1 else self.views(*views)
        x = activate(self.from_rgb(finest))
        for stage, pictures in zip(self.stages, coarser, strict=True):
            x = torch.cat([stage(x), pictures], 1)
        logits: Tensor = self.judge(x)
        return logits

    def views(self, pictures: Tensor) -> Views:
        """Return the pictures and their averages at every smaller side."""
        views = [pictures]
        for _ in self.stages:
            views.append(F.avg_pool2d(views[-1], 2))
        return tuple(views)

    def freezable(self) -> list[nn.Module]:
        return list(self.stages)


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    widths = networks.stage_widths(config, config.side)
    return Generator(config.latent_size, widths, networks.beginning(config))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    return Discriminator(networks.stage_widths(config, config.side), networks.beginning(config))
