"""What the coach knows of a run: the newest averages, all measures, when its options changed."""

import math
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Measured, Stats

WINDOW = 0.05
"""Share of a run over which its averages are judged."""
MOST_STATS = 400
"""Averages that are judged at most: a hundred seconds, which is long enough in long runs."""
LEAST_STATS = 24
FEW_STEPS = 100
"""Steps before which pictures tell nothing of how varied a model is, however short the run: random
weights draw pictures that are alike in some architectures and half again as varied as a folder's in
others (measured for all of them)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A measurement, and the share of the budget that was used by then."""

    progress: float
    measured: Measured


@dataclass
class Story:
    """A run so far, as far as it tells how the training does."""

    config: TrainConfig
    kept: Callable[[], Collection[int]] = tuple
    """Returns the steps whose checkpoints are kept."""
    has_learnt: bool = False
    """Whether the run began with a model in place of random weights."""
    stats: deque[Stats] = field(default_factory=lambda: deque(maxlen=MOST_STATS))
    readings: list[Reading] = field(default_factory=list)
    """All of them, also those from before the options changed."""
    best_diversity: float = 0.0
    """The largest diversity of the whole run since it was no beginner, 0 while there is none."""
    changed_at: int = 0
    """The step since which the run has gone on with the same options and pictures."""
    progress: float = 0.0
    """The share of the budget used."""
    step: int = 0
    """The newest one that something is known of."""

    def add(self, record: Stats | Measured) -> None:
        """Take a row of the curves."""
        self.step = max(self.step, record.step)
        if isinstance(record, Stats):
            self.stats.append(record)
            self.progress = record.progress
        else:
            self.readings.append(Reading(self.progress, record))
            if math.isfinite(record.diversity) and not self.is_beginner():
                self.best_diversity = max(self.best_diversity, record.diversity)

    def begin_anew(self, step: int) -> None:
        """Judge only what comes after `step`, as other options or pictures hold from there."""
        self.changed_at = step
        self.stats.clear()

    def is_beginner(self) -> bool:
        """Whether the pictures may still be those of random weights."""
        return not self.has_learnt and self.step < FEW_STEPS

    def recent(self) -> list[Stats]:
        """Return the averages to judge, none while there are too few."""
        begin = self.progress - WINDOW
        window = [each for each in self.stats if each.progress >= begin]
        if len(window) < LEAST_STATS:
            window = list(self.stats)[-LEAST_STATS:]
        return window if len(window) >= LEAST_STATS else []

    def measures(self, name: str) -> list[tuple[float, float]]:
        """Return (progress, value) of a measure since the last change, where it was taken."""
        return [*self._backwards(name)][::-1]

    def newest(self, name: str) -> float | None:
        """Return the newest value of a measure, None while there is none."""
        return next((value for _, value in self._backwards(name)), None)

    def _backwards(self, name: str) -> Iterator[tuple[float, float]]:
        for each in reversed(self.readings):
            if each.measured.step <= self.changed_at:
                return
            value = float(getattr(each.measured, name))
            if math.isfinite(value):
                yield each.progress, value

    def kept_before(self, step: int) -> int | None:
        """Return the newest kept checkpoint that is no later than `step`."""
        return max((each for each in self.kept() if each <= step), default=None)


def column(stats: list[Stats], name: str) -> npt.NDArray[np.float64]:
    """Return one field of the averages, without values that are not finite."""
    values = np.array([getattr(each, name) for each in stats], np.float64)
    return values[np.isfinite(values)]
