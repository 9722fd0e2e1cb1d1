"""Everything that changes while a brush is trained, and the file that the training goes on from."""

import copy
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch.optim import Adam

from ganart.engine.device import is_out_of_memory
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.model_file import check_amount
from ganart.engine.style.brush import BrushNetwork
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.tensor_files import (
    load_network,
    load_optimizer,
    network_tensors,
    optimizer_tensors,
    save_tensors,
)

AVERAGED_STEPS = 100
"""The brush that people see is the running average of about so many steps."""
_HEADER_KEY = "ganart"
_DAMAGED = (OSError, SafetensorError, LookupError, TypeError, ValueError, RuntimeError)


@dataclass
class BrushState:
    """The network in training, its average, and how far it is."""

    network: BrushNetwork
    average: BrushNetwork
    """Running average of the network: the brush that people paint with."""
    optimizer: Adam
    device: torch.device
    step: int = 0
    elapsed_s: float = 0.0

    @classmethod
    def fresh(cls, config: BrushConfig, device: torch.device) -> "BrushState":
        """Start anew; the same config gives the same start, whatever was drawn before."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            # Built on the CPU, so that every device starts from the same weights.
            network = BrushNetwork(config.width)
        network = network.to(device).to(memory_format=torch.channels_last)
        average = copy.deepcopy(network).eval().requires_grad_(False)
        optimizer = Adam(
            network.parameters(),
            lr=config.learning_rate,
            fused=device.type in {"cpu", "cuda"},
        )
        return cls(network, average, optimizer, device)

    def save(self, path: Path) -> None:
        """Write everything needed to go on. Raises `DiskFull` or `FolderNotWritable`."""
        tensors = {
            **network_tensors("network.", self.network),
            **network_tensors("average.", self.average),
            **optimizer_tensors("optimizer.", self.optimizer),
        }
        counters = {"step": self.step, "elapsed_s": self.elapsed_s}
        save_tensors(path, tensors, {_HEADER_KEY: json.dumps(counters)})

    @classmethod
    def load(cls, path: Path, config: BrushConfig, device: torch.device) -> "BrushState":
        """Go on from `save`, bit for bit on the CPU. Raises `BadCheckpoint`."""
        state = cls.fresh(config, device)
        try:
            with safe_open(path, framework="pt") as file:
                counters = json.loads((file.metadata() or {})[_HEADER_KEY])
            check_amount(counters["step"], int)
            check_amount(counters["elapsed_s"])
            tensors = load_file(path)
            load_network(state.network, tensors, "network.")
            load_network(state.average, tensors, "average.")
            load_optimizer(state.optimizer, tensors, "optimizer.")
        except _DAMAGED as error:
            if isinstance(error, RuntimeError) and is_out_of_memory(error):
                raise
            raise BadCheckpoint(path=path, reason="it is damaged or of another kind") from error
        state.step, state.elapsed_s = counters["step"], float(counters["elapsed_s"])
        return state

    @torch.no_grad()
    def update_average(self) -> None:
        """Move the average towards the network."""
        # A mean of all steps at first, so that the first brush is not half the random start.
        share = max(1 / self.step, 1 / AVERAGED_STEPS)
        torch._foreach_lerp_(
            list(self.average.parameters()), list(self.network.parameters()), share
        )
