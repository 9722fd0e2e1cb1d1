"""The ways that a loop can take through the latent space. Numpy only."""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ganart.engine.latent.points import from_seed, resolve
from ganart.engine.latent.timetable import Station, Timetable, eased
from ganart.media.composition import Composition
from ganart.media.mixing import mix_points
from ganart.media.point import MAX_PARTS, SEED_MAX, Part, Point, Space, numbers_of, vector_of

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
    if composition.path == "circle":
        return _Circle(composition, size)
    timetable = Timetable(composition)
    points = [_in_one(each.point, size) for each in timetable.stations]
    if composition.path == "spline" and (space := _space_of(points)) is not None:
        return _Spline(timetable, points, size, space)
    return _Legs(timetable, points)


class _Legs:
    """From keyframe to keyframe; also of a spline between a seed and numbers in w, for which no
    curve can be found without the model's mapping.
    """

    def __init__(self, timetable: Timetable, points: Sequence[Point]) -> None:
        self._timetable = timetable
        self._points = points

    def at(self, share: Fraction) -> Point:
        index, amount = self._timetable.find(share)
        station = self._timetable.stations[index]
        if not amount:
            return station.point
        return _between(station, self._points, index, amount)


class _Spline:
    """A smooth curve through all keyframes: cubic Hermite pieces with the slopes of parabolas
    through three neighbours (Catmull and Rom 1974; with uneven times, Bessel's slopes).

    The speed does not jump where eases are even. Latents keep the lengths that the keyframes have,
    as the inside of the sphere is empty. What is not a place (diversity, genes) glides from one
    keyframe to the next.
    """

    def __init__(
        self, timetable: Timetable, points: Sequence[Point], size: int, space: Space
    ) -> None:
        self._timetable = timetable
        self._points = points
        self._space = space
        self._rows = _rows(points, size, space)
        self._slopes = self._find_slopes()

    def _find_slopes(self) -> list[Row]:
        """Return the speed at each station, for the whole loop as the unit of time."""
        rows = self._rows
        moving = [
            float(span) * (1 - station.hold)
            for span, station in zip(self._timetable.spans, self._timetable.stations, strict=True)
        ]
        slopes = []
        for index, station in enumerate(self._timetable.stations):
            after = rows[(index + 1) % len(rows)]
            before_s, after_s = moving[index - 1], moving[index]
            incoming = (rows[index] - rows[index - 1]) / before_s
            outgoing = (after - rows[index]) / after_s
            slope = (incoming * after_s + outgoing * before_s) / (before_s + after_s)
            slopes.append(np.zeros_like(slope) if station.hold else slope)
        return slopes

    def at(self, share: Fraction) -> Point:
        index, amount = self._timetable.find(share)
        station = self._timetable.stations[index]
        if not amount:
            return station.point
        there = (index + 1) % len(self._rows)
        time = float(self._timetable.spans[index]) * (1 - station.hold)
        a, b = self._rows[index], self._rows[there]
        glided = eased(amount, "smooth")
        row = a + (b - a) * glided
        row = row + time * (amount * (1 - amount)) * (
            (1 - amount) * self._slopes[index] - amount * self._slopes[there]
        )
        if self._space == "z" and station.method == "slerp":
            length_a, length_b = _length(a), _length(b)
            row = _of_length(row, length_a + (length_b - length_a) * glided)
        rest = _between(station, self._points, index, glided)
        return replace(rest, parts=(_part(row, self._space),))


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
        settled = _in_one(first.point, size)
        self._row = _rows([settled], size, "z")[0] if _space_of([settled]) == "z" else None

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


def _between(station: Station, points: Sequence[Point], index: int, amount: float) -> Point:
    here, there = points[index], points[(index + 1) % len(points)]
    mixed = mix_points((here, there), (1 - amount, amount), station.method)
    # Exactly the same where both have the same.
    return replace(mixed, diversity=here.diversity + (there.diversity - here.diversity) * amount)


def _in_one(point: Point, size: int) -> Point:
    """Return a point with the same picture that has one part, where it can be told without a model.

    Mixes of mixes would not begin and end at their ends: the mean of many is not that of means.
    """
    if len(point.parts) == 1:
        return point
    match _space_of([point]):
        case "z":
            row = resolve([point], size)[0].astype(np.float64)
            return replace(point, parts=(_part(row, "z"),))
        case "w":
            weights = np.array([part.weight for part in point.parts])
            rows = _rows([replace(point, parts=(part,)) for part in point.parts], size, "w")
            mean = sum(
                row * share for row, share in zip(rows, weights / weights.sum(), strict=True)
            )
            return replace(point, parts=(_part(np.asarray(mean), "w"),))
    return point


def _space_of(points: Sequence[Point]) -> Space | None:
    """Return the space in which all parts lie; None where they do not lie in one."""
    spaces = {part.space for point in points for part in point.parts}
    return spaces.pop() if len(spaces) == 1 else None


def _rows(points: Sequence[Point], size: int, space: Space) -> list[Row]:
    """Return the numbers of points with one part each: of equal length, those of w maybe several
    layers.
    """
    if space == "z":
        return list(resolve(points, size).astype(np.float64))
    rows = [numbers_of(point.parts[0].vector).astype(np.float64) for point in points]
    longest = max(len(row) for row in rows)
    # One style for all layers stands beside one for each.
    return [np.tile(row, longest // len(row)) if longest % len(row) == 0 else row for row in rows]


def _part(row: Row, space: Space) -> Part:
    return Part(vector=vector_of(row.astype(np.float32)), space=space)


def _length(row: Row) -> float:
    return math.sqrt(float((row * row).sum()))


def _of_length(row: Row, length: float) -> Row:
    found = _length(row)
    return row * (length / found) if found > 1e-9 else row
