"""Long measurements in slices, so that a training can go on, and stop, between two of them."""

from collections.abc import Generator, Sequence
from typing import TypeVar

import torch
from torch import Tensor

T = TypeVar("T")

Slices = Generator[None, None, T]
"""Work that pauses at every `yield`, a fraction of a second apart, and returns its result."""

PIXELS_AT_ONCE = 2**18
ROWS_AT_ONCE = 64


def pieces(pictures: Tensor) -> Sequence[Tensor]:
    """Cut pictures (N, 3, height, width) for the cheap kinds of work."""
    return torch.split(pictures, max(1, PIXELS_AT_ONCE // pictures[0, 0].numel()))
