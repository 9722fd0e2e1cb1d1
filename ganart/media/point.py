"""A place in what a model learned: which latents are mixed there, and what is changed after that.

Points travel inside files that come from anywhere, so making one checks every value.
"""

import base64
import binascii
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, get_args

from ganart.media.recipe_checks import (
    BadRecipe,
    check_choice,
    check_number,
    check_text,
    check_whole,
    read_fields,
)

SEED_MAX = 2**32 - 1
DIVERSITY_MAX = 2.0
GENE_MAX = 20.0
"""Of the amount of a gene, to either side."""
LAYER_MAX = 63
MAX_PARTS = 16
MAX_GENES = 64
MAX_STYLES = 16
MAX_NUMBERS = 2**16
"""Numbers in one vector."""

if TYPE_CHECKING:  # the window's first parts know points, and come up before NumPy is loaded
    import numpy as np
    import numpy.typing as npt

Method = Literal["slerp", "lerp"]
Space = Literal["z", "w"]
Numbers: TypeAlias = "npt.NDArray[np.float32]"


def vector_of(numbers: Numbers) -> bytes:
    """Return numbers as points hold them: little-endian float32, without their shape."""
    import numpy as np

    return np.ascontiguousarray(numbers, dtype="<f4").tobytes()


def numbers_of(vector: bytes) -> Numbers:
    """Return the numbers (n,) of `vector_of`."""
    import numpy as np

    return np.frombuffer(vector, dtype="<f4").astype(np.float32)


@dataclass(frozen=True, slots=True)
class Part:
    """One latent of a mix: that of a seed, or numbers of its own. Raises `BadRecipe`."""

    seed: int | None = None
    """0 ... SEED_MAX, or None where there is a vector."""
    vector: bytes = b""
    """As `vector_of` makes it: (size,), or in space "w" also (layers, size)."""
    space: Space = "z"
    """Where the vector lies: "z", standard-normal latents, or "w", styles; seeds are in z."""
    weight: float = 1.0
    """Above 0; only how weights compare to each other counts."""

    def __post_init__(self) -> None:
        if (self.seed is None) != bool(self.vector):
            raise BadRecipe(reason="a part of one of its points has no place")
        if self.seed is not None:
            check_whole("seed", self.seed, 0, SEED_MAX)
        check_choice("space", self.space, get_args(Space))
        check_number("weight", self.weight, 1e-9, 1e9)
        _check_vector(self.vector)


