"""Differentiable augmentation (Zhao et al. 2020), so that small folders are not learnt by heart.

Real and generated pictures pass through the same random jitter before the discriminator sees
them. Departures from the paper: each picture is jittered with a probability, shifted pictures are
filled from their edge, not with black, and there is no cut-out: generators learn black boxes.
"""

import torch
from torch import Tensor

SHIFT = 1 / 8
"""Largest shift as a share of the side."""


def augment(pictures: Tensor, probability: float, random: torch.Generator) -> Tensor:
    """Return `pictures` (B, 3, H, W), each jittered in colour and place with `probability`.

    Random numbers are drawn on the CPU from `random`, so that every device sees the same ones.
    Twice differentiable; at probability 0 the pictures pass unchanged and nothing is drawn.
    """
    if probability <= 0:
        return pictures
    count = len(pictures)
    draws = torch.rand(count, 6, generator=random).to(pictures.device)
    chosen = draws[:, 0] < probability
    brightness, saturation, contrast, down, right = draws[:, 1:, None, None, None].unbind(1)
    jittered = _colour(pictures, brightness, saturation, contrast)
    jittered = _shift(jittered, down.flatten(), right.flatten())
    return torch.where(chosen[:, None, None, None], jittered, pictures)


def _colour(pictures: Tensor, brightness: Tensor, saturation: Tensor, contrast: Tensor) -> Tensor:
    """Jitter as the paper does: +-0.5, x0..2 about the grey, x0.5..1.5 about the mean."""
    pictures = pictures + (brightness - 0.5)
    grey = pictures.mean(1, keepdim=True)
    pictures = grey + (pictures - grey) * (2 * saturation)
    mean = pictures.mean((1, 2, 3), keepdim=True)
    return mean + (pictures - mean) * (0.5 + contrast)


def _shift(pictures: Tensor, down: Tensor, right: Tensor) -> Tensor:
    """Shift each picture by whole pixels; `down` and `right` (B,) in 0 ... 1, 0.5 for no shift."""
    count, channels, height, width = pictures.shape
    rows = _sources(down, height)[:, None, :, None].expand(count, channels, height, width)
    columns = _sources(right, width)[:, None, None, :].expand(count, channels, height, width)
    return pictures.gather(2, rows).gather(3, columns)


def _sources(draw: Tensor, side: int) -> Tensor:
    """Return for every row (or column) of the result the one it is taken from, (B, side)."""
    reach = int(side * SHIFT)
    shift = (draw * (2 * reach + 1)).long().clamp(max=2 * reach) - reach
    places = torch.arange(side, device=draw.device)
    return (places - shift[:, None]).clamp(0, side - 1)
