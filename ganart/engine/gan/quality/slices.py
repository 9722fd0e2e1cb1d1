"""Long measurements in slices, so that a training can go on, and stop, between two of them."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Slices = Generator[None, None, T]
"""Work that pauses at every `yield`, a fraction of a second apart, and returns its result."""

CHUNK = 32
"""Pictures in a slice of the cheap kinds of work."""


def finish(work: Slices[T]) -> T:
    """Do all of the work now."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
