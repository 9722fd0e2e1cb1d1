"""Diversity: how far a model's pictures lie apart, against the real ones."""

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.gan.batches import to_pictures

SIDE = 16
"""Pictures are compared at this size, so that noise does not count as variety."""


def spread(pictures: Tensor) -> float:
    """Return the mean distance between two of the pictures (N, 3, height, width), uint8; N > 1."""
    small = F.adaptive_avg_pool2d(to_pictures(pictures), min(SIDE, pictures.shape[-1]))
    return torch.pdist(small.flatten(1)).mean().item()


def relative_spread(generated: Tensor, real_spread: float) -> float:
    """Return how varied pictures are against the real ones: 1 is as varied, 0 all the same."""
    return spread(generated) / real_spread if real_spread else 1.0
