"""The models of a project: live ones, checkpoints, those of artworks. Imports no torch."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import numpy.typing as npt
from safetensors.numpy import save

from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan import retention
from ganart.engine.gan.curves import MEASURES, read_curves
from ganart.engine.gan.events import Measured
from ganart.engine.gan.model_file import WEIGHTS_PREFIX, ModelInfo, read_info, read_model
from ganart.files import make_folder, require_space, write_atomic
from ganart.project.runs import Runs
from ganart.project.store import Project

CHECKPOINTS = "checkpoints"
CHECKPOINT_NAMES = "[0-9]*.safetensors"
LIVE = "live.safetensors"
GRIDS = "grids"


class Kind(Enum):
    """Where a model stands."""

    LIVE = "live"
    """The newest of a run, rewritten while it trains."""
    CHECKPOINT = "checkpoint"
    BEST = "best"
    """The checkpoint of a run that is most like the folder."""
    KEPT = "kept"
    """Kept in the project for good: artworks need it, or it was blended or imported."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model file that can be explored."""

    path: Path
    kind: Kind
    label: str
    """The name of the run that it comes from, its own, or the preset's."""
    run_id: str
    """Empty for kept models."""
    step: int
    pictures: int
    elapsed_s: float
    model_hash: str


def checkpoints(run_folder: Path) -> list[retention.Kept]:
    """Return the readable checkpoints of a run, oldest first."""
    measures = read_curves(run_folder, Measured, MEASURES)
    likeness = dict(zip(measures["step"].tolist(), measures["likeness"].tolist(), strict=True))
    found = []
    for path in sorted((run_folder / CHECKPOINTS).glob(CHECKPOINT_NAMES)):
        with suppress(BadCheckpoint, FileNotFoundError):
            info = read_info(path)
            measured = likeness.get(info.step, info.likeness)
            found.append(retention.Kept(path, info.step, path.stat().st_size, measured))
    return found


def list_models(project: Project) -> list[ModelEntry]:
    """Return all models of a project: runs newest first, in each live, then newest to oldest."""
    return [*_run_models(project), *_kept_models(project)]


def find_model(project: Project, model_hash: str) -> ModelEntry | None:
    """Return a model by the hash that a recipe names, None if the project does not have it."""
    return next((each for each in list_models(project) if each.model_hash == model_hash), None)


def find_file(folder: Path, model_hash: str) -> Path | None:
    """Return a model by its hash out of the folder of another project, or of model files, without
    opening that project; None if it is not there.
    """
    for place in (folder / "artworks" / "models", folder / "runs", folder):
        pattern = "*.safetensors" if place == folder else "**/*.safetensors"
        for path in sorted(place.glob(pattern)):
            with suppress(BadCheckpoint, OSError):
                if read_info(path).model_hash == model_hash:
                    return path
    return None


def keep_model(project: Project, path: Path) -> Path:
    """Copy the weights of a model beside the artworks and return where.

    So a picture can be made again even after its checkpoint was thinned out. Raises
    `BadCheckpoint`, `DiskFull`, `FolderNotWritable`.
    """
    return keep_weights(project, *read_model(path))


def keep_weights(
    project: Project, info: ModelInfo, weights: Mapping[str, npt.NDArray[Any]]
) -> Path:
    """Write a model that no run made beside the artworks; weights and errors as above."""
    target = project.models_folder / f"{info.model_hash}.safetensors"
    if not target.exists():
        content = packed(info, weights)
        require_space(make_folder(target.parent), len(content))
        write_atomic(target, content)
    return target


def packed(info: ModelInfo, weights: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Return the content of a model file with nothing in it but the averaged weights."""
    return save({WEIGHTS_PREFIX + name: each for name, each in weights.items()}, info.to_header())


def _run_models(project: Project) -> Iterator[ModelEntry]:
    runs = Runs(project.runs_folder)
    for record in runs.list():
        folder = runs.folder(record.id)
        with suppress(BadCheckpoint):
            yield _entry(folder / LIVE, Kind.LIVE, record.name, record.id)
        kept = checkpoints(folder)
        favourite = retention.best(kept)
        for each in reversed(kept):
            kind = Kind.BEST if each is favourite else Kind.CHECKPOINT
            with suppress(BadCheckpoint):
                yield _entry(each.path, kind, record.name, record.id)


def _kept_models(project: Project) -> Iterator[ModelEntry]:
    for path in sorted(project.models_folder.glob("[0-9a-f]*.safetensors")):
        with suppress(BadCheckpoint):
            info = read_info(path)
            yield _entry(path, Kind.KEPT, info.label or info.preset, "")


def _entry(path: Path, kind: Kind, label: str, run_id: str) -> ModelEntry:
    info = read_info(path)
    return ModelEntry(
        path, kind, label, run_id, info.step, info.pictures, info.elapsed_s, info.model_hash
    )
