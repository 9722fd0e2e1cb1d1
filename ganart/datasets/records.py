"""What the catalogue tells about files."""

import os
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from ganart.datasets.errors import Reason

BAD_CONTENT = (LookupError, TypeError, ValueError)
"""What reading a row raises when a sound-looking database holds what was never written."""

MAX_WEIGHT = 100.0
"""A picture may be shown so many times as often as others, no more."""


def check_weight(weight: float) -> float:
    """Return `weight`; raises `ValueError` where it is not within 0 to `MAX_WEIGHT`."""
    if not 0.0 <= weight <= MAX_WEIGHT:
        raise ValueError(f"a picture cannot have the weight {weight}")
    return weight


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
    """How often training shows it, as a multiple of the usual; 0 excludes it."""

    @classmethod
    def of(cls, row: sqlite3.Row) -> Self:
        """Return the record of a database row; raises an error of `BAD_CONTENT` for nonsense."""
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
            weight=check_weight(float(row["weight"])),
        )


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
    """Readable ones that training leaves out."""
