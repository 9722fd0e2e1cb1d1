"""Networks and optimizers as named tensors of a safetensors file; nothing is ever unpickled."""

from pathlib import Path

import torch
from safetensors.torch import save
from torch import Tensor, nn
from torch.optim import Adam

from ganart.files import require_space, write_atomic


def save_tensors(path: Path, tensors: dict[str, Tensor], header: dict[str, str]) -> None:
    """Write tensors, whole or not at all. Raises `DiskFull` or `FolderNotWritable`."""
    # Contiguous copies: safetensors stores plain layouts only, and channels_last is not one.
    plain = {name: each.detach().cpu().contiguous() for name, each in tensors.items()}
    require_space(path.parent, sum(each.nbytes for each in plain.values()))
    # Not `save_file`: it renames a file of its own and reports a full disk in a way of its own.
    write_atomic(path, save(plain, metadata=header))


def network_tensors(prefix: str, network: nn.Module) -> dict[str, Tensor]:
    """Return the weights and buffers of a network, by prefixed name."""
    return {prefix + name: each for name, each in network.state_dict().items()}


def optimizer_tensors(prefix: str, optimizer: Adam) -> dict[str, Tensor]:
    """Return Adam's state, its parameters numbered."""
    return {
        f"{prefix}{number}.{name}": value
        for number, values in optimizer.state_dict()["state"].items()
        for name, value in values.items()
    }


def below(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Return the tensors whose names begin with `prefix`, without it."""
    return {
        name.removeprefix(prefix): each for name, each in tensors.items() if name.startswith(prefix)
    }


def load_network(network: nn.Module, tensors: dict[str, Tensor], prefix: str) -> None:
    """Fill a network from `network_tensors`. Raises `RuntimeError` where they do not fit."""
    network.load_state_dict(below(tensors, prefix))


def load_optimizer(optimizer: Adam, tensors: dict[str, Tensor], prefix: str) -> None:
    """Fill an optimizer from `optimizer_tensors`. Raises `ValueError` where they do not fit."""
    parameters: dict[int, dict[str, Tensor]] = {}
    for name, stored in below(tensors, prefix).items():
        number, _, key = name.partition(".")
        # As the weights lie: the fused optimizer wants all its tensors in one layout.
        layout = torch.channels_last if stored.ndim == 4 else torch.contiguous_format
        # A copy, for what safetensors gives stays bound to the file.
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
