"""The recipe of an artwork: everything needed to make the same pixels again.

A recipe travels inside files that come from anywhere, so reading one trusts nothing: its size,
nesting, types and ranges are checked before a `Recipe` exists.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self, get_args

from ganart.media.composition import SECONDS_MIN, Composition, read_composition, write_composition
from ganart.media.drawn import Drawn
from ganart.media.point import Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import MAX_RECIPE_BYTES as MAX_RECIPE_BYTES
from ganart.media.recipe_checks import MAX_TEXT as MAX_TEXT
from ganart.media.recipe_checks import BadRecipe as BadRecipe
from ganart.media.recipe_checks import (
    Value,
    check_choice,
    check_date,
    check_number,
    check_options,
    check_text,
    check_version,
    check_whole,
    read_fields,
    read_object,
)

RECIPE_VERSION = 3
MAX_POINTS = 400
"""A sheet of 20 x 20."""
MAX_FRAMES = 108_000
MAX_FPS = 120.0

Kind = Literal["picture", "sheet", "loop"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an artwork was made. Raises `BadRecipe` for values out of range."""

    kind: Kind
    points: tuple[Point, ...]
    """The picture, the sheet's tiles row by row, or none for a loop."""
    model_hash: str
    architecture: str
    width: int
    """Of the model's pictures in pixels, as is the height."""
    height: int
    preset: str
    steps: int
    """Training steps of the model."""
    pictures: int
    """Real pictures that the model had been shown."""
    data_hash: str
    app_version: str
    created: str
    """ISO 8601 date and time."""
    composition: Composition | None = None
    """Of a loop."""
    frames: int = 0
    """Frames of a loop, else 0."""
    fps: float = 0.0
    """Frames per second of a loop, else 0."""
    stretched_from: float = 0.0
    """As in `Drawn`."""
    output: Mapping[str, Value] = field(default_factory=dict, hash=False)
    """How it was saved, such as its size, where that is not as the model draws it."""
    version: int = RECIPE_VERSION

    def __post_init__(self) -> None:
        check_version(self.version, RECIPE_VERSION)
        check_choice("kind", self.kind, get_args(Kind))
        _check_points(self.kind, self.points, self.composition)
        for name in ("model_hash", "architecture", "preset", "data_hash", "app_version"):
            check_text(name, getattr(self, name))
        if not self.model_hash:
            raise BadRecipe(reason="it names no model")
        check_date("created", self.created)
        _ = self.drawn  # which checks it
        check_whole("steps", self.steps, 0, 2**53)
        check_whole("pictures", self.pictures, 0, 2**53)
        is_loop = self.kind == "loop"
        check_whole("frames", self.frames, *((1, MAX_FRAMES) if is_loop else (0, 0)))
        check_number("fps", self.fps, *((0.1, MAX_FPS) if is_loop else (0.0, 0.0)))
        check_options(self.output)

    @property
    def drawn(self) -> Drawn:
        """The model's pictures."""
        return Drawn(self.width, self.height, self.stretched_from)

    @property
    def places(self) -> tuple[Point, ...]:
        """All points that it names, those of a loop's keyframes too."""
        keyframes = self.composition.keyframes if self.composition is not None else ()
        return (*self.points, *(each.point for each in keyframes))

    def to_json(self) -> str:
        """Return the recipe as compact ASCII JSON. Raises `BadRecipe` if it is over
        `MAX_RECIPE_BYTES`.
        """
        vectors = Vectors()
        values: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        values["points"] = [write_point(each, vectors) for each in self.points]
        values["output"] = dict(self.output)
        if self.composition is not None:
            values["composition"] = write_composition(self.composition, vectors)
        values["vectors"] = vectors.texts
        text = json.dumps(values, separators=(",", ":"), allow_nan=False)
        if len(text) > MAX_RECIPE_BYTES:
            raise BadRecipe(reason="it is too long")
        return text

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read `to_json`'s text, of this version or an older one. Raises `BadRecipe` for anything
        else.
        """
        values = read_object(text)
        # A newer version may have other fields: say so before complaining about those.
        check_version(values.get("version"), RECIPE_VERSION)
        if values["version"] == 1:
            values = _from_version_1(values)
        if values["version"] == 2:
            values = _from_version_2(values)
        texts = values.pop("vectors", [])
        if not isinstance(texts, list):
            raise BadRecipe(reason="its vectors are not vectors")
        vectors = Vectors(texts)
        found = read_fields(cls, values)
        if not isinstance(found["points"], list):
            raise BadRecipe(reason="it has no points")
        found["points"] = tuple(read_point(each, vectors) for each in found["points"])
        if found.get("composition") is not None:
            found["composition"] = read_composition(found["composition"], vectors)
        return cls(**found)


def _check_points(kind: Kind, points: object, composition: object) -> None:
    if not isinstance(points, tuple) or not all(isinstance(each, Point) for each in points):
        raise BadRecipe(reason="its points are not points")
    if kind == "loop":
        if points or not isinstance(composition, Composition):
            raise BadRecipe(reason="a loop has keyframes, and it has none")
        return
    if composition is not None:
        raise BadRecipe(reason=f"a {kind} has no keyframes")
    most = 1 if kind == "picture" else MAX_POINTS
    if not 1 <= len(points) <= most:
        raise BadRecipe(reason=f"a {kind} has 1 to {most} points, and it has {len(points)}")


def _from_version_1(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a recipe of version 1 as version 2 has them.

    Its points were one seed, or a place between two; a loop's, the stations of a closed walk.
    """
    points = values.get("points")
    if not isinstance(points, list):
        raise BadRecipe(reason="it has no points")
    fresh = values | {"version": 2, "points": [_point_of_version_1(each) for each in points]}
    if values.get("kind") == "loop" and points:
        fps: Any = values.get("fps")
        frames: Any = values.get("frames")
        check_number("fps", fps, 0.1, MAX_FPS)
        check_whole("frames", frames, 1, MAX_FRAMES)
        fresh["composition"] = {
            "keyframes": [
                {"point": point, "at": row / len(points), "method": point.get("method", "slerp")}
                for row, point in enumerate(fresh["points"])
            ],
            "seconds": max(SECONDS_MIN, float(frames) / float(fps)),
        }
        fresh["points"] = []
    return fresh


def _from_version_2(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a recipe of version 2, whose pictures were squares, as version 3 has
    them.
    """
    if "side" not in values:
        raise BadRecipe(reason="side is missing")
    fresh = {name: each for name, each in values.items() if name != "side"}
    return fresh | {"version": 3, "width": values["side"], "height": values["side"]}


def _point_of_version_1(values: object) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise BadRecipe(reason="one of its points is not a point")
    older = dict(values)
    seed, other = older.pop("seed", None), older.pop("other_seed", None)
    amount = older.pop("amount", 0.0)
    if other is None:
        return older | {"parts": [{"seed": seed}]}
    check_number("amount", amount, 0.0, 1.0)
    shares = [(seed, 1 - amount), (other, amount)]
    return older | {"parts": [{"seed": one, "weight": w} for one, w in shares if w >= 1e-9]}
