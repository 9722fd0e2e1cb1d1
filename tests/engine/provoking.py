"""Training tiny networks with a coach beside them, told of them at fixed steps.

A real run tells by the clock; here the same records come by the step, so that what the coach says
does not depend on how busy the machine is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.engine.gan.coach import Coach
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import CoachReport, Light, Mark, Marked, Measured, Stats
from ganart.engine.gan.measuring import Measuring
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import StepResult, training_step
from ganart.resources import resource
from tests.engine.toys import CPU

STATS = 500
"""Averages in a run, as in one of two minutes."""
MEASURES = 100
LOOK_EVERY = 10
"""Measures between those for which the network of the features looks at the pictures."""


def avatars(side: int = 16) -> npt.NDArray[np.uint8]:
    """Return the sample pictures (N, side, side, 3)."""
    paths = sorted(resource("sample/pixel-avatars").glob("*.png"))
    shape = (side, side)
    return np.stack([np.asarray(Image.open(each).convert("RGB").resize(shape)) for each in paths])


@dataclass
class Coached:
    """What a coach said of a run."""

    lights: list[tuple[float, dict[str, Light]]] = field(default_factory=list)
    """All lights, with the progress since which they were so."""
    measured: list[Measured] = field(default_factory=list)
    stats: list[Stats] = field(default_factory=list)

    def seen(self, key: str, after: float = 0.0) -> list[tuple[float, Light]]:
        """Return how a light was, at every report later than a progress."""
        return [(at, lights[key]) for at, lights in self.lights if at > after]

    def flagged(self, key: str, after: float = 0.0) -> float:
        """Return when, since `after`, a light was first not good; 1 if never."""
        bad = (at for at, each in self.seen(key, after) if each in {Light.WATCH, Light.ALARM})
        return next(bad, 1 + after) - after

    def hear(self, progress: float, report: CoachReport | None) -> None:
        if report:
            self.lights.append((progress, {each.key: each.light for each in report.advice}))


def coached(
    config: TrainConfig,
    pixels: npt.NDArray[np.uint8],
    change_at: float = 2.0,
    changes: dict[str, Any] | None = None,
    *,
    harm: Callable[[TrainState], None] | None = None,
    weights: Sequence[float] | None = None,
    looks: bool = False,
) -> Coached:
    """Train for `config.pictures`, going on with `changes` once that share of them was shown.

    What nobody would choose may be done to the run by `harm` then. `looks` lets the network of the
    features look at the pictures, too.
    """
    state = TrainState.fresh(config, pixels, CPU, weights)
    coach, heard = Coach(config), Coached()
    measuring = Measuring(state, config)
    steps = config.pictures // (config.batch * config.discriminator_steps)
    results: list[StepResult] = []
    for step in range(1, steps + 1):
        if step == round(change_at * steps):
            config = replace(config, **changes or {})
            options = tuple((changes or {}).items())
            if options:
                coach.hear(Marked(step, state.pictures, 0.0, Mark.CHANGED, "", options))
            if harm:
                harm(state)
        results.append(training_step(config, state))
        state.progress = step / steps
        if step % (max(1, steps // STATS)) == 0:
            stats = _stats(state, results)
            heard.stats.append(stats)
            heard.hear(state.progress, coach.hear(stats))
            results.clear()
        if step % (steps // MEASURES) == 0:
            if looks and step % (LOOK_EVERY * (steps // MEASURES)) == 0:
                measuring.ask()
            findings = measuring.end(lambda: False)
            assert findings
            heard.measured.append(findings.measured)
            heard.hear(state.progress, coach.hear(findings.measured))
    return heard


def _stats(state: TrainState, results: list[StepResult]) -> Stats:
    def mean(name: str) -> float:
        return float(np.mean([getattr(each, name).item() for each in results]))

    return Stats(
        step=state.step,
        pictures=state.pictures,
        elapsed_s=0.0,
        loss_g=mean("loss_g"),
        loss_d=mean("loss_d"),
        score_real=mean("score_real"),
        score_fake=mean("score_fake"),
        pictures_per_s=0.0,
        progress=state.progress,
        time_left_s=0.0,
        skipped_steps=state.skipped_steps,
    )
