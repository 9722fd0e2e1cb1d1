"""Checkpoints: everything needed to go on bit for bit, in one safetensors file, written atomically.

Tensors by prefix: "ema.", "generator.", "discriminator." (weights and buffers), "optimizer_g." and
"optimizer_d." (Adam's state, numbered by parameter), "batches." and "random" (order and random
states). Counters and a checksum are in the header beside the model's description. Nothing is ever
unpickled.
"""

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

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
from ganart.engine.tensor_files import (
    below,
    load_network,
    load_optimizer,
    network_tensors,
    optimizer_tensors,
    save_tensors,
)

COUNTERS = ("step", "pictures", "elapsed_s", "progress", "skipped_steps", "skipped_in_a_row")
NEWER_COUNTERS = ("at_once", "augment", "experience")
"""Missing in checkpoints of earlier versions: they stay as a fresh run has them."""


def model_info(
    config: TrainConfig,
    state: TrainState,
    preset: str,
    data_hash: str,
    likeness: float | None = None,
    stretched_from: float = 0.0,
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
        stretched_from=stretched_from,
    )


def save_model(path: Path, state: TrainState, info: ModelInfo) -> None:
    """Write the averaged generator alone. Raises `DiskFull` or `FolderNotWritable`."""
    save_tensors(path, network_tensors(WEIGHTS_PREFIX, state.ema), info.to_header())


def save_checkpoint(path: Path, state: TrainState, info: ModelInfo) -> None:
    """Write everything. Raises `DiskFull` or `FolderNotWritable`, leaving `path` as it was."""
    tensors = {
        **network_tensors(WEIGHTS_PREFIX, state.ema),
        **network_tensors("generator.", state.generator),
        **network_tensors("discriminator.", state.discriminator),
        **optimizer_tensors("optimizer_g.", state.optimizer_g),
        **optimizer_tensors("optimizer_d.", state.optimizer_d),
        **{f"batches.{name}": each for name, each in state.batches.state_dict().items()},
        "random": state.random.get_state(),
    }
    tensors = {name: each.detach().cpu().contiguous() for name, each in tensors.items()}
    counters = {name: getattr(state, name) for name in COUNTERS + NEWER_COUNTERS}
    header = info.to_header(counters=counters, checksum=_checksum(tensors))
    save_tensors(path, tensors, header)


def load_checkpoint(
    path: Path,
    pixels: npt.NDArray[np.uint8],
    device: torch.device,
    config: TrainConfig | None = None,
    weights: Sequence[float] | None = None,
) -> tuple[TrainState, ModelInfo]:
    """Go on from a checkpoint with prepared pictures (N, height, width, 3) and their `weights`.

    `config` may replace the stored options, to prolong a run or to change its learning; its
    networks must be the same. Raises `BadCheckpoint` or `TooFewPictures`.
    """
    info = read_info(path)
    state = TrainState.fresh(config or info.config, pixels, device, weights)
    try:
        header, tensors = read_header(path), load_file(path)
        _check_whole(header, tensors)
        load_network(state.ema, tensors, WEIGHTS_PREFIX)
        load_network(state.generator, tensors, "generator.")
        load_network(state.discriminator, tensors, "discriminator.")
        load_optimizer(state.optimizer_g, tensors, "optimizer_g.")
        load_optimizer(state.optimizer_d, tensors, "optimizer_d.")
        state.batches.load_state_dict(below(tensors, "batches."))
        state.random.set_state(tensors["random"])
        counters = header["counters"]
        newer = [name for name in NEWER_COUNTERS if name in counters]
        for name in (*COUNTERS, *newer):
            check_amount(counters[name], type(getattr(state, name)))
            setattr(state, name, counters[name])
    except (OSError, SafetensorError, LookupError, TypeError, ValueError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and is_out_of_memory(error):
            raise
        raise BadCheckpoint(path=path, reason="it is damaged or of another kind") from error
    return state, info


def _check_whole(header: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> None:
    """Raise `ValueError` where numbers have changed since they were written."""
    # Checkpoints of earlier versions have no checksum.
    if "checksum" in header and header["checksum"] != _checksum(tensors):
        raise ValueError("the checksum is another one")


def _checksum(tensors: Mapping[str, Tensor]) -> int:
    """Return the CRC-32 of all names and numbers: what else would show damage on the disk?"""
    total = 0
    for name in sorted(tensors):
        numbers = tensors[name].reshape(-1).view(torch.uint8).numpy().data
        total = zlib.crc32(numbers, zlib.crc32(name.encode(), total))
    return total
