"""Brush files: safetensors with a description in the header, read without torch.

The weights of a `BrushNetwork` by name and, under the header key "ganart", a JSON object with what
`BrushInfo` names. A file may come from anywhere: everything in it is checked before use.
"""

import json
import stat
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save

from ganart.engine.errors import EngineError
from ganart.engine.gan.model_file import check_amount, weights_hash
from ganart.files import require_space, write_atomic
from ganart.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import torch

    from ganart.engine.style.brush import BrushNetwork

FORMAT = 1
KIND = "brush"
HEADER_KEY = "ganart"
MAX_TEXT = 200
"""Characters in one text of the description."""
WIDTHS = range(4, 129)
MAX_BYTES = 256 * 2**20
"""A brush of the greatest width has 110 MB."""

Weights = dict[str, npt.NDArray[Any]]


class BadBrush(EngineError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The brush {path} cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another brush, or train this one again.")


@dataclass(frozen=True, slots=True)
class BrushInfo:
    """What a brush file says about itself."""

    name: str
    style_name: str
    """File name of the style picture."""
    style_hash: str
    """First 16 hex digits of the SHA-256 of the studio's copy of the style picture."""
    width: int
    step: int
    elapsed_s: float
    """Training time."""
    photos: int
    """Photos that it was trained on."""
    app_version: str
    created: str
    """ISO 8601, UTC: when its training began."""
    brush_hash: str = ""
    """`weights_hash` of its weights."""


def save_brush(path: Path, weights: Weights, info: BrushInfo) -> None:
    """Write a brush; `info.brush_hash` is filled in. Raises `DiskFull`, `FolderNotWritable`."""
    values = {**asdict(info), "brush_hash": weights_hash(weights), "format": FORMAT, "kind": KIND}
    require_space(path.parent, sum(each.nbytes for each in weights.values()))
    write_atomic(path, save(weights, metadata={HEADER_KEY: json.dumps(values, sort_keys=True)}))


def read_brush_info(path: Path) -> BrushInfo:
    """Return what the brush at `path` says about itself. Raises `BadBrush`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a FIFO would block for ever
            raise BadBrush(path=path, reason="it is no file")
        if status.st_size > MAX_BYTES:
            raise BadBrush(path=path, reason="it is too large for a brush")
        with safe_open(path, framework="numpy") as file:
            header = json.loads((file.metadata() or {}).get(HEADER_KEY, "null"))
    except FileNotFoundError as error:
        raise BadBrush(path=path, reason="it is not there") from error
    except (OSError, SafetensorError, ValueError, RecursionError) as error:
        raise BadBrush(path=path, reason="it is damaged or no brush") from error
    if not isinstance(header, dict) or header.get("kind") != KIND:
        raise BadBrush(path=path, reason="it is no brush")
    if header.get("format") != FORMAT:
        raise BadBrush(path=path, reason="it was written by a newer version of the studio")
    try:
        info = BrushInfo(**{each.name: header[each.name] for each in fields(BrushInfo)})
        _check(info)
    except (KeyError, TypeError, ValueError) as error:
        raise BadBrush(path=path, reason="its description is damaged") from error
    return info


def load_brush(path: Path, device: "torch.device") -> "tuple[BrushInfo, BrushNetwork]":
    """Return a brush's description and its network, ready to paint. Raises `BadBrush`."""
    import torch

    from ganart.engine.style.brush import BrushNetwork

    info, weights = _read(path)
    network = BrushNetwork(info.width)
    expected = {name: tuple(each.shape) for name, each in network.state_dict().items()}
    if {name: each.shape for name, each in weights.items()} != expected:
        raise BadBrush(path=path, reason="its weights are not those of a brush")
    if not all(each.dtype == np.float32 and np.isfinite(each).all() for each in weights.values()):
        raise BadBrush(path=path, reason="its weights are no numbers to paint with")
    network.load_state_dict({name: torch.from_numpy(each) for name, each in weights.items()})
    network.eval().requires_grad_(False)
    return info, network.to(device).to(memory_format=torch.channels_last)


def _read(path: Path) -> tuple[BrushInfo, Weights]:
    """Read description and weights that belong together: a brush in training is replaced often."""
    for _ in range(2):
        info = read_brush_info(path)
        try:
            weights: Weights = load_file(path)
        except (OSError, SafetensorError, ValueError, KeyError) as error:
            raise BadBrush(path=path, reason="it is damaged or no brush") from error
        if weights_hash(weights) == info.brush_hash:
            return info, weights
    raise BadBrush(path=path, reason="its weights are damaged")


def _check(info: BrushInfo) -> None:
    """Raise `ValueError` where a value is not what the studio writes."""
    for each in fields(BrushInfo):
        value = getattr(info, each.name)
        if each.type is str and not (
            isinstance(value, str) and len(value) <= MAX_TEXT and value.isprintable()
        ):
            raise ValueError(f"{each.name} is no short plain text")
    for count in (info.width, info.step, info.photos):
        check_amount(count, int)
    check_amount(info.elapsed_s)
    if info.width not in WIDTHS:
        raise ValueError("the width is none of a brush")
