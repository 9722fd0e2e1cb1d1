"""Walks through the latent space: closed loops from seed to seed."""

from collections.abc import Sequence
from typing import Literal

from ganart.engine.errors import BadOption
from ganart.media.recipe import Point


def loop(
    seeds: Sequence[int],
    frames: int,
    method: Literal["lerp", "slerp"] = "slerp",
    diversity: float = 1.0,
    ease: bool = True,
) -> list[Point]:
    """Return the points of a seamless loop: the frame after the last would be the first.

    Every seed is visited once, in order, then the walk returns to the first. With `ease` it slows
    down at each seed (smoothstep), so that the artist's own pictures linger. Raises `BadOption`
    for fewer than two seeds or fewer frames than seeds.
    """
    if len(seeds) < 2:
        raise BadOption(option="seeds", value=len(seeds), allowed="at least two seeds")
    if frames < len(seeds):
        raise BadOption(option="frames", value=frames, allowed=f"at least {len(seeds)} frames")
    points = []
    for frame in range(frames):
        # Whole-number arithmetic finds the segment, so that no rounding can skip a seed.
        segment, remainder = divmod(frame * len(seeds), frames)
        amount = remainder / frames
        if ease:
            amount = amount * amount * (3 - 2 * amount)
        start, end = seeds[segment], seeds[(segment + 1) % len(seeds)]
        points.append(Point(start, end, amount, method, diversity))
    return points
