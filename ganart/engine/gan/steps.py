"""One training step of each recipe, in the order in which its source describes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim import Adam

from ganart.engine.gan import losses
from ganart.engine.gan.augment import augment
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.schedules import cosine, ema_decay, fade_out
from ganart.engine.gan.state import TrainState


@dataclass(frozen=True, slots=True)
class StepResult:
    """Scalars of one step, still on the device so that reading them does not hold it up."""

    loss_g: Tensor
    loss_d: Tensor
    score_real: Tensor
    score_fake: Tensor
    finite: bool
    """False when a gradient was not a number and the step was thrown away."""


def relativistic_step(config: TrainConfig, state: TrainState) -> StepResult:
    """Train both networks by relativistic pairing with R1 and R2 (R3GAN, Huang et al. 2024).

    Departures, all to save time on small machines: the same generated pictures serve both networks
    (the generator has not changed in between), and so do the real ones; the penalties are computed
    at every n-th step with n times the weight (lazy regularisation, Karras et al. 2020).
    """
    probability = fade_out(config.augment, state.progress)
    due = state.step % config.penalty_interval == 0

    real = state.batches.next().requires_grad_(due)
    fake = state.generator(state.latents(config))

    def discriminate(pictures: Tensor) -> Tensor:
        logits: Tensor = state.discriminator(augment(pictures, probability, state.random))
        return logits

    # The discriminator: real pictures should score higher than generated ones.
    shown = fake.detach().requires_grad_(due)
    logits_real, logits_fake = discriminate(real), discriminate(shown)
    loss_d = losses.relativistic_discriminator(logits_real, logits_fake)
    objective = loss_d
    if due:
        # Gradients are taken at the pictures as they are, through the augmentation.
        penalty = losses.gradient_penalty(logits_real, real)
        penalty = penalty + losses.gradient_penalty(logits_fake, shown)
        gamma = cosine(config.gamma, config.gamma_end, state.progress)
        objective = loss_d + gamma / 2 * config.penalty_interval * penalty
    finite = _descend(state.discriminator, state.optimizer_d, objective)

    # The generator: generated pictures should score higher than real ones.
    with _frozen(state.discriminator):
        target = discriminate(real.detach())
        loss_g = losses.relativistic_generator(target, discriminate(fake))
        finite = _descend(state.generator, state.optimizer_g, loss_g) and finite
    return StepResult(
        loss_g.detach(),
        loss_d.detach(),
        logits_real.detach().mean(),
        logits_fake.detach().mean(),
        finite,
    )


def lesson_step(config: TrainConfig, state: TrainState) -> StepResult:
    """Train in the two steps of the lesson: generator first, then discriminator, labels 1 and 0.

    Departure: the notebook puts the discriminator into evaluation mode while the generator learns.
    Its batch normalisation then judges by averages over real and generated batches, calls the
    generated pictures real, and the generator learns nothing (docs/adr/0006).
    """
    fake = state.generator(state.latents(config))

    with _frozen(state.discriminator):
        loss_g = losses.bce_generator(state.discriminator(fake))
        finite = _descend(state.generator, state.optimizer_g, loss_g)

    logits_real = state.discriminator(state.batches.next())
    logits_fake = state.discriminator(fake.detach())
    loss_d = losses.bce_discriminator(logits_real, logits_fake)
    finite = _descend(state.discriminator, state.optimizer_d, loss_d) and finite
    return StepResult(
        loss_g.detach(),
        loss_d.detach(),
        logits_real.detach().mean(),
        logits_fake.detach().mean(),
        finite,
    )


RECIPES: dict[str, Callable[[TrainConfig, TrainState], StepResult]] = {
    "r3": relativistic_step,
    "dcgan": lesson_step,
    "fc": lesson_step,
}


def training_step(config: TrainConfig, state: TrainState) -> StepResult:
    """Do one step of the run's recipe: schedules, both networks, the average, the counters."""
    rate = cosine(config.learning_rate, config.learning_rate_end, state.progress)
    for optimizer in (state.optimizer_g, state.optimizer_d):
        for group in optimizer.param_groups:
            group["lr"] = rate
    result = RECIPES[config.architecture](config, state)
    state.step += 1
    state.pictures += config.batch
    if result.finite:
        state.update_ema(ema_decay(config.ema_pictures, state.pictures, config.batch))
        state.skipped_in_a_row = 0
    else:
        state.skipped_steps += 1
        state.skipped_in_a_row += 1
    return result


@contextmanager
def _frozen(network: nn.Module) -> Iterator[None]:
    """Spare the gradients of `network`'s own weights inside the block."""
    network.requires_grad_(False)
    try:
        yield
    finally:
        network.requires_grad_(True)


def _descend(network: nn.Module, optimizer: Adam, objective: Tensor) -> bool:
    """Step down the gradient of `objective`; if it is not finite, return False and do nothing."""
    optimizer.zero_grad(set_to_none=True)
    objective.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
    gradients = [each.grad for each in network.parameters() if each.grad is not None]
    finite = bool(torch.nn.utils.get_total_norm(gradients).isfinite())
    if finite:
        optimizer.step()
    return finite
