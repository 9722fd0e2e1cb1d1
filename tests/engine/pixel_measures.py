"""The measures of `ganart.engine.gan.quality` between two sets of pixels."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ganart.engine.gan.quality.diversity import relative_spread, spread
from ganart.engine.gan.quality.likeness import Likeness
from ganart.engine.gan.quality.slices import Slices

Pixels = npt.NDArray[np.uint8]
T = TypeVar("T")


def finish(work: Slices[T]) -> T:
    """Do all of the work now."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result


def sliced_wasserstein(generated: Pixels, real: Pixels, seed: int = 0) -> float:
    """Return the distance of two sets (N, height, width, 3); lower is closer; see `Likeness`."""
    return finish(finish(Likeness.of(as_pictures(real), seed)).measure(as_pictures(generated)))


def diversity(generated: Pixels, real: Pixels) -> float:
    """Return how varied the pictures are against the real ones: 1 is as varied, 0 all the same."""
    return relative_spread(as_pictures(generated), spread(as_pictures(real)))


def as_pictures(pixels: Pixels) -> Tensor:
    """Return pixels (N, height, width, 3) as a tensor (N, 3, height, width)."""
    return torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)))
