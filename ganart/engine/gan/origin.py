"""Starting a run from a model in place of random weights (fine-tuning)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file

from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.model_file import WEIGHTS_PREFIX, ModelInfo, read_model
from ganart.engine.gan.state import TrainState
from ganart.engine.options import Group, options
from ganart.engine.tensor_files import below, load_network

NETWORK = frozenset(
    {each.name for each in options(TrainConfig) if each.group is Group.NETWORK} | {"side"}
)
"""Options that the weights of a model depend on."""


def suited(config: TrainConfig, model: TrainConfig) -> TrainConfig:
    """Return `config` with the networks of `model`, which is full-grown from the start."""
    networks: dict[str, Any] = {name: getattr(model, name) for name in NETWORK}
    return replace(config, **networks, growing=0.0)


def has_discriminator(path: Path) -> bool:
    """Tell whether a model that can be read is a checkpoint, with both networks."""
    with safe_open(path, framework="pt") as file:
        return any(name.startswith("discriminator.") for name in file.keys())  # noqa: SIM118


def take_over(state: TrainState, path: Path) -> ModelInfo:
    """Fill a fresh state with the networks of the model or checkpoint at `path`.

    A model file has the averaged generator alone: then the discriminator learns from nothing. The
    optimizers start anew. Raises `BadCheckpoint`.
    """
    info, _ = read_model(path)  # checks the weights against their hash
    try:
        tensors = load_file(path)
        is_checkpoint = bool(below(tensors, "generator."))
        load_network(state.ema, tensors, WEIGHTS_PREFIX)
        load_network(state.generator, tensors, "generator." if is_checkpoint else WEIGHTS_PREFIX)
        if is_checkpoint:
            load_network(state.discriminator, tensors, "discriminator.")
    except (OSError, SafetensorError, ValueError, RuntimeError) as error:
        reason = "its weights do not fit its description"
        raise BadCheckpoint(path=path, reason=reason) from error
    weights = [*state.generator.parameters(), *state.discriminator.parameters()]
    if not all(bool(torch.isfinite(each).all()) for each in weights):
        raise BadCheckpoint(path=path, reason="it holds numbers that are not finite")
    return info
