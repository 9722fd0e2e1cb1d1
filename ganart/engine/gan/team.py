"""Processes that train one run together, on one computer or several: who is who, and what they say.

Started by `torchrun`, which tells each process by environment variables where the others are. Only
tensors and JSON travel; nothing that arrives is unpickled.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.distributed as dist
from torch import Tensor, nn

from ganart.engine.errors import TeamBroken, TeamNotMet

PATIENCE = timedelta(days=7)
"""How long to wait for the others: a leader may rest for a night or prepare many pictures. One that
is gone is noticed at once, by its closed connection.
"""


@dataclass(frozen=True)
class Team:
    """The processes; `rank` 0 leads: it alone writes files and answers asks."""

    rank: int
    size: int
    here: int = 1
    """How many of them are on this computer."""

    @property
    def leads(self) -> bool:
        """Whether this process is the leader."""
        return self.rank == 0

    def rows(self, count: int) -> range:
        """Return which of `count` pictures of a batch this process computes."""
        return range(count * self.rank // self.size, count * (self.rank + 1) // self.size)

    def add_up(self, tensors: Sequence[Tensor]) -> None:
        """Replace tensors of one kind by their sums over all processes. Raises `TeamBroken`."""
        if not tensors:
            return
        together = torch.cat([each.reshape(-1) for each in tensors])
        with _noticing_loss():
            dist.all_reduce(together)
        begin = 0
        for each in tensors:
            each.copy_(together[begin : begin + each.numel()].view_as(each))
            begin += each.numel()

    def even_out(self, network: nn.Module) -> None:
        """Average what a network gathers from the pictures of each process alone, such as batch
        statistics. Raises `TeamBroken`.
        """
        buffers = [each for each in network.buffers() if each.is_floating_point()]
        self.add_up(buffers)
        for each in buffers:
            each.div_(self.size)

    def tell(self, message: dict[str, Any], *payloads: npt.NDArray[np.uint8]) -> None:
        """Send a message of JSON values, and bytes behind it, to all. Raises `TeamBroken`."""
        text = np.frombuffer(json.dumps(message).encode(), np.uint8)
        for payload in (text, *payloads):
            flat = torch.from_numpy(payload.reshape(-1).copy())
            with _noticing_loss():
                dist.broadcast(torch.tensor(len(flat)), 0)
                dist.broadcast(flat, 0)

    def hear(self) -> dict[str, Any]:
        """Wait for the leader's next message. Raises `TeamBroken`."""
        message: dict[str, Any] = json.loads(self.hear_bytes().tobytes())
        return message

    def hear_bytes(self) -> npt.NDArray[np.uint8]:
        """Wait for the leader's next bytes, flat. Raises `TeamBroken`."""
        with _noticing_loss():
            length = torch.tensor(0)
            dist.broadcast(length, 0)
            flat = torch.empty(int(length), dtype=torch.uint8)
            dist.broadcast(flat, 0)
        return flat.numpy()


def join() -> Team | None:
    """Meet the others; return None for a process on its own. Raises `TeamNotMet`."""
    if os.environ.get("WORLD_SIZE", "1") == "1":
        return None
    backend = "gloo"
    if torch.cuda.is_available():
        backend = "cpu:gloo,cuda:nccl"
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")) % torch.cuda.device_count())
    try:
        dist.init_process_group(backend, timeout=PATIENCE)
    except (RuntimeError, ValueError, OSError) as error:
        raise TeamNotMet(reason=str(error).splitlines()[0]) from error
    here = int(os.environ.get("LOCAL_WORLD_SIZE", str(dist.get_world_size())))
    return Team(dist.get_rank(), dist.get_world_size(), here)


def leave() -> None:
    """Part from the others."""
    if dist.is_initialized():
        dist.destroy_process_group()


@contextmanager
def _noticing_loss() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise TeamBroken() from error
