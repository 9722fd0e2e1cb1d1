"""Progressive growing (Karras et al. 2018): coarse pictures first, then finer and finer ones.

Both networks begin at 4 px. Stage after stage is faded in, so that what was learnt is not shaken.
How the layers depart from the paper is told in `progan_layers`; besides, the growing goes by the
share of the run and not by counted pictures, so that it fits any budget.
"""

import math
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface
from ganart.engine.gan.networks.interface import Begin, Views
from ganart.engine.gan.networks.progan_layers import Enlarging, Halving, Judge, Start
from ganart.engine.gan.networks.style_layers import Convolution, activate
from ganart.engine.gan.schedules import growth


class Growth(nn.Module):
    """How far a network has grown; a buffer, so that it travels with the weights."""

    level: Tensor
    """Index of the finest stage in use, from 0 at 4 px; between two stages while one fades in."""

    def __init__(self, last: int, share: float) -> None:
        """Take the index of the last stage and the share of the run that the growing takes."""
        super().__init__()
        self._last = last
        self._share = share
        self._known: float | None = None
        """The level of a network that trains: to ask a graphics card for it would hold it up."""
        self._is_settled = False
        self.register_buffer("level", torch.tensor(0.0))
        self.register_load_state_dict_post_hook(self._forget)  # type: ignore[no-untyped-call]  # torch leaves it unannotated

    def grow(self, progress: float) -> None:
        """Every stage learns alone for half of its turn, then the next one fades in."""
        # As the buffer holds it, so that a network draws the same before it is saved and after.
        self._known = float(np.float32(growth(progress, self._share, self._last)))
        self.level.fill_(self._known)

    def settle(self) -> None:
        """Keep the level as it stands, so that it is no number that has to be looked up."""
        self._known = self.level.item()
        self._is_settled = True

    def stage(self) -> tuple[int, float]:
        """Return the finest stage in use and its share, over 0 and up to 1."""
        # The averaged network never grows by itself: its buffer follows that of another one.
        known = self._known if self.training or self._is_settled else None
        level = self.level.item() if known is None else known
        stage = math.ceil(level)
        return stage, 1 - (stage - level)

    def _forget(self, _network: nn.Module, _keys: object) -> None:
        """Ask the buffer again, for it was loaded."""
        self._known = None
        self._is_settled = False


class Generator(interface.Generator):
    """Latent -> beginning -> [enlarge, 3x3, 3x3] for every doubling -> RGB of any stage."""

    def __init__(self, latent_size: int, widths: list[int], growing: float, begin: Begin) -> None:
        """Take the channels at 4, 8, ... px; the picture has the side of the last."""
        super().__init__()
        self.growth = Growth(len(widths) - 1, growing)
        self.start = Start(latent_size, widths[0], begin)
        self.stages = nn.ModuleList(Enlarging(*pair) for pair in pairwise(widths))
        self.to_rgb = nn.ModuleList(Convolution(width, 3, 1) for width in widths)
        self.size = _doubled(begin, len(widths) - 1)

    def forward(self, z: Tensor) -> Tensor:
        """Return pictures of the full side, enlarged while the network is still growing."""
        return F.interpolate(self._draw(z), self.size)

    def views(self, z: Tensor, random: torch.Generator) -> Views:
        """Return pictures of the side that the network has grown to."""
        return (self._draw(z),)

    def grow(self, progress: float) -> None:
        self.growth.grow(progress)

    def _draw(self, z: Tensor) -> Tensor:
        stage, share = self.growth.stage()
        x = before = self.start(z)
        for enlarge in self.stages[:stage]:
            x, before = enlarge(x), x
        pictures: Tensor = self.to_rgb[stage](x)
        if share < 1:
            coarse = F.interpolate(self.to_rgb[stage - 1](before), scale_factor=2.0)
            pictures = coarse.lerp(pictures, share)
        return pictures


class Discriminator(interface.Discriminator):
    """RGB of any stage -> [3x3, 3x3, halve] down to the beginning -> logit."""

    def __init__(self, widths: list[int], growing: float, begin: Begin) -> None:
        """Take the channels at 4, 8, ... px, as the generator does."""
        super().__init__()
        self.growth = Growth(len(widths) - 1, growing)
        self.begin = begin
        self.from_rgb = nn.ModuleList(Convolution(3, width, 1) for width in widths)
        self.stages = nn.ModuleList(
            Halving(fine, fine, coarse) for coarse, fine in pairwise(widths)
        )
        self.judge = Judge(widths[0], widths[0], begin)

    def forward(self, pictures: Tensor) -> Tensor:
        """Judge what `views` returned, or pictures of a finer side, which are made smaller."""
        stage, share = self.growth.stage()
        pictures = F.adaptive_avg_pool2d(pictures, _doubled(self.begin, stage))
        x = activate(self.from_rgb[stage](pictures))
        for number in reversed(range(stage)):
            x = self.stages[number](x)
            if share < 1 and number == stage - 1:
                coarse = self.from_rgb[number](F.avg_pool2d(pictures, 2))
                x = activate(coarse).lerp(x, share)
        logits: Tensor = self.judge(x)
        return logits

    def views(self, pictures: Tensor) -> Views:
        """Return real pictures as fine as generated ones can be now."""
        stage, share = self.growth.stage()
        pictures = F.adaptive_avg_pool2d(pictures, _doubled(self.begin, stage))
        if share < 1:
            coarse = F.interpolate(F.avg_pool2d(pictures, 2), scale_factor=2.0)
            pictures = coarse.lerp(pictures, share)
        return (pictures,)

    def grow(self, progress: float) -> None:
        self.growth.grow(progress)

    def freezable(self) -> list[nn.Module]:
        return [
            nn.ModuleList(pair)
            for pair in zip(reversed(self.from_rgb[1:]), reversed(self.stages), strict=True)
        ]


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    widths = networks.stage_widths(config, config.side)
    return Generator(config.latent_size, widths, config.growing, networks.beginning(config))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    widths = networks.stage_widths(config, config.side)
    return Discriminator(widths, config.growing, networks.beginning(config))


def _doubled(begin: Begin, times: int) -> tuple[int, int]:
    return begin[0] << times, begin[1] << times
