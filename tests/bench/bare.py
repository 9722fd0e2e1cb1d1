"""The bare loop that the training loop is measured against.

The same forward, backward and optimizer steps and lazy penalties as `relativistic_step`, on one
batch that already lies in memory; no augmentation, average, statistics, samples or files.
"""

import time

import torch

from ganart.engine.gan import losses
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState


def bare_rate(config: TrainConfig, state: TrainState, seconds: float) -> float:
    """Return pictures per second of the bare loop on the networks of `state`."""
    real = state.batches.next()
    z = state.latents(config)
    generator, discriminator = state.generator, state.discriminator
    begun, steps = time.perf_counter(), 0
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
    return steps * config.batch / (time.perf_counter() - begun)


def pin_threads(threads: int) -> None:
    """Compute with so many threads in the calling thread."""
    torch.set_num_threads(threads)
