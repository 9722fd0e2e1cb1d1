"""The ways that a loop can take through the latent space. Numpy only."""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ganart.engine.latent.points import from_seed, resolve
from ganart.engine.latent.timetable import Timetable, eased
from ganart.media.composition import Composition
from ganart.media.mixing import mix_points
from ganart.media.point import MAX_PARTS, SEED_MAX, Part, Point, Space, numbers_of, vector_of
from ganart.media.recipe_checks import PointDoesNotFit

Row = npt.NDArray[np.float64]


class Way(Protocol):
    """A closed curve of points, once round in a share of 0 ... 1."""

    def at(self, share: Fraction) -> Point:
        """Return the point that is reached at a share of the loop; whole rounds do not count."""
        ...


def way_of(composition: Composition, size: int) -> Way:
    """Return the way of a loop in a model with latents of `size` numbers.

    Raises `BadRecipe` for keyframes with numbers that do not fit it.
    """
    points = [each.point for each in composition.keyframes]
    _check(points, size)
    if composition.path == "circle":
        return _Circle(composition, size)
    timetable = Timetable(composition)
    if composition.path == "spline" and (space := _space_of(points)) is not None:
        return _Spline(timetable, size, space)
    return _Legs(timetable, size)


class _Legs:
    """From keyframe to keyframe; also of a spline between a seed and numbers in w, for which no
    curve can be found without the model's mapping.
    """

    def __init__(self, timetable: Timetable, size: int) -> None:
        self._timetable = timetable
        self._size = size

    def at(self, share: Fraction) -> Point:
        index, amount = self._timetable.find(share)
        if not amount:
            return self._timetable.stations[index].point
        return _between(self._timetable, index, amount, self._size)


