"""The genes of a project: those found in each model, and what the artist made of them.

A project may come from anywhere, so reading checks every value.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from ganart.files import make_folder
from ganart.media.point import LAYER_MAX, Gene
from ganart.media.recipe_checks import BadRecipe, check_choice, check_text, check_whole, read_fields
from ganart.project.documents import Damaged, read_document, write_document

SCHEMA = 1
MAX_OWN = 200
MAX_NOTES = 5000
Kind = Literal["main", "structure"]


def bands(layers: int) -> tuple[tuple[int, int], ...]:
    """Return the first and the last of the coarse, the middle and the fine layers; none without."""
    edges = [round(share * layers / 3) for share in range(4)]
    return tuple((edges[at], edges[at + 1] - 1) for at in range(3)) if layers >= 3 else ()


@dataclass(frozen=True, slots=True)
class FoundGene:
    """A direction that was found in a model. Raises `BadRecipe`."""

    key: str
    """Names it among those of its model."""
    kind: Kind
    number: int
    """Among those of its kind, from 1, the strongest first."""
    vector: bytes
    first: int = 0
    last: int = LAYER_MAX

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, get_args(Kind))
        check_whole("number", self.number, 1, 999)
        self.gene(self.key, 0.0)

    def gene(self, name: str, amount: float) -> Gene:
        """Return it as points have it."""
        return Gene(name, self.vector, amount, self.first, self.last)


@dataclass(frozen=True, slots=True)
class FoundGenes:
    """What was found in one model."""

    model_hash: str
    latent_size: int
    layers: int
    """That take styles; 0 where there are none."""
    has_noise: bool
    genes: tuple[FoundGene, ...]


@dataclass(frozen=True, slots=True)
class OwnGene:
    """A direction that the artist made from pictures. Raises `BadRecipe`."""

    key: str
    name: str
    vector: bytes

    def __post_init__(self) -> None:
        check_text("key", self.key)
        self.gene(0.0)

    def gene(self, amount: float) -> Gene:
        """Return it as points have it."""
        return Gene(self.name, self.vector, amount)


@dataclass(frozen=True, slots=True)
class Note:
    """What the artist made of a gene. Raises `BadRecipe`."""

    name: str = ""
    """Empty for the one it came with."""
    is_pinned: bool = False
    is_locked: bool = False

    def __post_init__(self) -> None:
        check_text("name", self.name)
        if not isinstance(self.is_pinned, bool) or not isinstance(self.is_locked, bool):
            raise BadRecipe(reason="a gene is neither pinned nor not")


@dataclass(frozen=True, slots=True)
class GeneBook:
    """The artist's own genes, and notes on all."""

    notes: Mapping[str, Note] = field(default_factory=dict, hash=False)
    """By `note_key`, or by the key of an own gene."""
    own: tuple[OwnGene, ...] = ()

    def note(self, key: str) -> Note:
        """Return the note on a gene."""
        return self.notes.get(key, Note())

    def with_note(self, key: str, **changes: object) -> "GeneBook":
        """Return a book in which one note is another."""
        note = replace(self.note(key), **changes)  # type: ignore[arg-type]  # fields of a note
        return replace(self, notes={**self.notes, key: note})


def note_key(model_hash: str, key: str) -> str:
    """Return how notes name a gene that was found in a model."""
    return f"{model_hash}/{key}"


def write_found(folder: Path, found: FoundGenes) -> None:
    """Keep what was found in a model. Raises `StudioError` children, `OSError`."""
    values = {
        "schema": SCHEMA,
        "model_hash": found.model_hash,
        "latent_size": found.latent_size,
        "layers": found.layers,
        "has_noise": found.has_noise,
        "genes": [_fields(each) | {"vector": _text(each.vector)} for each in found.genes],
    }
    write_document(_found_path(make_folder(folder), found.model_hash), values)


def read_found(folder: Path, model_hash: str) -> FoundGenes | None:
    """Return what was found in a model; None where that is not kept, or is damaged or newer."""
    try:
        values = read_document(_found_path(folder, model_hash))
        if values.pop("schema") != SCHEMA:
            return None
        found = read_fields(FoundGenes, values)
        check_whole("latent_size", found["latent_size"], 1, 2**16)
        check_whole("layers", found["layers"], 0, LAYER_MAX + 1)
        genes = (FoundGene(**_with_vector(each, FoundGene)) for each in found["genes"])
        found["genes"] = tuple(genes)
        kept = FoundGenes(**found)
    except (Damaged, OSError, BadRecipe, TypeError):
        return None
    fitting = all(len(each.vector) == 4 * kept.latent_size for each in kept.genes)
    return kept if fitting and kept.model_hash == model_hash else None


def write_book(path: Path, book: GeneBook) -> None:
    """Keep a book. Raises `StudioError` children, `OSError`."""
    values = {
        "schema": SCHEMA,
        "notes": {key: _fields(note) for key, note in book.notes.items() if note != Note()},
        "own": [_fields(each) | {"vector": _text(each.vector)} for each in book.own],
    }
    make_folder(path.parent)
    write_document(path, values)


def read_book(path: Path) -> GeneBook:
    """Return the book in `path`, an empty one where there is none.

    Raises `Damaged` for what is no book or a newer one, `OSError`.
    """
    try:
        values = read_document(path)
    except FileNotFoundError:
        return GeneBook()
    if values["schema"] != SCHEMA:
        raise Damaged("it was written by a newer version of the studio")
    notes, own = values.get("notes"), values.get("own")
    if not isinstance(notes, dict) or not isinstance(own, list):
        raise Damaged("it has no genes")
    if len(notes) > MAX_NOTES or len(own) > MAX_OWN:
        raise Damaged("it has too many genes")
    try:
        return GeneBook(
            {key: Note(**read_fields(Note, each)) for key, each in notes.items()},
            tuple(OwnGene(**_with_vector(each, OwnGene)) for each in own),
        )
    except BadRecipe as error:
        raise Damaged("one of its genes is damaged") from error


def _found_path(folder: Path, model_hash: str) -> Path:
    return folder / f"{model_hash}.json"


def _fields(record: FoundGene | OwnGene | Note) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _text(vector: bytes) -> str:
    return base64.b64encode(vector).decode("ascii")


def _with_vector(values: object, record: type) -> dict[str, Any]:
    found = read_fields(record, values)
    try:
        return found | {"vector": base64.b64decode(found["vector"], validate=True)}
    except (ValueError, TypeError, binascii.Error):
        raise BadRecipe(reason="one of its vectors is not a vector") from None
