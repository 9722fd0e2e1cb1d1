"""The bare loop that the training loop is measured against.

The same forward, backward and optimizer steps and lazy penalties as a round of an r3 run, on one
batch that already lies in memory; no augmentation, average, statistics, samples or files.
"""

import time

from ganart.engine.gan import losses
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState


class Clock:
    """Wall and processor time since it was made; the latter counts all threads of the process."""

    def __init__(self) -> None:
        self._wall = time.perf_counter()
        self._processor = time.process_time()

    def rates(self, pictures: float) -> tuple[float, float]:
        """Return pictures per wall second and per processor second."""
        wall = time.perf_counter() - self._wall
        return pictures / wall, pictures / (time.process_time() - self._processor)


class BareLoop:
    """Trains the networks of a state of its own and does nothing else."""

    def __init__(self, config: TrainConfig, state: TrainState) -> None:
        self._config = config
        self._state = state
        self._real = state.batches.next()
        self._latents = state.latents(config)
        self.steps = 0

    def step(self) -> None:
        """Train both networks once."""
        config, state = self._config, self._state
        due = self.steps % config.penalty_interval == 0
        real = self._real.detach().requires_grad_(due)
        fake = state.generator(self._latents)
        shown = fake.detach().requires_grad_(due)
        logits_real, logits_fake = state.discriminator(real), state.discriminator(shown)
        objective = losses.relativistic_discriminator(logits_real, logits_fake)
        if due:
            penalty = losses.gradient_penalty(logits_real, real)
            penalty = penalty + losses.gradient_penalty(logits_fake, shown)
            objective = objective + config.gamma / 2 * config.penalty_interval * penalty
        state.optimizer_d.zero_grad(set_to_none=True)
        objective.backward()
        state.optimizer_d.step()
        state.discriminator.requires_grad_(False)
        target = state.discriminator(self._real)
        state.optimizer_g.zero_grad(set_to_none=True)
        losses.relativistic_generator(target, state.discriminator(fake)).backward()
        state.optimizer_g.step()
        state.discriminator.requires_grad_(True)
        self.steps += 1


def bare_rate(config: TrainConfig, state: TrainState, seconds: float) -> tuple[float, float]:
    """Return pictures per wall and per processor second of the bare loop on `state`'s networks."""
    loop = BareLoop(config, state)
    clock, begun = Clock(), time.perf_counter()
    while time.perf_counter() - begun < seconds or loop.steps % config.penalty_interval:
        loop.step()
    return clock.rates(loop.steps * config.batch)
