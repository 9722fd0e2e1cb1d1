"""One training step of any run: schedules, the networks' own step, the average, the counters."""

from torch.optim import Adam

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.descent import StepResult
from ganart.engine.gan.schedules import cosine, ema_decay, warm_up
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps_adversarial import adversarial_step
from ganart.engine.gan.steps_vae import vae_step

__all__ = ["StepResult", "training_step"]


def training_step(config: TrainConfig, state: TrainState) -> StepResult:
    """Do one step of the run's recipe."""
    rate = cosine(config.learning_rate, config.learning_rate_end, state.progress)
    rate *= warm_up(state.step, state.experience)
    _set_rate(state.optimizer_g, rate)
    _set_rate(state.optimizer_d, rate * config.discriminator_rate)
    for network in (state.generator, state.discriminator):
        network.grow(state.progress)
    state.note_gathered()
    if config.architecture == "vae":
        result, shown = vae_step(config, state), config.batch
    else:
        result = adversarial_step(config, state)
        shown = config.batch * config.discriminator_steps
    if not result.finite:
        state.forget_gathered()
    if state.team:
        for network in (state.generator, state.discriminator):
            state.team.even_out(network)
    state.step += 1
    state.pictures += shown
    if result.finite:
        seen = state.experience + state.pictures
        state.update_ema(ema_decay(config.ema_pictures, seen, shown))
        state.skipped_in_a_row = 0
    else:
        state.skipped_steps += 1
        state.skipped_in_a_row += 1
    return result


def _set_rate(optimizer: Adam, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate
