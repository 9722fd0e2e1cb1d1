"""What the narrator has in view: the last minute of the curves, measures, lights and changes."""

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

from ganart.engine.gan.coach_lights import WINNING
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Advice, CoachReport, Mark, Marked, Measured, Stats
from ganart.engine.gan.lesson.swings import Swings
from ganart.engine.gan.recipes import recipe
from ganart.engine.gan.schedules import growth

WINDOW_S = 60.0
LEAST_SWING = 0.05
"""Way of a loss that is worth a word."""
SMALLEST_SIDE = 4
"""Where progressive networks begin."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Both averaged curves at one time."""

    at_s: float
    d: float
    g: float


@dataclass(frozen=True, slots=True)
class Look:
    """A measurement, when it was told, and the generator's loss around that."""

    told_s: float
    measured: Measured
    loss_g: float


@dataclass(frozen=True, slots=True)
class Turnabout:
    """Other options hold since then."""

    at_s: float
    reason: str
    d_before: float
    """The discriminator's loss in the seconds before."""


class Scene:
    """A training as far as it can be seen at one moment; times are training time in seconds."""

    def __init__(self, config: TrainConfig) -> None:
        self.config = config
        self.now_s = 0.0
        self.progress = 0.0
        self.d, self.g = Swings(LEAST_SWING), Swings(LEAST_SWING)
        self.stats: deque[Stats] = deque()
        self.moments: deque[Moment] = deque()
        self.looks: list[Look] = []
        self.lights: dict[str, Advice] = {}
        self.changed: Turnabout | None = None
        self.won_since: float | None = None
        """Since when the discriminator is hardly ever wrong; None while it is not so."""
        self.lost_at: float | None = None
        """When it last ceased to be so, after it had been for a while."""

    # What is heard

    def take(self, event: object) -> None:
        """Take an event of the training."""
        match event:
            case Stats():
                self._take_stats(event)
            case Measured():
                self.looks.append(Look(self.now_s, event, self.middle("loss_g", 10.0)))
            case CoachReport():
                self.lights = {each.key: each for each in event.advice}
            case Marked(mark=Mark.CHANGED):
                before = self.middle("loss_d", 8.0)
                self.changed = Turnabout(self.now_s, event.text, before)
                self.config = replace(self.config, **dict(event.options))

    def _take_stats(self, stats: Stats) -> None:
        self.now_s, self.progress = stats.elapsed_s, stats.progress
        self.d.add(self.now_s, stats.loss_d)
        self.g.add(self.now_s, stats.loss_g)
        self.stats.append(stats)
        self.moments.append(Moment(self.now_s, self.d.value, self.g.value))
        while self.stats[0].elapsed_s < self.now_s - WINDOW_S:
            self.stats.popleft()
            self.moments.popleft()
        self._follow_lead()

    def _follow_lead(self) -> None:
        lead = self.lead()
        if self.won_since is None:
            if self.is_logistic() and lead > WINNING:
                self.won_since = self.now_s
        elif lead < WINNING - 1:
            if self.now_s - self.won_since > 5.0:
                self.lost_at = self.now_s
            self.won_since = None

    # What is seen

    def loss(self) -> str:
        """Return the name of the loss, as in the options."""
        return recipe(self.config).loss_name

    def is_logistic(self) -> bool:
        """Whether losses are negative logarithms of probabilities."""
        return self.loss() in {"bce", "non-saturating"}

    def coin(self) -> float:
        """Return the discriminator's loss that a coin would have."""
        return math.log(2) * (2 if self.loss() == "non-saturating" else 1)

    def right(self) -> float:
        """Return how sure the discriminator is of the right answer, in percent; 50 is a coin.

        It is the geometric mean of the probabilities that it gives to the truth.
        """
        return 100 * 2 ** (-self.d.value / self.coin())

    def fooled(self) -> float:
        """Return for how real the generated pictures are taken, in percent, likewise."""
        return 100 * math.exp(-self.g.value)

    def lead(self, seconds: float = 4.0) -> float:
        """Return by how much real pictures score higher, as a median."""
        return self.middle("score_real", seconds) - self.middle("score_fake", seconds)

    def middle(self, name: str, seconds: float, until_s: float | None = None) -> float:
        """Return the median of a curve over the last seconds, NaN where there is nothing."""
        until_s = self.now_s if until_s is None else until_s
        values = [
            value
            for each in self.stats
            if until_s - seconds <= each.elapsed_s <= until_s
            and math.isfinite(value := getattr(each, name))
        ]
        return median(values) if values else math.nan

    def at(self, at_s: float) -> Moment:
        """Return the averaged curves at a time within the window."""
        place = bisect_left(self.moments, at_s, key=_time)
        return self.moments[min(place, len(self.moments) - 1)]

    def stage(self) -> tuple[int, float] | None:
        """Return the finest side in use, in pixels, and its share; None where nothing grows."""
        if self.config.architecture != "progressive":
            return None
        last = int(math.log2(self.config.side // SMALLEST_SIDE))
        level = growth(self.progress, self.config.growing, last)
        finest = math.ceil(level)
        return SMALLEST_SIDE << finest, 1 - (finest - level)


_time: Callable[[Moment], float] = lambda moment: moment.at_s  # noqa: E731  (a key, not a function)
