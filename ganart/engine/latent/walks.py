"""Walks through the latent space: the points of a composed loop, frame by frame."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import overload

import numpy as np

from ganart.engine.errors import BadOption
from ganart.engine.latent.ways import way_of
from ganart.media.composition import Composition
from ganart.media.drive import LEVEL_MAX, Drive
from ganart.media.point import GENE_MAX, MAX_GENES, Point


class Walk(Sequence[Point]):
    """The points of a seamless loop, each found when it is asked for, so that a long walk takes no
    memory: the frame after the last is the first.
    """

    def __init__(self, composition: Composition, frames: int, size: int) -> None:
        self._frames = frames
        self._way = way_of(composition, size)
        self._drive = composition.drive
        self._pace = _Pace(composition.drive) if composition.drive is not None else None

    def __len__(self) -> int:
        return self._frames

    @overload
    def __getitem__(self, index: int) -> Point: ...
    @overload
    def __getitem__(self, index: slice) -> list[Point]: ...
    def __getitem__(self, index: int | slice) -> Point | list[Point]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._frames))]
        if not -self._frames <= index < self._frames:
            raise IndexError(index)
        return self.at(Fraction(index % self._frames, self._frames))

    def at(self, share: Fraction) -> Point:
        """Return the point at a share of the loop; whole rounds do not count."""
        if self._pace is None or self._drive is None:
            return self._way.at(share)
        if self._drive.target == "speed":
            return self._way.at(self._pace.way_of(share % 1))
        return _moved(self._way.at(share), self._drive, self._pace.level(share % 1))


def walk(composition: Composition, frames: int, size: int) -> Walk:
    """Return the points of a seamless loop in a model with latents of `size` numbers.

    Raises `BadOption` for fewer than two keyframes (a circle needs only one) or fewer frames than
    keyframes, and `BadRecipe` for keyframes that do not fit the model.
    """
    count = len(composition.keyframes)
    if composition.path != "circle":
        if count < 2:
            raise BadOption(option="keyframes", value=count, allowed="at least two")
        if frames < count:
            raise BadOption(option="frames", value=frames, allowed=f"at least {count} frames")
    if frames < 1:
        raise BadOption(option="frames", value=frames, allowed="at least one frame")
    return Walk(composition, frames, size)


class _Pace:
    """What the levels of a sound say, at any time of a loop."""

    def __init__(self, drive: Drive) -> None:
        heard = np.frombuffer(drive.levels, np.uint8).astype(np.float64) / LEVEL_MAX
        self._levels = np.append(heard, heard[0])
        """At the beginning of each stretch, and once more at the end of the last: the end of the
        loop is its beginning."""
        self._times = np.arange(len(self._levels)) / len(heard)
        loud = heard / heard.mean() if heard.any() else np.ones_like(heard)
        rates = (1 - drive.strength) + drive.strength * loud
        self._ways = np.append(0.0, np.cumsum(rates))
        self._ways /= self._ways[-1]

    def level(self, share: Fraction) -> float:
        """Return how loud it is: 0 ... 1."""
        return float(np.interp(float(share), self._times, self._levels))

    def way_of(self, share: Fraction) -> Fraction:
        """Return how much of the way is gone: 0 at 0, 1 at 1, and never back."""
        return Fraction(float(np.interp(float(share), self._times, self._ways)))


def _moved(point: Point, drive: Drive, level: float) -> Point:
    """Return a point that follows the gene of a drive."""
    gene = drive.gene
    if gene is None:
        return point
    genes = list(point.genes)
    same = [(each.vector, each.first, each.last) for each in genes]
    amount = gene.amount * level
    if (key := (gene.vector, gene.first, gene.last)) in same:
        row = same.index(key)
        amount = max(-GENE_MAX, min(GENE_MAX, genes[row].amount + amount))
        genes[row] = replace(genes[row], amount=amount)
    elif len(genes) < MAX_GENES:
        genes.append(replace(gene, amount=amount))
    return replace(point, genes=tuple(genes))
