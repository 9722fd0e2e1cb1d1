"""When a loop is where: between which of its keyframes, and how far on the way."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ganart.media.composition import Composition, Ease
from ganart.media.point import Method, Point

_FINEST = 1_000_000
"""Times are read as the nearest fractions with denominators up to this, so that a third of a loop
is a third: whole-number arithmetic then reaches every keyframe exactly."""
_MIRRORED: dict[Ease, Ease] = {"start": "end", "end": "start"}


@dataclass(frozen=True, slots=True)
class Station:
    """A keyframe as the loop comes by; one that comes back passes most of them twice."""

    point: Point
    at: Fraction
    """From the first keyframe's to less than 1 later."""
    hold: float
    ease: Ease
    method: Method


class Timetable:
    """The stations of a loop in the order of time."""

    def __init__(self, composition: Composition) -> None:
        self.stations = _stations(composition)
        self._times = [each.at for each in self.stations]
        following = [*self._times[1:], self._times[0] + 1]
        self.spans = [after - at for at, after in zip(self._times, following, strict=True)]
        """The time from each station to the next, as shares of the loop."""

    def find(self, share: Fraction) -> tuple[int, float]:
        """Return the last station and how far, 0 ... below 1, the loop has come to the next one.

        `share` is of the loop; what is beyond 1 is the next time round.
        """
        first = self._times[0]
        share = first + (share - first) % 1
        index = bisect_right(self._times, share) - 1
        amount = float((share - self._times[index]) / self.spans[index])
        station = self.stations[index]
        if station.hold:
            amount = max(0.0, (amount - station.hold) / (1 - station.hold))
        return index, eased(amount, station.ease)


def eased(amount: float, ease: Ease) -> float:
    """Return how far a share of the time, 0 ... 1, leads: 0 at 0, 1 at 1."""
    match ease:
        case "smooth":
            return amount * amount * (3 - 2 * amount)
        case "start":
            return amount * amount
        case "end":
            return amount * (2 - amount)
    return amount


def _stations(composition: Composition) -> list[Station]:
    keyframes = composition.keyframes
    there = [
        Station(
            each.point,
            Fraction(each.at).limit_denominator(_FINEST),
            each.hold,
            each.ease,
            each.method,
        )
        for each in keyframes
    ]
    first, last = there[0].at, there[-1].at
    if not composition.is_ping_pong or first == last:
        return there
    # The way back is the way there in a mirror, stretched to the time that is left.
    stretch = (1 - (last - first)) / (last - first)
    back = [
        Station(
            here.point,
            last + (last - here.at) * stretch,
            here.hold,
            _MIRRORED.get(before.ease, before.ease),
            before.method,
        )
        for before, here in pairwise(there)
    ]
    back.reverse()
    turning, *way_back = back
    there[-1] = Station(turning.point, last, turning.hold, turning.ease, turning.method)
    return [*there, *way_back]
