"""Differentiable augmentation (Zhao et al. 2020), so that small folders are not learnt by heart.

Real and generated pictures pass through the same random jitter before the discriminator sees
them. Departures from the paper: each picture is jittered with a probability, shifted pictures are
filled from their edge, not with black, and there is no cut-out: generators learn black boxes.
"""

import math

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ganart.engine.gan.batches import Batches, to_pixels
from ganart.engine.gan.config import TrainConfig

SHIFT = 1 / 8
"""Largest shift as a share of the height or the width."""
CAP = 0.8
"""More and generators learn the jitter itself: they no longer see how pictures really are."""
RAMP = 500_000
"""Pictures in which the adaptive probability rises from 0 to 1 (Karras et al. 2020)."""
RAMP_SHARE = 0.25
"""The same as a share of the run, for runs too short for `RAMP`."""


def augment(
    pictures: Tensor,
    probability: float,
    random: torch.Generator,
    kinds: str = "colour and place",
) -> Tensor:
    """Return `pictures` (B, 3, H, W), each jittered with `probability`.

    Random numbers are drawn on the CPU from `random`, so that every device sees the same ones.
    Twice differentiable; at probability 0 the pictures pass unchanged and nothing is drawn.
    """
    if probability <= 0:
        return pictures
    (jittered,) = jitter((pictures,), draw(len(pictures), random), probability, kinds)
    return jittered


def draw(count: int, random: torch.Generator) -> Tensor:
    """Draw what decides how each of `count` pictures is jittered, (count, 6) on the CPU."""
    return torch.rand(count, 6, generator=random)


def jitter(
    views: tuple[Tensor, ...], draws: Tensor, probability: float, kinds: str = "colour and place"
) -> tuple[Tensor, ...]:
    """Return the views of some pictures, all views of a picture jittered by its row of `draws`.

    `kinds` is the option `augment_kinds`. The first view has the full size; the others shift by
    the same share of theirs.
    """
    draws = draws.to(views[0].device)
    chosen = draws[:, 0] < probability
    # Half-way is no change; so pictures that are not chosen pass through the same few operations.
    draws = torch.where(chosen[:, None], draws[:, 1:], 0.5)
    jittered = views
    if "colour" in kinds:
        colours = draws[:, :3, None, None, None]
        jittered = tuple(_colour(view, *colours.unbind(1)) for view in jittered)
    if "place" in kinds:
        height, width = views[0].shape[2:]
        down, right = _shares(draws[:, 3], height), _shares(draws[:, 4], width)
        jittered = tuple(_shift(view, down, right) for view in jittered)
    return jittered


def next_probability(
    probability: float, told_apart: float, target: float, pictures: int, run: float
) -> float:
    """Return the probability to go on with, so that `told_apart` comes to the `target`.

    `told_apart` is the mean sign of the discriminator's logits on real pictures, 1 where it knows
    them all (r_t of Karras et al. 2020, section 3; where only differences of logits mean anything,
    of those from generated pictures). `pictures` were shown since the probability before, of a
    `run` of so many. Between 0 and `CAP`; not a number leaves it as it is.
    """
    if math.isnan(told_apart):
        return probability
    change = pictures / max(1.0, min(RAMP, RAMP_SHARE * run))
    return min(CAP, max(0.0, probability + math.copysign(change, told_apart - target)))


def augmented_preview(
    pixels: npt.NDArray[np.uint8], config: TrainConfig, count: int
) -> npt.NDArray[np.uint8]:
    """Return `count` pictures as the discriminator will see them, uint8 (count, height, width, 3).

    Of `pixels` (N, height, width, 3) each comes once before any comes again, mirrored, turned and
    jittered as `config` says; adaptive augmentation is shown as strong as it may become. The same
    seed gives the same ones. Raises `TooFewPictures` for less than two.
    """
    batches = Batches(
        pixels,
        count,
        mirror=config.mirror,
        turn=config.turn,
        seed=config.seed,
        device=torch.device("cpu"),
    )
    probability = CAP if config.augment_target else config.augment
    random = torch.Generator().manual_seed(config.seed + 1)
    return to_pixels(augment(batches.next(), probability, random, config.augment_kinds))


def _colour(pictures: Tensor, brightness: Tensor, saturation: Tensor, contrast: Tensor) -> Tensor:
    """Jitter as the paper does: +-0.5, x0..2 about the grey, x0.5..1.5 about the mean.

    Its three steps are one here: the first two do not change the mean but for the brightness.
    """
    shift, saturate, stretch = brightness - 0.5, 2 * saturation, 0.5 + contrast
    grey = pictures.mean(1, keepdim=True)
    mean = grey.mean((2, 3), keepdim=True)
    others = stretch * (1 - saturate) * grey + ((1 - stretch) * mean + shift)
    return torch.addcmul(others, pictures, stretch * saturate)


def _shares(draw: Tensor, side: int) -> Tensor:
    """Return shifts by whole pixels of `side` as shares of it; `draw` 0 ... 1, 0.5 for none."""
    reach = int(side * SHIFT)
    return ((draw * (2 * reach + 1)).long().clamp(max=2 * reach) - reach) / side


def _shift(pictures: Tensor, down: Tensor, right: Tensor) -> Tensor:
    """Shift each picture by whole pixels; `down` and `right` (B,) are shares of the side."""
    _, channels, height, width = pictures.shape
    rows, columns = _sources(down, height), _sources(right, width)
    sources = (rows[:, :, None] * width + columns[:, None, :]).flatten(1)[:, None]
    flat = pictures.flatten(2).gather(2, sources.expand(-1, channels, -1))
    # Channels last, as networks compute fastest; gathering is faster by channels.
    return flat.view(pictures.shape).contiguous(memory_format=torch.channels_last)


def _sources(share: Tensor, side: int) -> Tensor:
    """Return for every row (or column) of the result the one it is taken from, (B, side)."""
    shift = (share * side).round().long()
    places = torch.arange(side, device=share.device)
    return (places - shift[:, None]).clamp(0, side - 1)
