"""Sizes for training that networks can double up to: k·2ⁿ × m·2ⁿ with small k and m."""

from collections.abc import Collection, Iterable
from math import log

_USUAL = ((1, 1), (5, 4), (4, 3), (3, 2), (7, 4), (2, 1), (3, 1))
"""Width and height of the shapes to choose from; each also upright."""
SHAPES = tuple(sorted({*_USUAL, *((m, k) for k, m in _USUAL)}, key=lambda each: each[0] / each[1]))
"""Shapes to choose from, the most upright one first."""


def fitting_size(aspects: Iterable[float], side: int) -> tuple[int, int]:
    """Return the size of `SHAPES` that suits pictures of these aspects best; see `fitting_shape`.

    It has about as many pixels as a square of `side`, a power of two.
    """
    return shaped(fitting_shape(aspects), side)


def fitting_shape(aspects: Iterable[float]) -> tuple[int, int]:
    """Return which of `SHAPES` suits pictures of these aspects, width to height, best.

    Best is where least is cut away on the whole; without pictures it is the square.
    """
    logs = [log(aspect) for aspect in aspects]

    def cut(shape: tuple[int, int]) -> float:
        return sum(abs(each - log(shape[0] / shape[1])) for each in logs)

    return min(SHAPES, key=lambda shape: (cut(shape), abs(log(shape[0] / shape[1]))))


def cut_away(aspects: Collection[float], aspect: float) -> float:
    """Return which share of pictures of these aspects, at least one, is cut off on average to give
    them another `aspect`.
    """
    kept = (min(each / aspect, aspect / each) for each in aspects)
    return 1 - sum(kept) / len(aspects)


def shaped(shape: tuple[int, int], side: int) -> tuple[int, int]:
    """Return the size of a shape that has about as many pixels as a square of `side`.

    It is the shape's own width and height, doubled as often as it takes; `side` is a power of two.
    """
    width, height = shape
    scales = [2**times for times in range(side.bit_length() + 1)]
    # Rounded, so that of two as near the smaller one is taken everywhere.
    scale = min(scales, key=lambda each: round(abs(log(width * height * each**2 / side**2)), 9))
    return width * scale, height * scale
