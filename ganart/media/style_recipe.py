"""The recipe of a stylized picture: the photo, the styles and every option that made it.

As with `ganart.media.recipe`, reading one trusts nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self, get_args

import ganart
from ganart.media.recipe import Recipe
from ganart.media.recipe_checks import (
    MAX_NUMBER,
    BadRecipe,
    check_choice,
    check_date,
    check_names,
    check_number,
    check_options,
    check_text,
    check_version,
    check_whole,
    read_object,
)
from ganart.media.recipe_checks import Value as Value

STYLE_RECIPE_VERSION = 1
MAX_NAME = 255
"""Characters in the name of a file."""
MAX_STYLES = 40
_HASH_BLOCK = 2**20
_SEPARATORS = set("/\\")
"""Of folders, on any system."""

StyleKind = Literal["painting", "stylized"]
"""Optimised, or by one pass of a network."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture or a look that went into it. Raises `BadRecipe`."""

    name: str
    """File name without folders, or the key of a built-in look."""
    hash: str = ""
    """SHA-256 of the file in hex; empty where there is none."""
    weight: float = 1.0
    """Share among the styles."""

    def __post_init__(self) -> None:
        check_text("name", self.name, MAX_NAME)
        if set(self.name) & _SEPARATORS:
            raise BadRecipe(reason="one of its names is no name of a file")
        check_text("hash", self.hash)
        check_number("weight", self.weight, 0.0, MAX_NUMBER)


@dataclass(frozen=True, slots=True)
class StyleRecipe:
    """How a picture was stylized. Raises `BadRecipe` for values out of range."""

    kind: StyleKind
    photo: Source
    styles: tuple[Source, ...]
    options: Mapping[str, Value] = field(hash=False)
    """By name, as in `PaintConfig` or `Look`."""
    iterations: int = 0
    """How often a painting was improved, over all its sizes."""
    app_version: str = ganart.__version__
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    """ISO 8601 date and time."""
    version: int = STYLE_RECIPE_VERSION

    def __post_init__(self) -> None:
        check_version(self.version, STYLE_RECIPE_VERSION)
        check_choice("kind", self.kind, get_args(StyleKind))
        if len(self.styles) > MAX_STYLES:
            raise BadRecipe(reason=f"it has more than {MAX_STYLES} styles")
        check_options(self.options)
        check_whole("iterations", self.iterations, 0, 2**53)
        check_text("app_version", self.app_version)
        check_date("created", self.created)

    def to_json(self) -> str:
        """Return the recipe as compact ASCII JSON of at most `MAX_RECIPE_BYTES`."""
        return json.dumps(asdict(self), separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read `to_json`'s text. Raises `BadRecipe` for anything else."""
        values = read_object(text)
        check_version(values.get("version"), STYLE_RECIPE_VERSION)
        check_names(cls, values)
        styles = values["styles"]
        if not isinstance(styles, list):
            raise BadRecipe(reason="it has no styles")
        found = {"photo": _source(values["photo"]), "styles": tuple(map(_source, styles))}
        return cls(**{**values, **found})


def source_of(path: Path, weight: float = 1.0, content: bytes | None = None) -> Source:
    """Describe the file `path`; its hash is left out where it cannot be read any more.

    `content` is the file's where it lies in an archive; `path` then only names it.
    """
    digest = hashlib.sha256(content or b"")
    try:
        if content is None:
            with path.open("rb") as stream:
                while block := stream.read(_HASH_BLOCK):
                    digest.update(block)
        hexadecimal = digest.hexdigest()
    except OSError:
        hexadecimal = ""
    return Source(_printable(path.name), hexadecimal, weight)


def any_recipe(text: str | bytes) -> Recipe | StyleRecipe:
    """Read the JSON of either kind of recipe. Raises `BadRecipe`."""
    if read_object(text).get("kind") in get_args(StyleKind):
        return StyleRecipe.from_json(text)
    return Recipe.from_json(text)


def _printable(name: str) -> str:
    """Replace what may stand in a file name but not in a recipe."""
    fits = (each if each.isprintable() and each not in _SEPARATORS else "?" for each in name)
    return "".join(fits)[:MAX_NAME]


def _source(values: object) -> Source:
    if not isinstance(values, dict):
        raise BadRecipe(reason="one of its pictures is not a picture")
    check_names(Source, values)
    return Source(**values)
