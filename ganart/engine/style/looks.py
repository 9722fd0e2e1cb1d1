"""What a photo is stylized with, as plain records. Imports no torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LookKind = Literal["picture", "built-in", "brush"]
Colour = Literal["style", "luminance", "moments"]
COLOURS: tuple[Colour, ...] = ("style", "luminance", "moments")
"""The style's colours; the photo's colours under the painting's light and dark; the painting
recoloured to the photo's mean and covariance."""


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


@dataclass(frozen=True, slots=True)
class Look:
    """A way to stylize at speed: ingredients of one kind, mixed."""

    kind: LookKind
    ingredients: tuple[Ingredient, ...]
    strength: float = 1.0
    """0 the photo's own look, 1 the style in full."""
    colour: Colour = "style"
