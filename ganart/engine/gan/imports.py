"""Taking models from elsewhere into a project: those of other projects, and foreign weights.

Foreign weights are a safetensors file without our description. They are taken if they fit one of
our architectures in names and shapes, as those of PyTorch's DCGAN example do. Pickles are refused,
StyleGAN's too: opening one runs whatever program is hidden in it, and a reader that would take
nothing but numbers finds no network here that those numbers fit.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import Tensor

from ganart.engine.errors import ForeignModel, PickledModel
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.fitting import bare, find_config, own_names
from ganart.engine.gan.model_file import HEADER_KEY, ModelInfo, read_model, weights_hash
from ganart.engine.gan.models import keep_weights
from ganart.engine.gan.networks import build_generator
from ganart.engine.latent.render import Model
from ganart.files import human_size
from ganart.project.store import Project

PRESET = "imported"
MAX_BYTES = 4 * 2**30
PICKLED = (b"\x80", b"PK\x03\x04", b"\x1f\x8b")
"""How pickles, torch's archives of pickles, and compressed pickles begin."""


def import_model(project: Project, path: Path) -> Path:
    """Copy a model into the project and return where; the original is only read.

    Raises `PickledModel`, `ForeignModel` where weights fit no architecture or are not sound,
    `BadCheckpoint` where a model of ours is damaged, `DiskFull` and `FolderNotWritable`.
    """
    _refuse_pickles(path)
    try:
        with safe_open(path, framework="numpy") as file:
            header = (file.metadata() or {}).get(HEADER_KEY)
        if path.stat().st_size > MAX_BYTES:
            raise ForeignModel(path=path, reason=f"it is larger than {human_size(MAX_BYTES)}")
        if header is not None:
            _refuse_brushes(path, header)
            Model.load(path)  # tells whether the weights fit the description
            info, weights = read_model(path)
            return keep_weights(project, replace(info, label=info.label or path.stem), weights)
        found = load_file(path)
    except (OSError, SafetensorError, ValueError, LookupError) as error:
        reason = "it is damaged, or no safetensors file"
        raise ForeignModel(path=path, reason=reason) from error
    config, weights = _fitted(path, found)
    info = ModelInfo(
        model_hash=weights_hash(weights),
        config=config,
        preset=PRESET,
        step=0,
        pictures=0,
        elapsed_s=0.0,
        data_hash="",
        label=path.stem,
    )
    return keep_weights(project, info, weights)


def _refuse_pickles(path: Path) -> None:
    try:
        with path.open("rb") as file:
            begin = file.read(9)
    except OSError as error:
        raise ForeignModel(path=path, reason=error.strerror) from error
    # Safetensors begin with the length of their header, which may look like a pickle, and after
    # these eight bytes a brace.
    if begin.startswith(PICKLED) and not begin.endswith(b"{"):
        raise PickledModel(path=path)


def _refuse_brushes(path: Path, header: str) -> None:
    description = json.loads(header)
    if isinstance(description, dict) and description.get("kind") == "brush":
        raise ForeignModel(path=path, reason="it is a brush, which the Stylize page paints with")


def _fitted(
    path: Path, found: Mapping[str, Tensor]
) -> tuple[TrainConfig, dict[str, npt.NDArray[np.generic]]]:
    """Return the options and the weights, named as ours are. Raises `ForeignModel`."""
    for names in _parts(found):
        config = find_config({short: tuple(found[name].shape) for short, name in names.items()})
        if config is None:
            continue
        given = {own: found[names[short]] for short, own in own_names(config).items()}
        if not all(each.is_floating_point() and each.isfinite().all() for each in given.values()):
            raise ForeignModel(path=path, reason="it holds what are no finite numbers")
        # The counters that are left out keep what a new network has.
        generator = build_generator(config)
        generator.load_state_dict(given, strict=False)
        return config, {name: each.numpy() for name, each in generator.state_dict().items()}
    raise ForeignModel(path=path, reason="its weights fit none of the studio's architectures")


def _parts(found: Mapping[str, Tensor]) -> Iterator[dict[str, str]]:
    """Yield names by their bare ones: of all tensors, then of those below each first name.

    Averaged generators come first, for those are what people see.
    """
    yield bare(list(found))
    firsts = {name.partition(".")[0] for name in found}
    for first in sorted(firsts, key=lambda each: ("ema" not in each.lower(), each)):
        yield bare([name for name in found if name.startswith(f"{first}.")])
