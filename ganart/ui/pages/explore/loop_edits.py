"""What can be done to a loop. Each edit returns another composition; none changes one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ganart.media.composition import (
    AT_MAX,
    LEAST_GAP,
    MAX_KEYFRAMES,
    SECONDS_MAX,
    SECONDS_MIN,
    Composition,
    Keyframe,
    Path,
    evenly,
    there_and_back,
    there_and_on,
)
from ganart.media.point import Point

SECONDS_EACH = 2.0
GAP = 0.002
"""The least time between two keyframes, as a share of the loop."""
_FREE_STEP_S = 0.1
_LEAST_KEPT_GAP = 4 * LEAST_GAP
"""A loop that comes back halves it."""
_DIGITS = 12
"""Of times; what is beyond is the dust of sums."""


def step_of(composition: Composition) -> float:
    """Return the step of the grid of times, as a share of the loop: a beat or 0.1 s."""
    step_s = 60 / composition.bpm if composition.bpm else _FREE_STEP_S
    return min(1.0, step_s / composition.seconds)


def snapped(composition: Composition, at: float) -> float:
    """Return the nearest time of the grid."""
    step = step_of(composition)
    return round(at / step) * step


def appended(composition: Composition | None, points: Sequence[Point]) -> Composition:
    """Return the loop with points after its end; it gets longer, and keeps its pace."""
    points = points[: MAX_KEYFRAMES - (len(composition.keyframes) if composition else 0)]
    if composition is None:
        return evenly(tuple(points), SECONDS_EACH * len(points))
    if composition.is_ping_pong:
        onward = appended(there_and_on(composition), points)
        return there_and_back(onward)
    last = composition.keyframes[-1]
    before = len(composition.keyframes)
    share = before / (before + len(points))
    earlier = [replace(each, at=round(each.at * share, _DIGITS)) for each in composition.keyframes]
    later = [
        replace(last, point=point, at=(before + row) / (before + len(points)))
        for row, point in enumerate(points)
    ]
    seconds = min(SECONDS_MAX, composition.seconds / share)
    return replace(composition, keyframes=_apart([*earlier, *later]), seconds=seconds)


def inserted(composition: Composition, point: Point, at: float) -> tuple[Composition, int]:
    """Return the loop with a point at a time, or soon after if that is taken, and its number."""
    frames = list(composition.keyframes)
    index = sum(each.at < at + GAP for each in frames)
    before = frames[index - 1] if index else None
    if before is not None and at - before.at < GAP:
        after = frames[index].at if index < len(frames) else 1.0
        at = (before.at + after) / 2
    like = before or frames[0]
    frames.insert(index, replace(like, point=point, at=min(AT_MAX, max(0.0, at))))
    return replace(composition, keyframes=_apart(frames)), index


def removed(composition: Composition, index: int) -> Composition | None:
    """Return the loop without a keyframe; None for nothing left."""
    frames = composition.keyframes
    rest = frames[:index] + frames[index + 1 :]
    return replace(composition, keyframes=rest) if rest else None


def changed(composition: Composition, index: int, **values: object) -> Composition:
    """Return the loop with other values of one keyframe."""
    frames = list(composition.keyframes)
    frames[index] = replace(frames[index], **values)  # type: ignore[arg-type]  # checked there
    return replace(composition, keyframes=tuple(frames))


def retimed(composition: Composition, index: int, at: float) -> Composition:
    """Return the loop with a keyframe at another time, between its neighbours."""
    frames = composition.keyframes
    before = frames[index].at
    low = frames[index - 1].at + GAP if index else 0.0
    high = frames[index + 1].at - GAP if index + 1 < len(frames) else 1.0 - GAP
    # Neighbours that are closer than that leave no room.
    return changed(composition, index, at=max(low, min(at, high)) if low <= high else before)


def swapped(composition: Composition, index: int, other: int) -> Composition:
    """Return the loop with the pictures of two keyframes exchanged."""
    one, two = composition.keyframes[index].point, composition.keyframes[other].point
    return changed(changed(composition, index, point=two), other, point=one)


def spread(composition: Composition) -> Composition:
    """Return the loop with its keyframes evenly in time."""
    onward = replace(composition, keyframes=_spread(composition.keyframes))
    return there_and_back(onward) if composition.is_ping_pong else onward


def on_path(composition: Composition, path: Path) -> Composition:
    """Return the loop on another path. A smooth curve would stop at keyframes that it passes by
    smoothly, and legs that all are even would have corners: where all are so, that changes too.
    """
    frames = composition.keyframes
    if path == "spline" and all(each.ease == "smooth" for each in frames):
        frames = _all_eased(frames, "even")
    elif (
        path == "legs"
        and composition.path == "spline"
        and all(each.ease == "even" for each in frames)
    ):
        frames = _all_eased(frames, "smooth")
    return replace(composition, path=path, keyframes=frames)


def lasting(composition: Composition, seconds: float) -> Composition:
    """Return the loop with another length."""
    return replace(composition, seconds=min(SECONDS_MAX, max(SECONDS_MIN, seconds)))


def coming_back(composition: Composition, comes_back: bool) -> Composition:
    """Return the loop that comes back, or goes on."""
    if comes_back == composition.is_ping_pong:
        return composition
    apart = replace(composition, keyframes=_apart(composition.keyframes))
    return there_and_back(apart) if comes_back else there_and_on(apart)


def _apart(frames: Sequence[Keyframe]) -> tuple[Keyframe, ...]:
    """Return keyframes that came too close to each other evenly in time, others as they are."""
    gaps = [after.at - before.at for before, after in pairwise(frames)]
    return _spread(frames) if min(gaps, default=1.0) < _LEAST_KEPT_GAP else tuple(frames)


def _spread(frames: Sequence[Keyframe]) -> tuple[Keyframe, ...]:
    return tuple(replace(each, at=row / len(frames)) for row, each in enumerate(frames))


def _all_eased(frames: tuple[Keyframe, ...], ease: str) -> tuple[Keyframe, ...]:
    return tuple(replace(each, ease=ease) for each in frames)  # type: ignore[arg-type]
