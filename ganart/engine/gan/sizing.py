"""How fast a run trains here and how many pictures fit into memory at once, found out by trying."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ganart.engine.device import memory_guard, peak_memory
from ganart.engine.errors import OutOfMemory
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step

WARM_UP_STEPS = 4
"""Steps left out: the first ones load and choose kernels."""
MEASURED_S = 2.0
"""How long to measure after the warm-up; two rounds of the penalty at least."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying came to."""

    pictures_per_s: float
    at_once: int
    """Pictures of a batch that could be computed together, the whole batch where it fits."""
    memory_bytes: int
    """Memory that the process (or the graphics card) held at the peak; 0 where unknown."""


def try_out(config: TrainConfig, state: TrainState, stopped: Callable[[], bool]) -> Trial | None:
    """Train `state` for a moment; return None when `stopped`.

    Where memory runs out, fewer pictures are computed at once from then on, and the measuring
    begins anew. Raises `OutOfMemory` where not even one fits.
    """
    steps, begun, before = -WARM_UP_STEPS, 0.0, 0
    # Whole rounds, so that the dearer step with the penalty has its share.
    while (
        steps < 2 * config.penalty_interval
        or steps % config.penalty_interval
        or time.perf_counter() - begun < MEASURED_S
    ):
        if stopped():
            return None
        try:
            with memory_guard(state.device):
                training_step(config, state)
        except OutOfMemory:
            if not state.compute_fewer(config):
                raise
            steps = -WARM_UP_STEPS
            continue
        steps += 1
        if steps == 0:
            begun, before = time.perf_counter(), state.pictures
    return Trial(
        pictures_per_s=(state.pictures - before) / (time.perf_counter() - begun),
        at_once=max(piece.stop - piece.start for piece in state.pieces(config)),
        memory_bytes=peak_memory(state.device),
    )
