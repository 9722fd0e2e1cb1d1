"""What a photo is stylized with, as plain records. Imports no torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ganart.engine.errors import BadOption
from ganart.text import QT_TRANSLATE_NOOP

LookKind = Literal["picture", "built-in", "brush"]
Colour = Literal["style", "luminance", "moments"]
COLOURS: tuple[Colour, ...] = ("style", "luminance", "moments")
"""The style's colours; the photo's colours under the painting's light and dark; the painting
recoloured to the photo's mean and covariance."""

BRUSH_FILE = "brush.safetensors"
"""Every brush that is trained in the studio has this name, in a folder of its own."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One style in a look."""

    source: str
    """Path of a style picture or of a brush, or the key of a built-in look."""
    weight: float = 1.0
    """Share among the ingredients, above 0."""

    @property
    def path(self) -> Path:
        """The file of a style picture or a brush."""
        return Path(self.source)

    @property
    def name(self) -> str:
        """A short name: of a picture its file's, of a trained brush its folder's, or the key."""
        path = self.path
        return path.parent.name if path.name == BRUSH_FILE else path.stem


@dataclass(frozen=True, slots=True)
class Look:
    """A way to stylize at speed: ingredients of one kind, mixed."""

    kind: LookKind
    ingredients: tuple[Ingredient, ...]
    strength: float = 1.0
    """0 the photo's own look, 1 the style in full."""
    colour: Colour = "style"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A look that comes with the program; its label is marked in context "looks"."""

    key: str
    label: str


BUILT_IN = (
    BuiltIn("ochre-sky", QT_TRANSLATE_NOOP("looks", "Ochre and sky")),
    BuiltIn("ink-yellow", QT_TRANSLATE_NOOP("looks", "Ink and yellow")),
    BuiltIn("charcoal", QT_TRANSLATE_NOOP("looks", "Charcoal")),
    BuiltIn("wild-strokes", QT_TRANSLATE_NOOP("looks", "Wild strokes")),
    BuiltIn("crimson", QT_TRANSLATE_NOOP("looks", "Crimson poster")),
    BuiltIn("autumn", QT_TRANSLATE_NOOP("looks", "Autumn brush")),
    BuiltIn("night-pods", QT_TRANSLATE_NOOP("looks", "Seeds at night")),
    BuiltIn("primary", QT_TRANSLATE_NOOP("looks", "Primary colours")),
    BuiltIn("pastel-sketch", QT_TRANSLATE_NOOP("looks", "Pastel sketch")),
    BuiltIn("leaf-print", QT_TRANSLATE_NOOP("looks", "Leaf print")),
    BuiltIn("red-chalk", QT_TRANSLATE_NOOP("looks", "Red chalk")),
    BuiltIn("amber-engraving", QT_TRANSLATE_NOOP("looks", "Amber engraving")),
    BuiltIn("lilac-haze", QT_TRANSLATE_NOOP("looks", "Lilac haze")),
    BuiltIn("tapestry", QT_TRANSLATE_NOOP("looks", "Tapestry")),
    BuiltIn("watercolour", QT_TRANSLATE_NOOP("looks", "Pale watercolour")),
    BuiltIn("stained-glass", QT_TRANSLATE_NOOP("looks", "Stained glass")),
    BuiltIn("crayon-dusk", QT_TRANSLATE_NOOP("looks", "Crayon at dusk")),
    BuiltIn("brick-weave", QT_TRANSLATE_NOOP("looks", "Brick weave")),
    BuiltIn("woodcut", QT_TRANSLATE_NOOP("looks", "Woodcut")),
    BuiltIn("starry", QT_TRANSLATE_NOOP("looks", "Starry strokes")),
    BuiltIn("ember", QT_TRANSLATE_NOOP("looks", "Ember")),
    BuiltIn("cut-outs", QT_TRANSLATE_NOOP("looks", "Cut-outs")),
    BuiltIn("ink-wash", QT_TRANSLATE_NOOP("looks", "Ink wash")),
    BuiltIn("twilight", QT_TRANSLATE_NOOP("looks", "Twilight")),
    BuiltIn("wave-print", QT_TRANSLATE_NOOP("looks", "Wave print")),
    BuiltIn("impasto", QT_TRANSLATE_NOOP("looks", "Impasto")),
)
"""In the order of the network's scales and shifts. Named by how they look: the pictures that they
were learnt from are not published."""


def built_in_index(key: str) -> int:
    """Return the place of the look `key` in `BUILT_IN`. Raises `BadOption`."""
    keys = [each.key for each in BUILT_IN]
    if key not in keys:
        raise BadOption(option="look", value=key, allowed=", ".join(keys))
    return keys.index(key)
