"""The state of a painting in one safetensors file, enough to go on bit for bit.

Tensors: "picture" and the optimizer's, prefixed "optimizer."; counters are in the header.
"""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from ganart.engine.gan.model_file import check_amount
from ganart.engine.style.config import PaintConfig
from ganart.engine.style.levels import Level, schedule
from ganart.engine.style.optimizers import make_optimizer
from ganart.engine.style.painting import PaintState
from ganart.engine.style.painting_record import BadPainting
from ganart.files import require_space, write_atomic

COUNTERS = ("level", "level_iteration", "iteration", "elapsed_s")
_PREFIX = "optimizer."


def save_state(path: Path, state: PaintState) -> None:
    """Write everything. Raises `DiskFull` or `FolderNotWritable`, leaving `path` as it was."""
    tensors = {"picture": state.picture}
    tensors |= {_PREFIX + name: each for name, each in state.optimizer.tensors().items()}
    plain = {name: each.detach().cpu().contiguous() for name, each in tensors.items()}
    counters = {name: getattr(state, name) for name in COUNTERS}
    require_space(path.parent, sum(each.nbytes for each in plain.values()))
    write_atomic(path, save(plain, metadata={"painting": json.dumps(counters)}))


def load_state(
    path: Path,
    config: PaintConfig,
    size: tuple[int, int],
    device: torch.device,
    new_optimizer: bool = False,
) -> PaintState:
    """Go on with the painting of that full size (width, height). Raises `BadPainting`.

    With `new_optimizer` only the picture is taken over, as it must be where the objective changed.
    """
    try:
        with safe_open(path, "pt") as file:
            counters = json.loads((file.metadata() or {})["painting"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (no dict)
        for name in COUNTERS:
            check_amount(counters[name], float if name == "elapsed_s" else int)
        level = schedule(config, *size)[counters["level"]]
        picture = _picture(tensors["picture"], level).to(device)
        state = PaintState(
            picture, make_optimizer(config, picture), **{name: counters[name] for name in COUNTERS}
        )
        stored = {
            name.removeprefix(_PREFIX): each
            for name, each in tensors.items()
            if name.startswith(_PREFIX)
        }
        if not new_optimizer:
            state.optimizer.load(stored)
    except OSError as error:
        raise BadPainting(path=path.parent, reason=error.strerror or "it is damaged") from error
    except (SafetensorError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadPainting(path=path.parent, reason="it is damaged or of another kind") from error
    return state


def _picture(stored: Tensor, level: Level) -> Tensor:
    if stored.shape != (1, 3, level.height, level.width) or stored.dtype != torch.float32:
        raise ValueError("a picture of another size")
    return stored
