"""The recipe of an artwork: everything needed to make the same pixels again.

A recipe travels inside files that come from anywhere, so reading one trusts nothing: its size,
nesting, types and ranges are checked before a `Recipe` exists.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal, Self, get_args

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

RECIPE_VERSION = 1
MAX_RECIPE_BYTES = 64 * 1024
SEED_MAX = 2**32 - 1
DIVERSITY_MAX = 2.0
MAX_POINTS = 400
"""A sheet of 20 x 20; the longest recipe of so many points stays within `MAX_RECIPE_BYTES`."""
MAX_FRAMES = 36_000
MAX_FPS = 120.0
MAX_TEXT = 100
"""Characters in one text of a recipe."""

Method = Literal["slerp", "lerp"]
Kind = Literal["picture", "sheet", "loop"]


class BadRecipe(StudioError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The recipe cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another picture.")


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
        _check_whole("seed", self.seed, 0, SEED_MAX)
        if self.other_seed is not None:
            _check_whole("other_seed", self.other_seed, 0, SEED_MAX)
        _check_number("amount", self.amount, 0.0, 1.0)
        _check_choice("method", self.method, get_args(Method))
        _check_number("diversity", self.diversity, 0.0, DIVERSITY_MAX)


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
        _check_version(self.version)
        _check_choice("kind", self.kind, get_args(Kind))
        _check_points(self.kind, self.points)
        for name in ("model_hash", "architecture", "preset", "data_hash", "app_version"):
            _check_text(name, getattr(self, name))
        if not self.model_hash:
            raise BadRecipe(reason="it names no model")
        _check_date("created", self.created)
        _check_whole("side", self.side, 1, 8192)
        _check_whole("steps", self.steps, 0, 2**53)
        _check_whole("pictures", self.pictures, 0, 2**53)
        is_loop = self.kind == "loop"
        _check_whole("frames", self.frames, *((1, MAX_FRAMES) if is_loop else (0, 0)))
        _check_number("fps", self.fps, *((0.1, MAX_FPS) if is_loop else (0.0, 0.0)))

    def to_json(self) -> str:
        """Return the recipe as compact ASCII JSON of at most `MAX_RECIPE_BYTES`."""
        return json.dumps(asdict(self), separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read `to_json`'s text. Raises `BadRecipe` for anything else."""
        if len(text) > MAX_RECIPE_BYTES:
            raise BadRecipe(reason="it is too long")
        try:
            values = json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise BadRecipe(reason="it is not a readable text") from None
        if not isinstance(values, dict):
            raise BadRecipe(reason="it is not a recipe")
        # A newer version may have other fields: say so before complaining about those.
        _check_version(values.get("version"))
        points = values.get("points")
        if not isinstance(points, list):
            raise BadRecipe(reason="it has no points")
        _check_names(cls, values)
        return cls(**{**values, "points": tuple(_point(each) for each in points)})


def _point(values: object) -> Point:
    if not isinstance(values, dict):
        raise BadRecipe(reason="one of its points is not a point")
    _check_names(Point, values)
    return Point(**values)


def _refuse_constant(name: str) -> float:
    raise ValueError(name)  # NaN and the infinities are no JSON


def _check_names(record: type, values: dict[str, Any]) -> None:
    """Raise `BadRecipe` unless exactly the fields of `record` are given."""
    expected = {each.name for each in fields(record)}
    for name in sorted(expected - values.keys()):
        raise BadRecipe(reason=f"{name} is missing")
    if values.keys() - expected:
        raise BadRecipe(reason="it has parts that do not belong to it")


def _check_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadRecipe(reason="it has no version")
    if version > RECIPE_VERSION:
        raise BadRecipe(reason="it was made by a newer version of the studio")


def _check_points(kind: Kind, points: object) -> None:
    if not isinstance(points, tuple) or not all(isinstance(each, Point) for each in points):
        raise BadRecipe(reason="its points are not points")
    most = 1 if kind == "picture" else MAX_POINTS
    if not 1 <= len(points) <= most:
        raise BadRecipe(reason=f"a {kind} has 1 to {most} points, and it has {len(points)}")


def _check_whole(name: str, value: object, low: int, high: int) -> None:
    fitting = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    if not fitting:
        raise BadRecipe(reason=f"{name} is not a whole number from {low} to {high}")


def _check_number(name: str, value: object, low: float, high: float) -> None:
    fitting = isinstance(value, int | float) and not isinstance(value, bool)
    # NaN fails the comparison, as it should.
    if not fitting or not low <= value <= high:  # type: ignore[operator]  # narrowed by `fitting`
        raise BadRecipe(reason=f"{name} is not a number from {low:g} to {high:g}")


def _check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in choices:
        raise BadRecipe(reason=f"{name} is none of {', '.join(choices)}")


def _check_text(name: str, value: object) -> None:
    """Refuse long texts and characters that could garble or disguise what is shown."""
    if not isinstance(value, str) or len(value) > MAX_TEXT or not value.isprintable():
        raise BadRecipe(reason=f"{name} is not a short plain text")


def _check_date(name: str, value: object) -> None:
    _check_text(name, value)
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        raise BadRecipe(reason=f"{name} is not a date") from None
