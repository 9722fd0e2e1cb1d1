"""The sizes that a painting goes through, coarse to fine. Imports no torch."""

import math
from dataclasses import dataclass

from ganart.engine.style.config import PaintConfig

MAX_RATIO = 2.0
"""Largest step between the sides of two levels."""


@dataclass(frozen=True, slots=True)
class Level:
    """One size of the picture and how often it is improved there."""

    width: int
    height: int
    iterations: int

    @property
    def side(self) -> int:
        """Longer side in pixels."""
        return max(self.width, self.height)


def painting_size(width: int, height: int, long_side: int) -> tuple[int, int]:
    """Return width and height with the proportions of a photo and that longer side; 0 keeps it."""
    scale = long_side / max(width, height) if long_side else 1.0
    return max(1, round(width * scale)), max(1, round(height * scale))


def schedule(config: PaintConfig, width: int, height: int) -> tuple[Level, ...]:
    """Return the levels up to width × height, the last one, in steps of at most `MAX_RATIO`."""
    side = max(width, height)
    steps = 0
    if 0 < config.coarsest < side:
        steps = math.ceil(math.log(side / config.coarsest, MAX_RATIO))
    shrink = config.coarsest / side
    coarse = (
        painting_size(width, height, round(side * shrink ** (step / steps)))
        for step in range(steps, 0, -1)
    )
    levels = [Level(*size, config.coarse_iterations) for size in coarse]
    return (*levels, Level(width, height, config.iterations))
