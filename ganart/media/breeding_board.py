"""The breeding board: the parents that are chosen, the family so far, and what is looked at."""

from dataclasses import dataclass, field
from typing import Any, Self

from ganart.media.family import COUNTS, NUMBER_MAX, PARENTS, Family, Litter
from ganart.media.point import Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import BadRecipe, check_whole


@dataclass(frozen=True, slots=True)
class Board:
    """All that can be taken back on it, as one value. Raises `BadRecipe`."""

    tray: tuple[Point, ...] = ()
    """The next parents, as far as they are chosen."""
    family: Family = field(default_factory=Family)
    shown: int = 0
    """The number of the litter that is seen, 0 for none."""
    marked: tuple[int, ...] = ()
    """Places in that litter, of those chosen to go on with."""

    def __post_init__(self) -> None:
        check_whole("shown", self.shown, 0, NUMBER_MAX)
        for place in self.marked:
            check_whole("place", place, 0, COUNTS[-1] - 1)
        if len(self.tray) > PARENTS[1] or len(self.marked) > PARENTS[1]:
            raise BadRecipe(reason="its parents are too many")

    @property
    def litter(self) -> Litter | None:
        """The litter that is seen."""
        return self.family.find(self.shown)

    def to_values(self) -> dict[str, Any]:
        """Return the board as JSON values."""
        vectors = Vectors()
        return {
            "tray": [write_point(each, vectors) for each in self.tray],
            "litters": self.family.to_values(vectors),
            "shown": self.shown,
            "marked": list(self.marked),
            "vectors": vectors.texts,
        }

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> Self:
        """Read what `to_values` gave. Raises `BadRecipe` for anything else."""
        lists = ("tray", "litters", "marked", "vectors")
        if any(not isinstance(values.get(name), list) for name in lists):
            raise BadRecipe(reason="it is no breeding board")
        vectors = Vectors(values["vectors"])
        return cls(
            tuple(read_point(each, vectors) for each in values["tray"][: PARENTS[1]]),
            Family.from_values(values["litters"], vectors),
            values.get("shown", 0),
            tuple(values["marked"]),
        )
