"""Which checkpoints of a run to keep."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint on disk."""

    path: Path
    step: int
    size_bytes: int
    likeness: float | None
    """Sliced Wasserstein distance, lower is closer; None if not measured."""


def best(checkpoints: Sequence[Kept]) -> Kept | None:
    """Return the checkpoint most like the folder, None if none was measured."""
    measured = [each for each in checkpoints if each.likeness is not None]
    return min(measured, key=lambda each: each.likeness or 0.0, default=None)


def surplus(
    checkpoints: Sequence[Kept],
    keep: int,
    budget_bytes: int,
    wanted: Collection[int] = (),
) -> list[Kept]:
    """Return what to delete so that at most `keep` remain and they fit into `budget_bytes`.

    The newest and the best always stay; those of `wanted` steps do too, and do not count. Of the
    others the one goes first that leaves the smallest hole, so that those kept lie evenly over the
    run.
    """
    favourite = best(checkpoints)
    remaining = sorted(
        (each for each in checkpoints if each.step not in wanted), key=lambda each: each.step
    )
    gone: list[Kept] = []
    while len(remaining) > keep or sum(each.size_bytes for each in remaining) > budget_bytes:
        holes = [
            (_hole(remaining, place), place)
            for place in range(len(remaining) - 1)
            if remaining[place] is not favourite
        ]
        if not holes:
            break
        gone.append(remaining.pop(min(holes)[1]))
    return gone


def _hole(checkpoints: Sequence[Kept], place: int) -> int:
    """Return the steps between the neighbours of `place`."""
    before = checkpoints[place - 1].step if place else 0
    return checkpoints[place + 1].step - before
