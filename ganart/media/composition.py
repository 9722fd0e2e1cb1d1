"""A composed loop: which points it visits, when, and how it goes from one to the next."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, get_args

from ganart.media.drive import Drive, read_drive, write_drive
from ganart.media.point import SEED_MAX, Method, Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import (
    BadRecipe,
    check_choice,
    check_number,
    check_whole,
    read_fields,
)

MAX_KEYFRAMES = 400
SECONDS_MIN = 0.1
SECONDS_MAX = 3600.0
HOLD_MAX = 0.95
AT_MAX = 0.999_999
LEAST_GAP = 1e-5
"""Between two keyframes, as a share of the loop."""
RADIUS_MAX = 100.0
LAPS_MAX = 8
BPM_MAX = 999.0

Ease = Literal["even", "smooth", "start", "end"]
"""How the speed changes on the way: not at all, slow at both ends, slow at the start or the end."""
Path = Literal["legs", "spline", "circle"]
"""From keyframe to keyframe, on a smooth curve through all, or on a circle about the first."""


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A point that the loop visits. Raises `BadRecipe`."""

    point: Point
    at: float
    """When it is reached, as a share of the loop: 0 ... AT_MAX."""
    hold: float = 0.0
    """How much of the time until the next one it stands still; 0 ... HOLD_MAX."""
    ease: Ease = "smooth"
    """Of the way to the next one."""
    method: Method = "slerp"
    """Of the way to the next one."""

    def __post_init__(self) -> None:
        if not isinstance(self.point, Point):
            raise BadRecipe(reason="one of its keyframes is nowhere")
        check_number("at", self.at, 0.0, AT_MAX)
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
    """Whether it goes to the last keyframe and back again, not on to the first. The way back has
    the time from there to the end."""
    seed: int = 0
    """Of the directions of a circle."""
    laps: int = 1
    """Circles laid upon each other, each taken round once more than the one before; more wander
    more. 1 ... LAPS_MAX."""
    bpm: float = 0.0
    """Beats a minute that the times were set by; 0 for none. Nothing depends on it."""
    drive: Drive | None = None
    """The sound that moves it."""

    def __post_init__(self) -> None:
        frames = self.keyframes
        if not isinstance(frames, tuple) or not all(isinstance(each, Keyframe) for each in frames):
            raise BadRecipe(reason="its keyframes are not keyframes")
        if not 1 <= len(frames) <= MAX_KEYFRAMES:
            raise BadRecipe(reason=f"a loop has 1 to {MAX_KEYFRAMES} keyframes")
        if any(after.at - before.at < LEAST_GAP for before, after in pairwise(frames)):
            raise BadRecipe(reason="its keyframes are not in the order of time")
        check_number("seconds", self.seconds, SECONDS_MIN, SECONDS_MAX)
        check_choice("path", self.path, get_args(Path))
        check_number("radius", self.radius, 0.0, RADIUS_MAX)
        check_whole("seed", self.seed, 0, SEED_MAX)
        check_whole("laps", self.laps, 1, LAPS_MAX)
        check_number("bpm", self.bpm, 0.0, BPM_MAX)
        if not isinstance(self.is_ping_pong, bool):
            raise BadRecipe(reason="it does not say whether it comes back")
        if self.drive is not None and not isinstance(self.drive, Drive):
            raise BadRecipe(reason="the sound that moves it is none")


def evenly(
    points: tuple[Point, ...],
    seconds: float,
    method: Method = "slerp",
    *,
    hold: float = 0.0,
    ease: Ease = "smooth",
) -> Composition:
    """Return the loop through some points that gives each the same time."""
    count = len(points)
    return Composition(
        tuple(Keyframe(each, row / count, hold, ease, method) for row, each in enumerate(points)),
        seconds,
    )


def there_and_back(composition: Composition) -> Composition:
    """Return a loop that comes back, in which the way there takes as long as the way back."""
    frames = composition.keyframes
    span = frames[-1].at - frames[0].at
    half = [
        replace(each, at=(each.at - frames[0].at) / span / 2 if span else 0.0) for each in frames
    ]
    return replace(composition, keyframes=tuple(half), is_ping_pong=True)


def there_and_on(composition: Composition) -> Composition:
    """Return a loop that goes on from its last keyframe to the first, at the pace of before."""
    frames = composition.keyframes
    share = (len(frames) - 1) / len(frames)
    span = frames[-1].at - frames[0].at
    wide = [
        replace(each, at=(each.at - frames[0].at) / span * share if span else 0.0)
        for each in frames
    ]
    return replace(composition, keyframes=tuple(wide), is_ping_pong=False)


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
        "seed": composition.seed,
        "laps": composition.laps,
        "bpm": composition.bpm,
        "drive": write_drive(composition.drive, vectors) if composition.drive else None,
    }


def read_composition(values: object, vectors: Vectors) -> Composition:
    """Read what `write_composition` gave. Raises `BadRecipe` for anything else."""
    found = read_fields(Composition, values)
    keyframes = found["keyframes"]
    if not isinstance(keyframes, list):
        raise BadRecipe(reason="its keyframes are not keyframes")
    found["keyframes"] = tuple(_read_keyframe(each, vectors) for each in keyframes)
    if found.get("drive") is not None:
        found["drive"] = read_drive(found["drive"], vectors)
    return Composition(**found)


def _read_keyframe(values: object, vectors: Vectors) -> Keyframe:
    found = read_fields(Keyframe, values)
    return Keyframe(**found | {"point": read_point(found["point"], vectors)})
