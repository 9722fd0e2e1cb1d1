"""What the catalogue tells about files."""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any, Self

from ganart.datasets.errors import Reason

BAD_CONTENT = (LookupError, TypeError, ValueError)
"""What reading a row raises when a sound-looking database holds what was never written."""

MAX_WEIGHT = 100.0
"""A picture may be shown so many times as often as others, no more."""

MAX_STARS = 5


def check_weight(weight: float) -> float:
    """Return `weight`; raises `ValueError` where it is not within 0 to `MAX_WEIGHT`."""
    if not 0.0 <= weight <= MAX_WEIGHT:
        raise ValueError(f"a picture cannot have the weight {weight}")
    return weight


def check_stars(stars: int) -> int:
    """Return `stars`; raises `ValueError` where they are not 0 to `MAX_STARS`."""
    if not 0 <= stars <= MAX_STARS:
        raise ValueError(f"a picture cannot have {stars} stars")
    return stars


class Mark(StrEnum):
    """What the artist says of a picture. A rejected one is not trained on."""

    NONE = "none"
    PICKED = "picked"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """Whether a picture can be used."""

    READABLE = "readable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One catalogued file; width, height and hash are 0 and '' for a refused one."""

    id: int
    path: Path
    width: int
    height: int
    size_bytes: int
    mtime_ns: int
    pixel_hash: str
    verdict: Verdict
    reason: Reason | None
    weight: float = 1.0
    """How often training shows it, as a multiple of the usual; 0 exactly if it is rejected."""
    mark: Mark = Mark.NONE
    stars: int = 0
    """0 to `MAX_STARS`."""
    seen: bool = False
    """Whether the artist has looked at it."""
    tags: frozenset[str] = frozenset()
    framing: str | None = None
    """How it is cropped, as JSON of the framing; None in the usual way."""
    kept_weight: float = 1.0
    """Of a rejected one the weight that it has again when it is accepted; else its weight."""

    @classmethod
    def of(cls, row: sqlite3.Row, tags: frozenset[str] = frozenset()) -> Self:
        """Return the record of a database row; raises an error of `BAD_CONTENT` for nonsense."""
        mark = Mark(row["mark"])
        weight = check_weight(float(row["weight"]))
        return cls(
            id=row["id"],
            path=Path(os.fsdecode(row["path"])),
            width=int(row["width"]),
            height=int(row["height"]),
            size_bytes=int(row["size_bytes"]),
            mtime_ns=int(row["mtime_ns"]),
            pixel_hash=str(row["pixel_hash"]),
            verdict=Verdict(row["verdict"]),
            reason=None if row["reason"] is None else Reason[row["reason"]],
            weight=0.0 if mark is Mark.REJECTED else weight,
            mark=mark,
            stars=check_stars(int(row["stars"])),
            seen=bool(row["seen"]),
            tags=tags,
            framing=None if row["framing"] is None else str(row["framing"]),
            kept_weight=weight or 1.0,
        )

    def noted(self, notes: Mapping[str, Any]) -> Self:
        """Return the record with other values of some fields, three times as fast as `replace`."""
        values = list(_values(self))
        for name, value in notes.items():
            values[_PLACES[name]] = value
        return type(self)(*values)


_PLACES = {each.name: place for place, each in enumerate(fields(PictureRow))}
_values = attrgetter(*_PLACES)


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it was when the folder was listed."""

    path: Path
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files of each verdict the catalogue has."""

    readable: int
    refused: int
    excluded: int = 0
    """Readable ones that training leaves out: the rejected."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many readable pictures have each note of the artist."""

    total: int
    seen: int
    marks: Mapping[Mark, int]
    stars: tuple[int, ...]
    """By the number of stars, from none on."""
    tags: Mapping[str, int]
