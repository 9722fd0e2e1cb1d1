"""Measures a training against a reference by turns, within one run of the real thing.

After every few steps of the training the reference takes as many of its own. So whatever else the
computer does meets both alike, and one ratio comes of it, however noisy the machine is.
"""

import time
from collections.abc import Callable
from unittest.mock import patch

from ganart.engine.gan import trainer
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import StepResult, training_step


class Turns:
    """Stands in for the training's step, and counts from the first step to the last.

    Train with one thread: the reference's processor time is that of the thread it is called in,
    the training's is that of all other work of the process (window, writing, measuring).
    """

    def __init__(self, reference: Callable[[], None], every: int) -> None:
        """Take one step of the reference, and how many steps make a turn."""
        self._reference = reference
        self._every = every
        self._begun: tuple[float, float] | None = None
        self._steps = 0
        self.reference_s = (0.0, 0.0)
        """Wall and processor seconds of the reference."""
        self.training_s = (0.0, 0.0)
        """Wall and processor seconds of as many steps of the training, with all that goes along."""

    def __call__(self, config: TrainConfig, state: TrainState) -> StepResult:
        self._begun = self._begun or _now()
        result = training_step(config, state)
        self._steps += 1
        if self._steps % self._every == 0:
            wall, thread = time.perf_counter(), time.thread_time()
            for _ in range(self._every):
                self._reference()
            spent = time.perf_counter() - wall, time.thread_time() - thread
            state.elapsed_s -= spent[0]  # the run's own clock must not see it
            self.reference_s = (self.reference_s[0] + spent[0], self.reference_s[1] + spent[1])
            whole = [now - then for now, then in zip(_now(), self._begun, strict=True)]
            self.training_s = (whole[0] - self.reference_s[0], whole[1] - self.reference_s[1])
        return result

    def during(self, work: Callable[[], object]) -> None:
        """Do `work`, which trains, with the turns in the place of its steps."""
        with patch.object(trainer, "training_step", self):
            work()


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()
