"""What a sound does to a loop. The sound itself is not needed again: its loudness is kept."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from ganart.media.point import Gene, Vectors, read_gene, write_gene
from ganart.media.recipe_checks import (
    BadRecipe,
    check_choice,
    check_number,
    check_text,
    read_fields,
)

MAX_LEVELS = 2**16
LEVEL_MAX = 255

Target = Literal["speed", "gene"]
"""Loud passages go faster, or follow a gene further."""


@dataclass(frozen=True, slots=True)
class Drive:
    """Levels of a sound over a loop, and what they move. Raises `BadRecipe`."""

    levels: bytes
    """0 ... LEVEL_MAX each, evenly over the loop: at most MAX_LEVELS."""
    target: Target = "speed"
    strength: float = 0.7
    """Of "speed": 0 hears nothing, 1 stands still in silence."""
    gene: Gene | None = None
    """What is moved by "gene": its amount is that at the loudest."""
    name: str = ""
    """Of the file that was heard, without its folder."""

    def __post_init__(self) -> None:
        if not isinstance(self.levels, bytes) or not 1 <= len(self.levels) <= MAX_LEVELS:
            raise BadRecipe(reason="the sound that moves it has no levels")
        check_choice("target", self.target, get_args(Target))
        check_number("strength", self.strength, 0.0, 1.0)
        check_text("name", self.name)
        if self.gene is not None and not isinstance(self.gene, Gene):
            raise BadRecipe(reason="the gene that its sound moves is none")
        if self.target == "gene" and self.gene is None:
            raise BadRecipe(reason="its sound moves a gene, and there is none")


def write_drive(drive: Drive, vectors: Vectors) -> dict[str, Any]:
    """Return a drive as JSON values; its levels and its gene's vector go to `vectors`."""
    return {
        "levels": vectors.place(drive.levels),
        "target": drive.target,
        "strength": drive.strength,
        "gene": write_gene(drive.gene, vectors) if drive.gene else None,
        "name": drive.name,
    }


def read_drive(values: object, vectors: Vectors) -> Drive:
    """Read what `write_drive` gave. Raises `BadRecipe` for anything else."""
    found = read_fields(Drive, values)
    found["levels"] = vectors.take(found["levels"])
    if found.get("gene") is not None:
        found["gene"] = read_gene(found["gene"], vectors)
    return Drive(**found)
