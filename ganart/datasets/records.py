"""What the catalogue tells about files."""

import os
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from ganart.datasets.errors import Reason

BAD_CONTENT = (KeyError, TypeError, ValueError)
"""What reading a row raises when a sound-looking database holds what was never written."""


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
