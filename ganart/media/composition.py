"""A composed loop: which points it visits, when, and how it goes from one to the next."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

from ganart.media.point import Method, Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import BadRecipe, check_choice, check_number, read_fields

MAX_KEYFRAMES = 400
SECONDS_MIN = 0.1
SECONDS_MAX = 3600.0
HOLD_MAX = 0.95

Ease = Literal["even", "smooth", "start", "end"]
"""How the speed changes on the way: not at all, slow at both ends, slow at the start or the end."""
Path = Literal["legs", "spline", "circle"]
"""From keyframe to keyframe, on a smooth curve through all, or on a circle about the first."""


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A point that the loop visits. Raises `BadRecipe`."""

    point: Point
    at: float
    """When it is reached, as a share of the loop: 0 ... below 1."""
    hold: float = 0.0
    """How much of the time until the next one it stands still; 0 ... HOLD_MAX."""
    ease: Ease = "smooth"
    """Of the way to the next one."""
    method: Method = "slerp"
    """Of the way to the next one."""

    def __post_init__(self) -> None:
        if not isinstance(self.point, Point):
            raise BadRecipe(reason="one of its keyframes is nowhere")
        check_number("at", self.at, 0.0, 0.999_999)
        check_number("hold", self.hold, 0.0, HOLD_MAX)
        check_choice("ease", self.ease, get_args(Ease))
        check_choice("method", self.method, get_args(Method))


@dataclass(frozen=True, slots=True)
class Composition:
    """A loop of keyframes in the order of time. Raises `BadRecipe`."""

    keyframes: tuple[Keyframe, ...]
    seconds: float
    path: Path = "legs"
    radius: float = 1.0
    """Of a circle, in standard deviations of the latents."""
    is_ping_pong: bool = False
    """Whether it goes to the last keyframe and back again, not on to the first."""

    def __post_init__(self) -> None:
        frames = self.keyframes
        if not isinstance(frames, tuple) or not all(isinstance(each, Keyframe) for each in frames):
            raise BadRecipe(reason="its keyframes are not keyframes")
        if not 1 <= len(frames) <= MAX_KEYFRAMES:
            raise BadRecipe(reason=f"a loop has 1 to {MAX_KEYFRAMES} keyframes")
        if any(after.at <= before.at for before, after in pairwise(frames)):
            raise BadRecipe(reason="its keyframes are not in the order of time")
        check_number("seconds", self.seconds, SECONDS_MIN, SECONDS_MAX)
        check_choice("path", self.path, get_args(Path))
        check_number("radius", self.radius, 0.0, 100.0)
        if not isinstance(self.is_ping_pong, bool):
            raise BadRecipe(reason="it does not say whether it comes back")


def evenly(points: tuple[Point, ...], seconds: float, method: Method = "slerp") -> Composition:
    """Return the loop through some points that gives each the same time."""
    share = 1 / len(points)
    return Composition(
        tuple(Keyframe(each, row * share, method=method) for row, each in enumerate(points)),
        seconds,
    )


def write_composition(composition: Composition, vectors: Vectors) -> dict[str, Any]:
    """Return a composition as JSON values; the vectors of its points go to `vectors`."""
    keyframes = [
        {
            "point": write_point(each.point, vectors),
            "at": each.at,
            "hold": each.hold,
            "ease": each.ease,
            "method": each.method,
        }
        for each in composition.keyframes
    ]
    return {
        "keyframes": keyframes,
        "seconds": composition.seconds,
        "path": composition.path,
        "radius": composition.radius,
        "is_ping_pong": composition.is_ping_pong,
    }


def read_composition(values: object, vectors: Vectors) -> Composition:
    """Read what `write_composition` gave. Raises `BadRecipe` for anything else."""
    found = read_fields(Composition, values)
    keyframes = found["keyframes"]
    if not isinstance(keyframes, list):
        raise BadRecipe(reason="its keyframes are not keyframes")
    found["keyframes"] = tuple(_read_keyframe(each, vectors) for each in keyframes)
    return Composition(**found)


def _read_keyframe(values: object, vectors: Vectors) -> Keyframe:
    found = read_fields(Keyframe, values)
    return Keyframe(**found | {"point": read_point(found["point"], vectors)})
