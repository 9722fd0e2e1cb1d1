"""How good a model's pictures are, measured on the spot, without any downloaded network.

Pictures are uint8 tensors (N, 3, height, width), on any device. What is known of the real ones is
computed once and kept. Two sets of pixels are compared by `sliced_wasserstein` and `diversity`.
"""

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ganart.engine.gan.quality.diversity import relative_spread, spread
from ganart.engine.gan.quality.likeness import Likeness
from ganart.engine.gan.quality.slices import finish

Pixels = npt.NDArray[np.uint8]


def sliced_wasserstein(generated: Pixels, real: Pixels, seed: int = 0) -> float:
    """Return the distance of two sets (N, height, width, 3); lower is closer; see `Likeness`."""
    return finish(finish(Likeness.of(as_pictures(real), seed)).measure(as_pictures(generated)))


def diversity(generated: Pixels, real: Pixels) -> float:
    """Return how varied the pictures are against the real ones: 1 is as varied, 0 all the same."""
    return relative_spread(as_pictures(generated), spread(as_pictures(real)))


def as_pictures(pixels: Pixels) -> Tensor:
    """Return pixels (N, height, width, 3) as a tensor (N, 3, height, width)."""
    return torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)))
