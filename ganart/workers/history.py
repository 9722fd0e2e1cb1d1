"""Jobs that read what training left on disk: runs with their curves and grids, and models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganart.engine.asks import Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import MEASURES, read_curves
from ganart.engine.gan.events import Audit, CoachReport, Marked, Measured
from ganart.engine.gan.marks import read_marks
from ganart.engine.gan.models import ModelEntry as ModelEntry
from ganart.engine.gan.models import list_models
from ganart.errors import StudioError
from ganart.project.runs import RunRecord, Runs
from ganart.project.store import Project
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class RunsFound:
    """The runs of a project, newest first."""

    records: tuple[RunRecord, ...]


@dataclass(frozen=True, slots=True)
class KeptGrid:
    """A sample grid on disk."""

    path: Path
    pictures: float
    """How many pictures had been shown when it was drawn, going by the curves."""


@dataclass(frozen=True, slots=True, eq=False)
class RunHistory:
    """A run as it stands on disk."""

    record: RunRecord
    curves: dict[str, npt.NDArray[np.float64]]
    grids: tuple[KeptGrid, ...]
    measures: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)
    """The quality curves: the fields of `Measured`."""
    marks: tuple[Marked, ...] = ()
    """Oldest first."""
    audit: Audit | None = None
    """The newest one."""
    report: CoachReport | None = None
    """What the coach says of it as it was left."""


@dataclass(frozen=True, slots=True)
class ModelsFound:
    """The models that can be explored, as `list_models` orders them."""

    models: tuple[ModelEntry, ...]
    finished: frozenset[str] = frozenset()
    """The ids of the runs that came to their end."""


def read_runs(project: Project) -> Job:
    """Return a job that yields one `RunsFound`."""

    def job(_poll: Poll) -> Iterator[RunsFound]:
        yield RunsFound(Runs(project.runs_folder).list())

    return job


def read_history(project: Project, run_id: str) -> Job:
    """Return a job that yields one `RunHistory`; fails with `BadRun`."""

    def job(_poll: Poll) -> Iterator[RunHistory]:
        from ganart.engine.gan.audits import read_audit  # it loads Pillow

        runs = Runs(project.runs_folder)
        folder = runs.folder(run_id)
        curves = read_curves(folder)
        yield RunHistory(
            runs.load(run_id),
            curves,
            _grids(folder, curves),
            read_curves(folder, Measured, MEASURES),
            tuple(read_marks(folder)),
            read_audit(folder),
            _judged(runs.load(run_id), folder),
        )

    return job


def _judged(record: RunRecord, folder: Path) -> CoachReport | None:
    """Return what the coach says of a run; None where its options are of another version."""
    from ganart.engine.gan.branch import kept_steps
    from ganart.engine.gan.coach import Coach  # it loads torch

    try:
        config = TrainConfig.from_mapping(record.config)
    except (StudioError, ValueError, TypeError):
        return None
    coach = Coach(config, lambda: kept_steps(folder), has_learnt=bool(record.origin))
    coach.recall(folder)
    return coach.stand()


def read_models(project: Project) -> Job:
    """Return a job that yields one `ModelsFound`."""

    def job(_poll: Poll) -> Iterator[ModelsFound]:
        runs = Runs(project.runs_folder).list()
        finished = frozenset(record.id for record in runs if record.status == "finished")
        yield ModelsFound(tuple(list_models(project)), finished)

    return job


def _grids(run_folder: Path, curves: Mapping[str, npt.NDArray[np.float64]]) -> tuple[KeptGrid, ...]:
    """Return the grids in the order of their making."""
    paths = [path for path in (run_folder / "grids").glob("*.png") if path.stem.isdecimal()]
    return tuple(
        KeptGrid(path, _pictures_at(int(path.stem), curves))
        for path in sorted(paths, key=lambda path: int(path.stem))
    )


def _pictures_at(step: int, curves: Mapping[str, npt.NDArray[np.float64]]) -> float:
    steps, pictures = curves["step"], curves["pictures"]
    row = min(int(steps.searchsorted(step)), len(pictures) - 1)
    return float(pictures[row]) if row >= 0 else 0.0
