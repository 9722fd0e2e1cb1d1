"""Model files: safetensors with a description in the header. Reading it loads no torch.

A model file holds the averaged generator under "ema." and, under the header key "ganart", a JSON
object with what `ModelInfo` names. Checkpoints are model files with more tensors in them.
"""

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from ganart.engine.errors import BadCheckpoint, BadOption
from ganart.engine.gan.config import TrainConfig
from ganart.media.drawn import Drawn
from ganart.media.recipe_checks import BadRecipe

FORMAT = 1
HEADER_KEY = "ganart"
WEIGHTS_PREFIX = "ema."
_NEWER = ("label", "stretched_from")
"""Missing in older files."""
_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a model file says about itself."""

    model_hash: str
    """First 16 hex digits of the SHA-256 of the weights' names, shapes and bytes."""
    config: TrainConfig
    preset: str
    step: int
    pictures: int
    elapsed_s: float
    data_hash: str
    """Fingerprint of the prepared pictures that the model was trained on."""
    likeness: float | None = None
    """Sliced Wasserstein distance to those pictures, lower is closer; None if not measured."""
    label: str = ""
    """What people call it, if it does not come out of a run but of a blend or an import."""
    stretched_from: float = 0.0
    """As in `Drawn`: the shape of the pictures before they were stretched for the training."""

    @property
    def drawn(self) -> Drawn:
        """The pictures that the model draws."""
        return Drawn(*self.config.size, self.stretched_from)

    def to_header(self, **more: object) -> dict[str, str]:
        """Return the header to write, with `more` values beside the description."""
        values = dataclasses.asdict(self) | {"format": FORMAT} | more
        return {HEADER_KEY: json.dumps(values, sort_keys=True)}


def weights_hash(weights: Mapping[str, npt.NDArray[Any]]) -> str:
    """Return the `model_hash` of weights given by name."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        array = np.ascontiguousarray(weights[name])
        digest.update(f"{name}{array.shape}{array.dtype}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()[:16]


def read_header(path: Path) -> dict[str, Any]:
    """Return the JSON object of a model file's header.

    Raises `BadCheckpoint` for a file that is missing, truncated, not ours or of a newer version.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            header = json.loads((file.metadata() or {}).get(HEADER_KEY, "null"))
    except FileNotFoundError as error:
        raise BadCheckpoint(path=path, reason="it is not there") from error
    except (OSError, SafetensorError, ValueError, RecursionError) as error:
        raise BadCheckpoint(path=path, reason="it is damaged or no model file") from error
    if not isinstance(header, dict) or not isinstance(header.get("format"), int):
        raise BadCheckpoint(path=path, reason="it was not written by GanArt Studio")
    if header["format"] > FORMAT:
        raise BadCheckpoint(path=path, reason="it was written by a newer version of the studio")
    return header


def read_info(path: Path) -> ModelInfo:
    """Return what the model file at `path` says about itself; errors as `read_header`."""
    header = read_header(path)
    try:
        config = TrainConfig.from_mapping(header["config"])
        names = {each.name for each in dataclasses.fields(ModelInfo)} - {"config", *_NEWER}
        values = {name: header[name] for name in names}
        newer = {name: header[name] for name in _NEWER if name in header}
        info = ModelInfo(config=config, **values, **newer)
        _check(info)
    except (KeyError, TypeError, ValueError, BadOption, BadRecipe) as error:
        raise BadCheckpoint(path=path, reason="its description is damaged") from error
    return info


def read_model(path: Path) -> tuple[ModelInfo, dict[str, npt.NDArray[Any]]]:
    """Return a model's description and its averaged weights by name; errors as `read_header`.

    The weights are checked against the hash: that finds damage that no length shows, and a live
    model that was replaced between the two reads, for which a second try is made.
    """
    for _ in range(2):
        info = read_info(path)
        try:
            with safe_open(path, framework="numpy") as file:
                # A checkpoint holds several times as much for going on with the training.
                names = [name for name in file.keys() if name.startswith(WEIGHTS_PREFIX)]  # noqa: SIM118  (no mapping)
                weights = {
                    name.removeprefix(WEIGHTS_PREFIX): file.get_tensor(name) for name in names
                }
        except (OSError, SafetensorError, ValueError) as error:
            raise BadCheckpoint(path=path, reason="it is damaged or no model file") from error
        if weights_hash(weights) == info.model_hash:
            return info, weights
    raise BadCheckpoint(path=path, reason="its weights are damaged")


def check_amount(value: object, kind: type = float) -> None:
    """Raise `ValueError` unless `value` is a finite number from 0 on, whole where `kind` is int."""
    fitting = isinstance(value, int if kind is int else int | float)
    if not fitting or isinstance(value, bool) or not 0 <= value < math.inf:  # type: ignore[operator]  # narrowed by `fitting`
        raise ValueError(f"{value!r} is no amount")


def _check(info: ModelInfo) -> None:
    """Raise `ValueError` or `TypeError` where a value is not what the studio writes."""
    # The hash becomes a file name, so it must not be a path.
    if not _HASH.fullmatch(info.model_hash):
        raise ValueError("the hash is no hash")
    if not all(isinstance(each, str) for each in (info.preset, info.data_hash, info.label)):
        raise TypeError("a name is no text")
    for count in (info.step, info.pictures):
        check_amount(count, int)
    for measure in (info.elapsed_s, info.likeness or 0.0, info.stretched_from):
        check_amount(measure)
    _ = info.drawn  # which checks it
