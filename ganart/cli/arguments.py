"""Readers of arguments for argparse, which tells what they refuse."""

import argparse
import re
from collections.abc import Callable

_SMALLEST, _LARGEST = 8, 4096
"""Pixels of a side."""


def number_from(low: float, high: float) -> Callable[[str], float]:
    """Return a reader of numbers from `low` to `high`."""

    def number(text: str) -> float:
        value = float(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is not between {low:g} and {high:g}")
        return value

    return number


def whole_from(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `low` to `high`."""

    def whole(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is not between {low} and {high}")
        return value

    return whole


def size(text: str) -> tuple[int, int]:
    """Read "256" or "256x384". Raises `ArgumentTypeError`."""
    found = re.fullmatch(r"(\d{1,4})(?:[x×](\d{1,4}))?", text)
    sides = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not all(_SMALLEST <= side <= _LARGEST for side in sides):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no size such as 256 or 256x384, of {_SMALLEST} to {_LARGEST} pixels"
        )
    return sides
