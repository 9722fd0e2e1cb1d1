"""What becomes of each picture of the corpus; python -m tests.corpus.outcomes writes it anew.

A changed line wants a look at the picture: the file says what is right, not what happens.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from PIL import Image

from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable

CORPUS = Path(__file__).parent
TABLE = CORPUS / "outcomes.tsv"
FOLDERS = ("bmpsuite", "made", "pillow", "pngsuite")
NEAR = 3
"""Levels by which colours may differ, since versions of lossy decoders do."""


@dataclass(frozen=True)
class Outcome:
    """A refusal, or the size and the mean colours of the four quarters, which tell the turn too."""

    refusal: str = ""
    size: tuple[int, int] = (0, 0)
    quarters: tuple[int, ...] = ()

    @classmethod
    def of(cls, path: Path) -> Self:
        try:
            image = decode(path)
        except Unreadable as error:
            return cls(error.reason.name)
        small = np.asarray(image.resize((2, 2), Image.Resampling.BOX))
        return cls("", image.size, tuple(small.ravel().tolist()))

    @classmethod
    def parse(cls, text: str) -> Self:
        words = text.split()
        if len(words) == 1:
            return cls(text)
        width, _, height = words[0].partition("x")
        return cls("", (int(width), int(height)), tuple(bytes.fromhex("".join(words[1:]))))

    def __str__(self) -> str:
        if self.refusal:
            return self.refusal
        colours = [bytes(self.quarters[begin : begin + 3]).hex() for begin in range(0, 12, 3)]
        return " ".join((f"{self.size[0]}x{self.size[1]}", *colours))

    def is_near(self, other: "Outcome") -> bool:
        pairs = zip(self.quarters, other.quarters, strict=False)
        same = (self.refusal, self.size) == (other.refusal, other.size)
        return same and all(abs(one - two) <= NEAR for one, two in pairs)


def files() -> list[str]:
    """Return the names of all pictures, in order."""
    return sorted(
        path.relative_to(CORPUS).as_posix()
        for folder in FOLDERS
        for path in (CORPUS / folder).iterdir()
    )


def pinned() -> dict[str, Outcome]:
    """Return what is written down."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {name: Outcome.parse(text) for name, text in (line.split("\t") for line in lines)}


if __name__ == "__main__":
    TABLE.write_text(
        "".join(f"{name}\t{Outcome.of(CORPUS / name)}\n" for name in files()), encoding="utf-8"
    )
