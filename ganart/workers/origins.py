"""The models that a training can start from, and what one of them brings along."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganart.engine.asks import Poll
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import Kind, list_models
from ganart.engine.gan.models import ModelEntry as ModelEntry
from ganart.media.point import Point
from ganart.project.store import Project
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class Origin:
    """A model that a training can start from."""

    entry: ModelEntry
    config: TrainConfig
    """The options that it was trained with; its networks are built as they say."""
    preset: str
    """The key of the preset that it was trained with, or another word where none was."""


@dataclass(frozen=True, slots=True)
class OriginsFound:
    """The models of a project, those of the newest run first."""

    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OriginShown:
    """What one model draws, and what a training can take over beside it."""

    path: Path
    pixels: npt.NDArray[np.uint8]
    """(count, height, width, 3), sRGB."""
    has_discriminator: bool
    freezable: int
    """How many stages of its discriminator can stay as they are."""


def read_origins(project: Project) -> Job:
    """Return a job that yields one `OriginsFound`: of each run the newest and the best checkpoint,
    or what it published if it has kept none, and all models that are kept for good.
    """

    def job(_poll: Poll) -> Iterator[object]:
        origins = []
        for entry in _to_start_from(list_models(project)):
            with suppress(BadCheckpoint):  # it was thinned out a moment ago
                info = read_info(entry.path)
                origins.append(Origin(entry, info.config, info.preset))
        yield OriginsFound(tuple(origins))

    return job


def show_origin(path: Path, count: int) -> Job:
    """Return a job that yields one `OriginShown` with pictures of the first `count` seeds; fails
    with `BadCheckpoint`.
    """

    def job(_poll: Poll) -> Iterator[object]:
        import torch

        from ganart.engine.gan.networks import build_discriminator
        from ganart.engine.gan.origin import has_discriminator
        from ganart.engine.latent.render import Model

        model = Model.load(path)
        is_whole = has_discriminator(path)
        with torch.device("meta"):  # shapes only, which cost nothing
            stages = build_discriminator(model.info.config).freezable() if is_whole else []
        pixels = model.render([Point.at(seed) for seed in range(1, count + 1)])
        yield OriginShown(path, pixels, is_whole, len(stages))

    return job


def _to_start_from(entries: Sequence[ModelEntry]) -> list[ModelEntry]:
    """Leave out what is there twice, and most of the moments of a run.

    `entries` are in the order of `list_models`. A checkpoint holds more to go on with than what is
    published of the same moment, so it goes first.
    """
    chosen: dict[str, ModelEntry] = {}
    runs_with_newest: set[str] = set()
    ordered = sorted(entries, key=lambda each: (each.kind is Kind.KEPT, each.kind is Kind.LIVE))
    for entry in ordered:
        is_newest = entry.run_id not in runs_with_newest
        if entry.kind is Kind.KEPT or entry.kind is Kind.BEST or is_newest:
            chosen.setdefault(entry.model_hash, entry)
        if entry.run_id:
            runs_with_newest.add(entry.run_id)
    places = {each.path: place for place, each in enumerate(entries)}
    return sorted(chosen.values(), key=lambda each: places[each.path])
