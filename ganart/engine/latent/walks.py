"""Walks through the latent space: the points of a composed loop, frame by frame."""

from collections.abc import Sequence

from ganart.engine.errors import BadOption
from ganart.media.composition import Composition, evenly
from ganart.media.point import Method, Part, Point


def walk(composition: Composition, frames: int) -> list[Point]:
    """Return the points of a seamless loop: the frame after the last would be the first.

    Raises `BadOption` for fewer than two keyframes or fewer frames than keyframes.
    """
    keyframes = composition.keyframes
    count = len(keyframes)
    if count < 2:
        raise BadOption(option="keyframes", value=count, allowed="at least two")
    if frames < count:
        raise BadOption(option="frames", value=frames, allowed=f"at least {count} frames")
    points = []
    for frame in range(frames):
        # Whole-number arithmetic finds the segment, so that no rounding can skip a keyframe.
        segment, remainder = divmod(frame * count, frames)
        here, there = keyframes[segment], keyframes[(segment + 1) % count]
        amount = remainder / frames
        if here.ease == "smooth":
            amount = amount * amount * (3 - 2 * amount)
        points.append(_between(here.point, there.point, amount, here.method))
    return points


def loop(
    seeds: Sequence[int], frames: int, method: Method = "slerp", diversity: float = 1.0
) -> list[Point]:
    """Return the points of a loop that visits every seed once, in order, and gives each the same
    time. Raises `BadOption` as `walk`.
    """
    if not seeds:
        raise BadOption(option="keyframes", value=0, allowed="at least two")
    return walk(evenly(tuple(Point.at(each, diversity) for each in seeds), 1.0, method), frames)


def _between(here: Point, there: Point, amount: float, method: Method) -> Point:
    """Return the point at a share of the way between two that are seeds."""
    shares = ((here, 1 - amount), (there, amount))
    parts = tuple(
        Part(part.seed, part.vector, part.space, share)
        for point, share in shares
        for part in point.parts
        if share >= 1e-9
    )
    return Point(parts, method, here.diversity + (there.diversity - here.diversity) * amount)
