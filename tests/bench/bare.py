"""The bare loop that the training loop is measured against.

The same forward, backward and optimizer steps and lazy penalties as `relativistic_step`, on one
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


def bare_rate(config: TrainConfig, state: TrainState, seconds: float) -> tuple[float, float]:
    """Return pictures per wall and per processor second of the bare loop on `state`'s networks."""
    real = state.batches.next()
    z = state.latents(config)
    generator, discriminator = state.generator, state.discriminator
    clock, begun, steps = Clock(), time.perf_counter(), 0
    while time.perf_counter() - begun < seconds or steps % config.penalty_interval:
        due = steps % config.penalty_interval == 0
        real = real.detach().requires_grad_(due)
        fake = generator(z)
        shown = fake.detach().requires_grad_(due)
        logits_real, logits_fake = discriminator(real), discriminator(shown)
        objective = losses.relativistic_discriminator(logits_real, logits_fake)
        if due:
            penalty = losses.gradient_penalty(logits_real, real)
            penalty = penalty + losses.gradient_penalty(logits_fake, shown)
            objective = objective + config.gamma / 2 * config.penalty_interval * penalty
        state.optimizer_d.zero_grad(set_to_none=True)
        objective.backward()
        state.optimizer_d.step()
        discriminator.requires_grad_(False)
        target = discriminator(real.detach())
        state.optimizer_g.zero_grad(set_to_none=True)
        losses.relativistic_generator(target, discriminator(fake)).backward()
        state.optimizer_g.step()
        discriminator.requires_grad_(True)
        steps += 1
    return clock.rates(steps * config.batch)
