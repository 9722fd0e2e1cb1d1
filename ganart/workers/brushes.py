"""Jobs on brushes: train one, go on with it, list them, discard one.

Torch is loaded when one starts that trains.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganart.engine.asks import Poll
from ganart.engine.gan.curves import read_curves
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.brushes import BrushRecord as BrushRecord
from ganart.engine.style.brushes import brushes, read_record
from ganart.engine.style.events import BrushStats
from ganart.errors import FolderNotWritable
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class BrushesFound:
    """The brushes of a project, newest first."""

    records: tuple[BrushRecord, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BrushOpened:
    """A brush as it stands on disk."""

    record: BrushRecord
    curves: Mapping[str, npt.NDArray[np.float64]]
    """The fields of `BrushStats` by name, a value a step."""


def train_brush(style: Path, photos: Sequence[Path], config: BrushConfig, folder: Path) -> Job:
    """Return a job that trains a new brush below `folder`; records as in `style.events`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style import brush_run

        yield from brush_run.start(style, photos, config, folder, poll)

    return job


def resume_brush(folder: Path, minutes: float) -> Job:
    """Return a job that goes on with a brush, for `minutes` more (0: what is left of its time)."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style import brush_run

        yield from brush_run.resume(folder, poll, minutes)

    return job


def read_brushes(folder: Path) -> Job:
    """Return a job that yields one `BrushesFound`."""

    def job(_poll: Poll) -> Iterator[BrushesFound]:
        yield BrushesFound(tuple(brushes(folder)))

    return job


def open_brush(folder: Path) -> Job:
    """Return a job that yields one `BrushOpened`; fails with `BadBrushFolder`."""

    def job(_poll: Poll) -> Iterator[BrushOpened]:
        yield BrushOpened(read_record(folder), read_curves(folder, BrushStats))

    return job


def discard_brush(folder: Path) -> Job:
    """Return a job that deletes a brush and what its training left."""

    def job(_poll: Poll) -> Iterator[object]:
        read_record(folder)  # raises for what is no brush
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise FolderNotWritable(folder=folder, reason=error.strerror) from error
        yield from ()

    return job
