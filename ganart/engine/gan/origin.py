"""Starting a run from a model in place of random weights (fine-tuning)."""

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file

from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.model_file import WEIGHTS_PREFIX, ModelInfo, read_model
from ganart.engine.gan.state import TrainState
from ganart.engine.tensor_files import below, load_network

_DISCRIMINATOR = "discriminator."


def has_discriminator(path: Path) -> bool:
    """Tell whether a model file is a checkpoint, with all that a training goes on with.

    Raises `BadCheckpoint`.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            return any(name.startswith(_DISCRIMINATOR) for name in file.keys())  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise BadCheckpoint(path=path, reason="it is damaged or no model file") from error


def take_over(state: TrainState, path: Path) -> ModelInfo:
    """Fill a fresh state with the networks of the model or checkpoint at `path`.

    A model file has the averaged generator alone: then the discriminator learns from nothing. The
    optimizers start anew, so the first steps are short ones (`schedules.warm_up`). Raises
    `BadCheckpoint`.
    """
    info, _ = read_model(path)  # checks the weights against their hash
    try:
        tensors = load_file(path)
        is_checkpoint = bool(below(tensors, "generator."))
        load_network(state.ema, tensors, WEIGHTS_PREFIX)
        load_network(state.generator, tensors, "generator." if is_checkpoint else WEIGHTS_PREFIX)
        if is_checkpoint:
            load_network(state.discriminator, tensors, _DISCRIMINATOR)
    except (OSError, SafetensorError, ValueError, RuntimeError) as error:
        reason = "its weights do not fit its description"
        raise BadCheckpoint(path=path, reason=reason) from error
    # What was imported does not say what it has seen, but it has seen something.
    state.experience = max(1, info.pictures)
    weights = [*state.generator.parameters(), *state.discriminator.parameters()]
    if not all(bool(torch.isfinite(each).all()) for each in weights):
        raise BadCheckpoint(path=path, reason="it holds numbers that are not finite")
    return info
