"""Follows a noisy curve from one turn to the next, as an eye does. Imports no torch."""

import math
from dataclasses import dataclass

CALMING_S = 2.0
"""Time over which the curve is averaged, as an exponential mean."""
STRIDE = 0.15
"""Way back from an extreme, as a share of the curve's height, that makes it a turn."""
NOISE = 2.0
"""The same as a multiple of the usual distance of single values from the averaged curve."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An extreme that the averaged curve has left behind."""

    at_s: float
    value: float
    seen_s: float
    """When it was far enough behind to be sure of it."""


class Swings:
    """One curve: its average, where it goes, and the turns behind it."""

    def __init__(self, least: float) -> None:
        """Take the least way back from an extreme that can be a turn."""
        self._least = least
        self.value = math.nan
        """The averaged curve now."""
        self.direction = 0
        """1 while it rises, -1 while it falls, 0 until it has moved enough to tell."""
        self.turns: list[Turn] = []
        """The turns behind it, oldest first; the last is where it comes from."""
        self._noise = 0.0
        self._last_s = math.nan
        self._low = self._high = (0.0, 0.0)

    def add(self, at_s: float, value: float) -> bool:
        """Take a value at a later time than the one before; whether it shows a new turn."""
        if not math.isfinite(value):
            return False
        if math.isnan(self.value):
            self.value, self._last_s = value, at_s
            self._low = self._high = (value, at_s)
            return False
        weight = 1 - math.exp(-(at_s - self._last_s) / CALMING_S)
        self._last_s = at_s
        self._noise += weight / 4 * (abs(value - self.value) - self._noise)
        self.value += weight * (value - self.value)
        self._low = min(self._low, (self.value, at_s))
        self._high = max(self._high, (self.value, at_s))
        return self._look_back(at_s)

    def count(self, since_s: float) -> int:
        """Return how many turns there were since then."""
        return sum(each.at_s >= since_s for each in self.turns)

    def _look_back(self, now_s: float) -> bool:
        stride = max(self._least, STRIDE * abs(self.value), NOISE * self._noise)
        if self.direction >= 0 and self._high[0] - self.value > stride:
            extreme, self.direction = self._high, -1
        elif self.direction <= 0 and self.value - self._low[0] > stride:
            extreme, self.direction = self._low, 1
        else:
            return False
        self.turns.append(Turn(extreme[1], extreme[0], now_s))
        self._low = self._high = (self.value, now_s)
        return True
