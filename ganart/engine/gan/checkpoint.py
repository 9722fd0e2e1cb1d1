"""Checkpoints: everything needed to go on bit for bit, in one safetensors file, written atomically.

Tensors by prefix: "ema.", "generator.", "discriminator." (weights and buffers), "optimizer_g." and
"optimizer_d." (Adam's state, numbered by parameter), "batches." and "random" (order and random
states). Counters are in the header beside the model's description. Nothing is ever unpickled.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn
from torch.optim import Adam

from ganart.engine.device import is_out_of_memory
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.model_file import (
    WEIGHTS_PREFIX,
    ModelInfo,
    check_amount,
    read_header,
    read_info,
    weights_hash,
)
from ganart.engine.gan.state import TrainState
from ganart.files import require_space, write_atomic

COUNTERS = ("step", "pictures", "elapsed_s", "progress", "skipped_steps", "skipped_in_a_row")


def model_info(
    config: TrainConfig,
    state: TrainState,
    preset: str,
    data_hash: str,
    likeness: float | None = None,
) -> ModelInfo:
    """Describe the averaged generator of `state`."""
    weights = {name: each.cpu().numpy() for name, each in state.ema.state_dict().items()}
    return ModelInfo(
        model_hash=weights_hash(weights),
        config=config,
        preset=preset,
        step=state.step,
        pictures=state.pictures,
        elapsed_s=state.elapsed_s,
        data_hash=data_hash,
        likeness=likeness,
    )


def save_model(path: Path, state: TrainState, info: ModelInfo) -> None:
    """Write the averaged generator alone. Raises `DiskFull` or `FolderNotWritable`."""
    _save(path, _network_tensors(WEIGHTS_PREFIX, state.ema), info.to_header())


def save_checkpoint(path: Path, state: TrainState, info: ModelInfo) -> None:
    """Write everything. Raises `DiskFull` or `FolderNotWritable`, leaving `path` as it was."""
    tensors = {
        **_network_tensors(WEIGHTS_PREFIX, state.ema),
        **_network_tensors("generator.", state.generator),
        **_network_tensors("discriminator.", state.discriminator),
        **_optimizer_tensors("optimizer_g.", state.optimizer_g),
        **_optimizer_tensors("optimizer_d.", state.optimizer_d),
        **{f"batches.{name}": each for name, each in state.batches.state_dict().items()},
        "random": state.random.get_state(),
    }
    counters = {name: getattr(state, name) for name in COUNTERS}
    _save(path, tensors, info.to_header(counters=counters))


def load_checkpoint(
    path: Path,
    pixels: npt.NDArray[np.uint8],
    device: torch.device,
    config: TrainConfig | None = None,
) -> tuple[TrainState, ModelInfo]:
    """Go on from a checkpoint with prepared pictures (N, side, side, 3).

    `config` may replace the stored options, to prolong a run or to change its learning; its
    networks must be the same. Raises `BadCheckpoint` or `TooFewPictures`.
    """
    info = read_info(path)
    state = TrainState.fresh(config or info.config, pixels, device)
    try:
        tensors = load_file(path)
        _load_network(state.ema, tensors, WEIGHTS_PREFIX)
        _load_network(state.generator, tensors, "generator.")
        _load_network(state.discriminator, tensors, "discriminator.")
        _load_optimizer(state.optimizer_g, tensors, "optimizer_g.")
        _load_optimizer(state.optimizer_d, tensors, "optimizer_d.")
        state.batches.load_state_dict(_below(tensors, "batches."))
        state.random.set_state(tensors["random"])
        counters = read_header(path)["counters"]
        for name in COUNTERS:
            check_amount(counters[name], type(getattr(state, name)))
            setattr(state, name, counters[name])
    except (OSError, SafetensorError, LookupError, TypeError, ValueError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and is_out_of_memory(error):
            raise
        raise BadCheckpoint(path=path, reason="it is damaged or of another kind") from error
    return state, info


def _save(path: Path, tensors: dict[str, Tensor], header: dict[str, str]) -> None:
    # Contiguous copies: safetensors stores plain layouts only, and channels_last is not one.
    plain = {name: each.detach().cpu().contiguous() for name, each in tensors.items()}
    require_space(path.parent, sum(each.nbytes for each in plain.values()))
    # Not `save_file`: it renames a file of its own and reports a full disk in a way of its own.
    write_atomic(path, save(plain, metadata=header))


def _network_tensors(prefix: str, network: nn.Module) -> dict[str, Tensor]:
    return {prefix + name: each for name, each in network.state_dict().items()}


def _optimizer_tensors(prefix: str, optimizer: Adam) -> dict[str, Tensor]:
    return {
        f"{prefix}{number}.{name}": value
        for number, values in optimizer.state_dict()["state"].items()
        for name, value in values.items()
    }


def _below(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): each for name, each in tensors.items() if name.startswith(prefix)
    }


def _load_network(network: nn.Module, tensors: dict[str, Tensor], prefix: str) -> None:
    network.load_state_dict(_below(tensors, prefix))


def _load_optimizer(optimizer: Adam, tensors: dict[str, Tensor], prefix: str) -> None:
    parameters: dict[int, dict[str, Tensor]] = {}
    for name, stored in _below(tensors, prefix).items():
        number, _, key = name.partition(".")
        # As the weights lie: the fused optimizer wants all its tensors in one layout.
        layout = torch.channels_last if stored.ndim == 4 else torch.contiguous_format
        # A copy, for what `load_file` gives stays bound to the file.
        parameters.setdefault(int(number), {})[key] = stored.clone(memory_format=layout)
    weights = optimizer.param_groups[0]["params"]
    for index, values in parameters.items():
        # torch would take anything here and fail at the next step.
        shape = weights[index].shape
        if {key: each.shape for key, each in values.items()} != {
            "step": torch.Size(),
            "exp_avg": shape,
            "exp_avg_sq": shape,
        }:
            raise ValueError(f"the momenta of parameter {index} do not fit")
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": parameters, "param_groups": groups})