@dataclass(frozen=True, slots=True)
class Gene:
    """A direction that is followed for a while. Raises `BadRecipe`."""

    name: str
    vector: bytes
    """The direction (size,), in w where the model has styles, else in z."""
    amount: float
    """How far, in lengths of the vector; -GENE_MAX ... GENE_MAX."""
    first: int = 0
    """The coarsest layer that follows it, where the model has styles."""
    last: int = LAYER_MAX
    """The finest one."""

    def __post_init__(self) -> None:
        check_text("name", self.name)
        check_number("amount", self.amount, -GENE_MAX, GENE_MAX)
        _check_vector(self.vector)
        _check_layers(self.first, self.last)


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """Layers that take their style from elsewhere (style mixing). Raises `BadRecipe`."""

    part: Part
    first: int
    last: int

    def __post_init__(self) -> None:
        if not isinstance(self.part, Part):
            raise BadRecipe(reason="a style of one of its points has no place")
        _check_layers(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in latent space, and how it is drawn. Raises `BadRecipe`.

    Its picture is found in this order: `parts` are mixed, the mix is drawn towards the most common
    picture (`diversity`), some layers take other `styles`, and `genes` move it.
    """

    parts: tuple[Part, ...]
    method: Method = "slerp"
    """How parts are mixed: along great circles or straight."""
    diversity: float = 1.0
    """Truncation: 0 is the average picture, 1 the model as trained; 0 ... DIVERSITY_MAX."""
    genes: tuple[Gene, ...] = ()
    styles: tuple[LayerStyle, ...] = ()
    noise: bool = True
    """Whether the details left to chance are drawn, where the model has such."""

    def __post_init__(self) -> None:
        for name, values, kind, most in (
            ("parts", self.parts, Part, MAX_PARTS),
            ("genes", self.genes, Gene, MAX_GENES),
            ("styles", self.styles, LayerStyle, MAX_STYLES),
        ):
            fitting = isinstance(values, tuple) and all(isinstance(each, kind) for each in values)
            if not fitting or len(values) > most:
                raise BadRecipe(reason=f"the {name} of one of its points are not {name}")
        if not self.parts:
            raise BadRecipe(reason="one of its points is nowhere")
        check_choice("method", self.method, get_args(Method))
        check_number("diversity", self.diversity, 0.0, DIVERSITY_MAX)
        if not isinstance(self.noise, bool):
            raise BadRecipe(reason="noise is neither on nor off")

    @classmethod
    def at(cls, seed: int, diversity: float = 1.0) -> Self:
        """Return the point of a seed."""
        return cls((Part(seed),), diversity=diversity)

    @classmethod
    def between(
        cls, seed: int, other: int, amount: float, method: Method = "slerp", diversity: float = 1.0
    ) -> Self:
        """Return the point at a share of the way, 0 ... 1, from one seed to another."""
        check_number("amount", amount, 0.0, 1.0)
        shares = ((seed, 1 - amount), (other, amount))
        parts = tuple(Part(each, weight=share) for each, share in shares if share >= 1e-9)
        return cls(parts, method, diversity)

    @property
    def seed(self) -> int | None:
        """The seed of a point that is nothing but one, drawn in the usual way; else None."""
        plain = len(self.parts) == 1 and not (self.genes or self.styles)
        return self.parts[0].seed if plain else None

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that it is mixed from."""
        return tuple(each.seed for each in self.parts if each.seed is not None)


class Vectors:
    """The vectors of some points as texts, each once: points share genes."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self.texts = list(texts)
        self._places: dict[bytes, int] = {}

    def place(self, vector: bytes) -> int:
        """Return the number under which a vector is kept."""
        if vector not in self._places:
            self._places[vector] = len(self.texts)
            self.texts.append(base64.b64encode(vector).decode("ascii"))
        return self._places[vector]

    def take(self, place: object) -> bytes:
        """Return the vector of a number. Raises `BadRecipe`."""
        check_whole("vector", place, 0, len(self.texts) - 1)
        text = self.texts[place]  # type: ignore[call-overload]  # checked to be a whole number
        try:
            return base64.b64decode(text, validate=True)
        except (ValueError, TypeError, binascii.Error):
            raise BadRecipe(reason="one of its vectors is not a vector") from None


def write_point(point: Point, vectors: Vectors) -> dict[str, Any]:
    """Return a point as JSON values; its vectors go to `vectors`. What is usual is left out."""
    values = _unusual(point, method="slerp", diversity=1.0, noise=True)
    values["parts"] = [_write_part(each, vectors) for each in point.parts]
    if point.genes:
        values["genes"] = [write_gene(each, vectors) for each in point.genes]
    if point.styles:
        values["styles"] = [
            {"part": _write_part(each.part, vectors), "first": each.first, "last": each.last}
            for each in point.styles
        ]
    return values


def read_point(values: object, vectors: Vectors) -> Point:
    """Read what `write_point` gave. Raises `BadRecipe` for anything else."""
    found = read_fields(Point, values)
    for name, read in (("parts", _read_part), ("genes", read_gene), ("styles", _read_style)):
        if name in found:
            if not isinstance(found[name], list):
                raise BadRecipe(reason=f"the {name} of one of its points are not {name}")
            found[name] = tuple(read(each, vectors) for each in found[name])
    return Point(**found)


def write_gene(gene: Gene, vectors: Vectors) -> dict[str, Any]:
    """Return a gene as JSON values; its vector goes to `vectors`."""
    values = _unusual(gene, first=0, last=LAYER_MAX)
    return values | {"name": gene.name, "amount": gene.amount, "vector": vectors.place(gene.vector)}


def read_gene(values: object, vectors: Vectors) -> Gene:
    """Read what `write_gene` gave. Raises `BadRecipe` for anything else."""
    return Gene(**_with_vector(read_fields(Gene, values), vectors))


def _write_part(part: Part, vectors: Vectors) -> dict[str, Any]:
    values = _unusual(part, seed=None, space="z", weight=1.0)
    return values | ({"vector": vectors.place(part.vector)} if part.vector else {})


def _read_part(values: object, vectors: Vectors) -> Part:
    return Part(**_with_vector(read_fields(Part, values), vectors))


def _read_style(values: object, vectors: Vectors) -> LayerStyle:
    found = read_fields(LayerStyle, values)
    return LayerStyle(**found | {"part": _read_part(found["part"], vectors)})


def _with_vector(values: dict[str, Any], vectors: Vectors) -> dict[str, Any]:
    return values | {"vector": vectors.take(values["vector"])} if "vector" in values else values


def _unusual(record: object, **usual: object) -> dict[str, Any]:
    """Return the named values of a record that are not as usual."""
    values = {name: getattr(record, name) for name in usual}
    return {name: value for name, value in values.items() if value != usual[name]}


def _check_layers(first: object, last: object) -> None:
    check_whole("first", first, 0, LAYER_MAX)
    check_whole("last", last, 0, LAYER_MAX)
    if last < first:  # type: ignore[operator]  # checked to be whole numbers
        raise BadRecipe(reason="its layers end before they begin")


def _check_vector(vector: object) -> None:
    if not isinstance(vector, bytes) or len(vector) % 4 or len(vector) > 4 * MAX_NUMBERS:
        raise BadRecipe(reason="one of its vectors is not a vector")
    # Of numbers of which one is not finite, neither is the largest.
    if vector and not math.isfinite(float(abs(numbers_of(vector)).max())):
        raise BadRecipe(reason="one of its vectors is not finite")
