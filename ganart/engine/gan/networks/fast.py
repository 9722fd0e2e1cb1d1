"""FastGAN's layout (Liu et al. 2021) for few and large pictures, at sides from 8 px.

Kept from the paper: few layers with gated linear units and batch normalisation, skip-layer
excitation, a second, small picture beside the full one, and a discriminator that must redraw what
it sees, which keeps it from learning a small folder by heart. Departures:
- a seed is a promise: the averaged model uses averaged batch statistics, and its noise follows
  from the latent, so that a picture does not depend on its neighbours;
- redrawn pictures are compared in colour and in edges at several sizes, where the paper needs a
  downloaded network (LPIPS);
- the small picture has half the side below 256 px; both are bounded by tanh at every side;
- the channels double from stage to stage towards 4 px up to a cap, as in our other networks.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan import networks
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import interface
from ganart.engine.gan.networks.fast_layers import (
    Convolution,
    Enlarging,
    Excitation,
    Halving,
    NoiseSource,
    Start,
    judging,
    redrawing,
    stem,
)
from ganart.engine.gan.networks.interface import Begin, Views

SMALL = 128
"""Largest side of the small picture, and of redrawn ones."""
BODY = 256
"""Largest side of features in the discriminator; larger pictures are halved at once."""
JUDGED = 8
"""Side of the features that are judged and redrawn."""
NOISES = 8
"""Patterns of which the noise of a seed is mixed."""


class Generator(interface.Generator):
    """Latent -> beginning -> enlarge ... -> RGB; coarse maps gate the channels of finer ones."""

    def __init__(self, latent_size: int, widths: list[int], begin: Begin) -> None:
        """Take the channels at 4, 8, ... px; the picture has the side of the last."""
        super().__init__()
        self.start = Start(latent_size, widths[0], begin)
        self.stages = nn.ModuleList(
            Enlarging(*pair, double=number % 2 == 0) for number, pair in enumerate(pairwise(widths))
        )
        # A gate leads to a map of 16 times the side, below 64 px of 4 times.
        self.reach = 4 if len(widths) > 4 else 2
        self.gates = nn.ModuleList(
            Excitation(*pair) for pair in zip(widths, widths[self.reach :], strict=False)
        )
        self.small_stage = _doublings(4, side_of_small(4 << len(self.stages)))
        self.to_small = Convolution(widths[self.small_stage], 3, 1)
        self.to_rgb = Convolution(widths[-1], 3, 3)

    def forward(self, z: Tensor) -> Tensor:
        features = self._features(z, lambda height, width: seed_noise(z, height, width))
        return torch.tanh(self.to_rgb(features[-1]))

    def views(self, z: Tensor, random: torch.Generator) -> Views:
        """Return the full picture and the small one, made with fresh noise."""

        def fresh_noise(height: int, width: int) -> Tensor:
            return torch.randn(len(z), 1, height, width, generator=random).to(z.device)

        features = self._features(z, fresh_noise)
        full, small = self.to_rgb(features[-1]), self.to_small(features[self.small_stage])
        return torch.tanh(full), torch.tanh(small)

    def _features(self, z: Tensor, noise: NoiseSource) -> list[Tensor]:
        """Return the features at 4, 8, ... px."""
        features = [self.start(z)]
        for number, enlarge in enumerate(self.stages, start=1):
            x = enlarge(features[-1], noise)
            if number >= self.reach:
                origin = number - self.reach
                x = self.gates[origin](features[origin], x)
            features.append(x)
        return features


class Tower(nn.Module):
    """RGB -> features, halved down to a side of 8 px; they gate those 8 times coarser."""

    def __init__(self, widths: list[int], *, halve_first: bool) -> None:
        """Take the channels of all features, finest first."""
        super().__init__()
        self.stem = stem(widths[0], halve=halve_first)
        self.stages = nn.ModuleList(Halving(*pair) for pair in pairwise(widths))
        self.gates = nn.ModuleList(
            Excitation(*pair) for pair in zip(widths, widths[3:], strict=False)
        )

    def forward(self, pictures: Tensor) -> list[Tensor]:
        """Return the features, finest first."""
        features = [self.stem(pictures)]
        for number, halve in enumerate(self.stages, start=1):
            x = halve(features[-1])
            if number >= 3:
                x = self.gates[number - 3](features[number - 3], x)
            features.append(x)
        return features


class Discriminator(interface.Discriminator):
    """Judges places, of squares 25, of the full and of the small picture, and redraws real ones."""

    def __init__(self, widths: list[int], begin: Begin) -> None:
        """Take the channels at 4, 8, ... px, as the generator does."""
        super().__init__()
        side = 2 << len(widths)
        small = side_of_small(side)
        body = widths[1 : _doublings(4, min(side, BODY)) + 1][::-1]
        self.body = Tower(body, halve_first=side > BODY)
        self.judge = judging(body[-1], begin)
        slim = widths[::-1][: max(1, _doublings(JUDGED, small))]
        self.small_body = Tower(slim, halve_first=small > JUDGED)
        self.small_judge = judging(slim[-1], begin)
        self.side, self.small = side, small
        self.redraw = redrawing(body[-1], _doublings(JUDGED, min(side, SMALL)))
        self.redraw_small = redrawing(slim[-1], _doublings(min(small, JUDGED), small))
        quarter = min(side // 2, SMALL)
        self.redraw_quarter = (
            redrawing(body[-2], _doublings(JUDGED, quarter)) if len(body) > 1 else None
        )

    def forward(self, *views: Tensor) -> Tensor:
        """Judge the full picture and the small one; the full one alone implies the small one."""
        return self._judged(self._look(*views))

    def judge_real(self, views: Views, random: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return the logits, and how unlike the pictures they are when redrawn from what was seen
        of them.

        Whole, small, and one of the four quarters from finer features (section 3.2).
        """
        seen = self._look(*views)
        pictures = views[0]
        loss = unlikeness(self.redraw(seen.features[-1]), pictures)
        loss = loss + unlikeness(self.redraw_small(seen.small[-1]), pictures)
        if self.redraw_quarter is not None:
            which = int(torch.randint(4, (), generator=random))
            features, wanted = (_quarter(each, which) for each in (seen.features[-2], pictures))
            loss = loss + unlikeness(self.redraw_quarter(features), wanted)
        return self._judged(seen), loss

    def views(self, pictures: Tensor) -> Views:
        """Return the picture and a small one."""
        height, width = (length * self.small // self.side for length in pictures.shape[-2:])
        return pictures, F.adaptive_avg_pool2d(pictures, (height, width))

    def freezable(self) -> list[nn.Module]:
        """Return the stages from the finest side to the coarsest."""
        return [self.body.stem, *self.body.stages]

    def _look(self, *views: Tensor) -> "_Seen":
        pictures, small = views if len(views) > 1 else self.views(*views)
        return _Seen(self.body(pictures), self.small_body(small))

    def _judged(self, seen: "_Seen") -> Tensor:
        return torch.cat([self.judge(seen.features[-1]), self.small_judge(seen.small[-1])], 1)


class _Seen(NamedTuple):
    """What the discriminator saw in pictures."""

    features: list[Tensor]
    small: list[Tensor]


def generator(config: TrainConfig) -> Generator:
    """Build the generator for `config`."""
    widths = networks.stage_widths(config, config.side)
    return Generator(config.latent_size, widths, networks.beginning(config))


def discriminator(config: TrainConfig) -> Discriminator:
    """Build the discriminator for `config`."""
    widths = networks.stage_widths(config, config.side)
    return Discriminator(widths, networks.beginning(config))


def side_of_small(side: int) -> int:
    """Return the side of the small picture that goes with the full one."""
    return min(side // 2, SMALL)


def seed_noise(z: Tensor, height: int, width: int) -> Tensor:
    """Return the noise (B, 1, height, width) of latents: standard-normal, always the same.

    It is mixed of fixed patterns after the direction of the latent, so it neither jumps in a walk
    nor fades with truncation.
    """
    patterns = torch.from_numpy(_patterns(height, width)[: z.shape[1]]).to(z)
    mixed = F.normalize(z[:, :NOISES]) @ patterns
    return mixed.view(-1, 1, height, width)


@cache
def _patterns(height: int, width: int) -> npt.NDArray[np.float32]:
    """Return the patterns (NOISES, height * width) of one size, from numpy's lasting stream."""
    shape = (NOISES, height * width)
    return np.random.RandomState(height).standard_normal(shape).astype(np.float32)


def unlikeness(drawn: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean difference of colours and of edges, summed over sizes down to 8 px.

    `wanted` (B, 3, H, W) is brought to the size of `drawn` first.
    """
    height, width = drawn.shape[-2:]
    wanted = F.adaptive_avg_pool2d(wanted, (height, width))
    difference = drawn - wanted
    total = _extent(difference)
    while min(difference.shape[-2:]) > JUDGED:
        difference = F.avg_pool2d(difference, 2)
        total = total + _extent(difference)
    return total


def _extent(difference: Tensor) -> Tensor:
    """Return the mean size of a difference and of its steps to the pixels beside and below."""
    steps = difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()
    return difference.abs().mean() + steps


def _quarter(maps: Tensor, which: int) -> Tensor:
    """Cut one of the four quarters out of maps (B, C, H, W)."""
    height, width = (length // 2 for length in maps.shape[-2:])
    top, left = which // 2 * height, which % 2 * width
    return maps[:, :, top : top + height, left : left + width]


def _doublings(small: int, large: int) -> int:
    """Return how often `small` is doubled to reach `large`, both powers of two."""
    return large.bit_length() - small.bit_length()
