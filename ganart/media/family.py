"""A family tree: litters of pictures, each bred from points that may come from an older one."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, get_args

from ganart.media.point import SEED_MAX, Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import (
    BadRecipe,
    check_choice,
    check_number,
    check_whole,
    read_fields,
)

PARENTS = (2, 4)
"""How many there are at least and at most."""
COUNTS = (9, 16, 25)
"""How many children a litter may have in the window; elsewhere any number up to the last."""
MAX_LITTERS = 60
NUMBER_MAX = 2**31 - 1

Kind = Literal["mix", "slerp", "mutate", "all"]
"""How children come about: number by number from one parent or another, as a place between all,
as one parent a little changed, or by all of these in turn."""


@dataclass(frozen=True, slots=True)
class Litter:
    """Children of the same parents; `engine.latent.breeding` says which. Raises `BadRecipe`."""

    parents: tuple[Point, ...]
    seed: int
    wildness: float
    """How far children stray: 0 not at all, 1 up to half-way to a picture by chance."""
    kind: Kind = "all"
    count: int = COUNTS[0]
    number: int = 1
    """Its name in the family, 1 ... NUMBER_MAX."""
    origin: int = 0
    """The number of the litter that it was bred from, which may be forgotten; 0 for none."""

    def __post_init__(self) -> None:
        parents = self.parents
        fitting = isinstance(parents, tuple) and all(isinstance(each, Point) for each in parents)
        if not fitting or not PARENTS[0] <= len(parents) <= PARENTS[1]:
            raise BadRecipe(reason=f"a litter has {PARENTS[0]} to {PARENTS[1]} parents")
        check_whole("seed", self.seed, 0, SEED_MAX)
        check_number("wildness", self.wildness, 0.0, 1.0)
        check_choice("kind", self.kind, get_args(Kind))
        check_whole("count", self.count, 1, COUNTS[-1])
        check_whole("number", self.number, 1, NUMBER_MAX)
        check_whole("origin", self.origin, 0, NUMBER_MAX)


@dataclass(frozen=True, slots=True)
class Family:
    """Litters in the order in which they were bred; the last `MAX_LITTERS` are kept."""

    litters: tuple[Litter, ...] = ()

    def find(self, number: int) -> Litter | None:
        """Return a litter by its number, None if it is forgotten."""
        return next((each for each in self.litters if each.number == number), None)

    def with_litter(self, litter: Litter) -> "Family":
        """Return the family with one more litter, which gets the next number."""
        number = max((each.number for each in self.litters), default=0) + 1
        return Family((*self.litters, replace(litter, number=number))[-MAX_LITTERS:])

    def generation(self, litter: Litter) -> int:
        """Return how many known litters it descends from, one after another."""
        count = 0
        older = self.find(litter.origin)
        while older is not None:
            count += 1
            older = self.find(older.origin)
        return count

    def to_values(self, vectors: Vectors) -> list[dict[str, Any]]:
        """Return the litters as JSON values; the vectors of their points go to `vectors`."""
        return [
            {each.name: getattr(litter, each.name) for each in fields(litter)}
            | {"parents": [write_point(each, vectors) for each in litter.parents]}
            for litter in self.litters
        ]

    @classmethod
    def from_values(cls, values: list[object], vectors: Vectors) -> Self:
        """Read what `to_values` gave. Raises `BadRecipe` for anything else."""
        family = cls(tuple(_read_litter(each, vectors) for each in values[-MAX_LITTERS:]))
        numbers = [each.number for each in family.litters]
        # A litter that descended from itself, or from a later one, would have no generation.
        in_order = all(each.origin < each.number for each in family.litters)
        if numbers != sorted(set(numbers)) or not in_order:
            raise BadRecipe(reason="its litters are not in the order of their numbers")
        return family


def _read_litter(values: object, vectors: Vectors) -> Litter:
    found = read_fields(Litter, values)
    if not isinstance(found["parents"], list):
        raise BadRecipe(reason="the parents of a litter are not points")
    found["parents"] = tuple(read_point(each, vectors) for each in found["parents"])
    return Litter(**found)
