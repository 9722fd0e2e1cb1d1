"""The recipe of an artwork: everything needed to make the same pixels again.

A recipe travels inside files that come from anywhere, so reading one trusts nothing: its size,
nesting, types and ranges are checked before a `Recipe` exists.
"""

import json
from dataclasses import asdict, dataclass
from typing import Literal, Self, get_args

from ganart.media.recipe_checks import MAX_RECIPE_BYTES as MAX_RECIPE_BYTES
from ganart.media.recipe_checks import MAX_TEXT as MAX_TEXT
from ganart.media.recipe_checks import BadRecipe as BadRecipe
from ganart.media.recipe_checks import (
    check_choice,
    check_date,
    check_names,
    check_number,
    check_text,
    check_version,
    check_whole,
    read_object,
)

RECIPE_VERSION = 1
SEED_MAX = 2**32 - 1
DIVERSITY_MAX = 2.0
MAX_POINTS = 400
"""A sheet of 20 x 20; the longest recipe of so many points stays within `MAX_RECIPE_BYTES`."""
MAX_FRAMES = 36_000
MAX_FPS = 120.0

Method = Literal["slerp", "lerp"]
Kind = Literal["picture", "sheet", "loop"]


@dataclass(frozen=True, slots=True)
class Point:
    """A place in latent space: one seed, or a place between two. Raises `BadRecipe`."""

    seed: int
    """0 ... SEED_MAX."""
    other_seed: int | None = None
    amount: float = 0.0
    """Share of the way from `seed` to `other_seed`, 0 ... 1."""
    method: Method = "slerp"
    diversity: float = 1.0
    """Truncation: 0 is the average picture, 1 the model as trained; 0 ... DIVERSITY_MAX."""

    def __post_init__(self) -> None:
        check_whole("seed", self.seed, 0, SEED_MAX)
        if self.other_seed is not None:
            check_whole("other_seed", self.other_seed, 0, SEED_MAX)
        check_number("amount", self.amount, 0.0, 1.0)
        check_choice("method", self.method, get_args(Method))
        check_number("diversity", self.diversity, 0.0, DIVERSITY_MAX)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an artwork was made. Raises `BadRecipe` for values out of range."""

    kind: Kind
    points: tuple[Point, ...]
    """The picture, the sheet's tiles row by row, or the stations of a closed walk."""
    model_hash: str
    architecture: str
    side: int
    """Side of the model's pictures in pixels."""
    preset: str
    steps: int
    """Training steps of the model."""
    pictures: int
    """Real pictures that the model had been shown."""
    data_hash: str
    app_version: str
    created: str
    """ISO 8601 date and time."""
    frames: int = 0
    """Frames of a loop, else 0."""
    fps: float = 0.0
    """Frames per second of a loop, else 0."""
    version: int = RECIPE_VERSION

    def __post_init__(self) -> None:
        check_version(self.version, RECIPE_VERSION)
        check_choice("kind", self.kind, get_args(Kind))
        _check_points(self.kind, self.points)
        for name in ("model_hash", "architecture", "preset", "data_hash", "app_version"):
            check_text(name, getattr(self, name))
        if not self.model_hash:
            raise BadRecipe(reason="it names no model")
        check_date("created", self.created)
        check_whole("side", self.side, 1, 8192)
        check_whole("steps", self.steps, 0, 2**53)
        check_whole("pictures", self.pictures, 0, 2**53)
        is_loop = self.kind == "loop"
        check_whole("frames", self.frames, *((1, MAX_FRAMES) if is_loop else (0, 0)))
        check_number("fps", self.fps, *((0.1, MAX_FPS) if is_loop else (0.0, 0.0)))

    def to_json(self) -> str:
        """Return the recipe as compact ASCII JSON of at most `MAX_RECIPE_BYTES`."""
        return json.dumps(asdict(self), separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read `to_json`'s text. Raises `BadRecipe` for anything else."""
        values = read_object(text)
        # A newer version may have other fields: say so before complaining about those.
        check_version(values.get("version"), RECIPE_VERSION)
        points = values.get("points")
        if not isinstance(points, list):
            raise BadRecipe(reason="it has no points")
        check_names(cls, values)
        return cls(**{**values, "points": tuple(_point(each) for each in points)})


def _point(values: object) -> Point:
    if not isinstance(values, dict):
        raise BadRecipe(reason="one of its points is not a point")
    check_names(Point, values)
    return Point(**values)


def _check_points(kind: Kind, points: object) -> None:
    if not isinstance(points, tuple) or not all(isinstance(each, Point) for each in points):
        raise BadRecipe(reason="its points are not points")
    most = 1 if kind == "picture" else MAX_POINTS
    if not 1 <= len(points) <= most:
        raise BadRecipe(reason=f"a {kind} has 1 to {most} points, and it has {len(points)}")
