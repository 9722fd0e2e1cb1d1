"""The pictures of a dataset as columns of numbers, to filter and sort tens of thousands at once."""

import os
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ganart.datasets.filters import Filter
from ganart.datasets.records import Mark, PictureRow

Flags = npt.NDArray[np.bool_]
"""(N,)."""
Keys = npt.NDArray[Any]
"""(N,), what pictures are sorted by, the least first."""

_MARKS = {mark: code for code, mark in enumerate((Mark.PICKED, Mark.NONE, Mark.REJECTED))}
_WIDTH, _HEIGHT, _BYTES, _MODIFIED, _STARS, _SEEN, _MARK = range(7)
_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 12
"""Longer numbers are compared letter by letter."""


class Order(StrEnum):
    """What pictures are sorted by."""

    PATH = "path"
    NAME = "name"
    PIXELS = "pixels"
    SIDE = "side"
    """The shorter one."""
    ASPECT = "aspect"
    """Width / height."""
    BYTES = "bytes"
    MODIFIED = "modified"
    STARS = "stars"
    MARK = "mark"
    """The picked ones first, the rejected ones last."""
    ISSUE = "issue"
    """The score of an issue; keys from elsewhere."""
    LIKENESS = "likeness"
    """The distance to one picture; keys from elsewhere."""


class PictureTable:
    """Pictures in order of their paths; what is noted of them can be taken over cheaply."""

    def __init__(self, rows: Sequence[PictureRow] = ()) -> None:
        self.rows = list(rows)
        self._numbers = np.array([_numbers(row) for row in rows], np.int64).reshape(-1, 7)
        self._texts: list[str] | None = None
        self._names: Keys | None = None

    def follow(self, rows: Sequence[PictureRow]) -> bool:
        """Take over what was noted since; False, and nothing done, if the pictures are others."""
        if len(rows) != len(self.rows):
            return False
        pairs = enumerate(zip(self.rows, rows, strict=True))
        changed = [place for place, (old, new) in pairs if old is not new]
        if any(_file(self.rows[place]) != _file(rows[place]) for place in changed):
            return False
        for place in changed:
            self.rows[place] = rows[place]
            self._numbers[place] = _numbers(rows[place])
        return True

    def ids(self) -> npt.NDArray[np.int64]:
        """Return the numbers of the pictures (N,)."""
        return np.fromiter((row.id for row in self.rows), np.int64, len(self.rows))

    def matching(self, wanted: Filter) -> Flags:
        """Return which pictures a filter lets through: those that `Catalogue.matching` returns."""
        width, height = self._numbers[:, _WIDTH], self._numbers[:, _HEIGHT]
        side = np.minimum(width, height)
        fits: Flags = (
            (self._numbers[:, _STARS] >= wanted.least_stars)
            & (side >= wanted.least_side)
            & (width >= wanted.least_aspect * height)
        )
        if wanted.marks != frozenset(Mark):
            fits &= np.isin(self._numbers[:, _MARK], [_MARKS[mark] for mark in wanted.marks])
        if wanted.seen is not None:
            fits &= self._numbers[:, _SEEN] == wanted.seen
        if wanted.most_side is not None:
            fits &= side <= wanted.most_side
        if wanted.most_aspect is not None:
            fits &= width <= wanted.most_aspect * height
        if wanted.tags:
            fits &= self._flags(wanted.tags <= row.tags for row in self.rows)
        if wanted.text:
            fits &= self._containing(wanted.text.casefold())
        return fits

    def within(self, source: Path) -> Flags:
        """Return which pictures lie in a folder or below it, or are that file."""
        file, folder = str(source), os.path.join(source, "")  # noqa: PTH118  # with its slash
        paths = (str(row.path) for row in self.rows)
        return self._flags(path.startswith(folder) or path == file for path in paths)

    def among(self, ids: frozenset[int]) -> Flags:
        """Return which pictures have one of these numbers."""
        return self._flags(row.id in ids for row in self.rows)

    def keys(self, order: Order) -> Keys:
        """Return what pictures are sorted by, for all orders whose keys are in the rows."""
        width, height = self._numbers[:, _WIDTH], self._numbers[:, _HEIGHT]
        match order:
            case Order.PATH:
                return np.arange(len(self.rows))
            case Order.NAME:
                return self._name_keys()
            case Order.PIXELS:
                return width * height
            case Order.SIDE:
                return np.minimum(width, height)
            case Order.ASPECT:
                return width / np.maximum(height, 1)
            case Order.BYTES:
                return self._numbers[:, _BYTES]
            case Order.MODIFIED:
                return self._numbers[:, _MODIFIED]
            case Order.STARS:
                return self._numbers[:, _STARS]
            case Order.MARK:
                return self._numbers[:, _MARK]
        raise ValueError(f"the rows do not tell the {order}")

    def _containing(self, folded: str) -> Flags:
        if self._texts is None:
            self._texts = [str(row.path).casefold() for row in self.rows]
        return self._flags(
            folded in text or any(folded in tag.casefold() for tag in row.tags)
            for text, row in zip(self._texts, self.rows, strict=True)
        )

    def _name_keys(self) -> Keys:
        """Return the place of each name, "seed 9" before "seed 10"."""
        if self._names is None:
            # As bytes, which NumPy sorts without holding up the other threads of the program.
            naturals = np.array([_natural(row.path.name) for row in self.rows], np.bytes_)
            order = naturals.argsort(kind="stable")
            self._names = np.empty(len(order), np.int64)
            self._names[order] = np.arange(len(order))
        return self._names

    def _flags(self, each: Iterable[bool]) -> Flags:
        return np.fromiter(each, np.bool_, len(self.rows))


def _numbers(row: PictureRow) -> tuple[int, ...]:
    return (
        row.width,
        row.height,
        row.size_bytes,
        row.mtime_ns,
        row.stars,
        row.seen,
        _MARKS[row.mark],
    )


def _file(row: PictureRow) -> tuple[object, ...]:
    """Return what is known of a picture apart from notes."""
    return row.id, row.path, row.pixel_hash, row.mtime_ns


def _natural(name: str) -> bytes:
    """Return what sorts a name with its numbers by their values."""
    padded = _DIGITS.sub(lambda number: number[0].zfill(_MOST_DIGITS), name.casefold())
    return padded.encode("utf-8", "surrogatepass")