class _Spline:
    """A smooth curve through all keyframes: cubic Hermite pieces with the slopes of parabolas
    through three neighbours (Catmull and Rom 1974; with uneven times, Bessel's slopes).

    The speed does not jump where eases are even. Latents keep the lengths that the keyframes have,
    as the inside of the sphere is empty. What is not a place (diversity, genes) glides from one
    keyframe to the next.
    """

    def __init__(self, timetable: Timetable, size: int, space: Space) -> None:
        self._timetable = timetable
        self._size = size
        self._space = space
        self._times = [
            float(span) * (1 - station.hold)
            for span, station in zip(timetable.spans, timetable.stations, strict=True)
        ]
        """How long it is under way from each station to the next."""
        parts = [part for station in timetable.stations for part in station.point.parts]
        self._length = max(size, *(len(part.vector) // 4 for part in parts))

    def at(self, share: Fraction) -> Point:
        index, amount = self._timetable.find(share)
        station = self._timetable.stations[index]
        if not amount:
            return station.point
        a, b = self._row(index), self._row(index + 1)
        glided = eased(amount, "smooth")
        bend = (1 - amount) * self._slope(index) - amount * self._slope(index + 1)
        row = a + (b - a) * glided + self._times[index] * amount * (1 - amount) * bend
        if self._space == "z" and station.method == "slerp":
            length_a, length_b = _length(a), _length(b)
            row = _of_length(row, length_a + (length_b - length_a) * glided)
        rest = _between(self._timetable, index, glided, self._size)
        return replace(rest, parts=(_part(row, self._space),))

    def _row(self, index: int) -> Row:
        point = self._timetable.stations[index % len(self._times)].point
        row = _row_of(point, self._size)
        # In w, one style for all layers stands beside one for each.
        return np.tile(row, self._length // len(row))

    def _slope(self, index: int) -> Row:
        """Return the speed at a station, for the whole loop as the unit of time."""
        index %= len(self._times)
        here = self._row(index)
        if self._timetable.stations[index].hold:
            return np.zeros_like(here)
        before, after = self._times[index - 1], self._times[index]
        incoming = (here - self._row(index - 1)) / before
        outgoing = (self._row(index + 1) - here) / after
        slope: Row = (incoming * after + outgoing * before) / (before + after)
        return slope


class _Circle:
    """A circle about the first keyframe, in random directions; several laps lie upon each other as
    the tones of a sound do. Latents keep the length of the keyframe where its method is slerp.
    """

    def __init__(self, composition: Composition, size: int) -> None:
        first = composition.keyframes[0]
        self._centre = first.point
        self._radius = composition.radius
        self._is_of_one_length = first.method == "slerp"
        self._tones = _square_directions(composition.seed, 2 * composition.laps, size)
        is_in_z = _space_of([first.point]) == "z"
        self._row = _row_of(first.point, size) if is_in_z else None

    def at(self, share: Fraction) -> Point:
        moved = self._moved(share)
        if self._row is not None:
            row = self._row + self._radius * moved
            if self._is_of_one_length:
                row = _of_length(row, _length(self._row))
            return replace(self._centre, parts=(_part(row, "z"),))
        # In w nobody knows how far a deviation is: the styles of a circle of latents are mixed in.
        if not self._radius:
            return self._centre
        weights = sum(part.weight for part in self._centre.parts)
        ring = replace(_part(moved, "z"), weight=weights * self._radius)
        return replace(self._centre, parts=(*self._centre.parts[: MAX_PARTS - 1], ring))

    def _moved(self, share: Fraction) -> Row:
        """Return the way from the middle, of one standard deviation."""
        row = np.zeros_like(self._tones[0])
        laps = len(self._tones) // 2
        for lap in range(laps):
            # Whole rounds are left out exactly, so that every round gives the same numbers.
            angle = math.tau * float(share * (lap + 1) % 1)
            row += (
                math.cos(angle) * self._tones[2 * lap] + math.sin(angle) * self._tones[2 * lap + 1]
            )
        moved: Row = row / math.sqrt(laps)
        return moved


def _square_directions(seed: int, count: int, size: int) -> list[Row]:
    """Return directions that stand square to each other as far as `size` allows, each as long as
    one standard deviation of all numbers.
    """
    directions: list[Row] = []
    for number in range(count):
        row = from_seed((seed + number) % (SEED_MAX + 1), size).astype(np.float64)
        others = directions[number - number % size :]  # more than `size` cannot be square
        for other in others:
            row = row - (row * other).sum() / (other * other).sum() * other
        directions.append(_of_length(row, math.sqrt(size)))
    return directions


def _between(timetable: Timetable, index: int, amount: float, size: int) -> Point:
    stations = timetable.stations
    here = _in_one(stations[index].point, size)
    there = _in_one(stations[(index + 1) % len(stations)].point, size)
    mixed = mix_points((here, there), (1 - amount, amount), stations[index].method)
    # Exactly the same where both have the same.
    return replace(mixed, diversity=here.diversity + (there.diversity - here.diversity) * amount)


@lru_cache(maxsize=1024)
def _in_one(point: Point, size: int) -> Point:
    """Return a point with the same picture that has one part, where it can be told without a model.

    Mixes of mixes would not begin and end at their ends: the mean of many is not that of means.
    """
    space = _space_of([point])
    if len(point.parts) == 1 or space is None:
        return point
    return replace(point, parts=(_part(_row_of(point, size), space),))


@lru_cache(maxsize=1024)
def _row_of(point: Point, size: int) -> Row:
    """Return the numbers of a point whose parts lie in one space; in w maybe of several layers."""
    if _space_of([point]) == "z":
        found: Row = resolve([point], size)[0].astype(np.float64)
        return found
    vectors = [numbers_of(part.vector).astype(np.float64) for part in point.parts]
    longest = max(len(each) for each in vectors)
    weights = np.array([part.weight for part in point.parts])
    row = np.zeros(longest)
    for vector, share in zip(vectors, weights / weights.sum(), strict=True):
        row += share * np.tile(vector, longest // len(vector))
    return row


def _check(points: Sequence[Point], size: int) -> None:
    """Raise `BadRecipe` unless all vectors fit a model with latents of `size` numbers."""
    parts = [part for point in points for part in point.parts if part.vector]
    lengths = {len(part.vector) // 4 for part in parts if part.space == "w"} - {size}
    layered = next(iter(lengths), size)
    is_odd = len(lengths) > 1 or layered % size
    if is_odd or any(len(part.vector) != 4 * size for part in parts if part.space == "z"):
        raise PointDoesNotFit


def _space_of(points: Sequence[Point]) -> Space | None:
    """Return the space in which all parts lie; None where they do not lie in one."""
    spaces = {part.space for point in points for part in point.parts}
    return spaces.pop() if len(spaces) == 1 else None


def _part(row: Row, space: Space) -> Part:
    return Part(vector=vector_of(row.astype(np.float32)), space=space)


def _length(row: Row) -> float:
    return math.sqrt(float((row * row).sum()))


def _of_length(row: Row, length: float) -> Row:
    found = _length(row)
    return row * (length / found) if found > 1e-9 else row
