"""What a training run tells (small frozen records) and what it can be asked. Imports no torch."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:  # the first window comes up before numpy is loaded
    import numpy as np
    import numpy.typing as npt


class Phase(Enum):
    """What a run is busy with; `value` is the text to show, marked for translation."""

    PREPARING = QT_TRANSLATE_NOOP("phases", "Preparing pictures")
    LOADING = QT_TRANSLATE_NOOP("phases", "Loading pictures")
    WARMING_UP = QT_TRANSLATE_NOOP("phases", "Warming up")
    TRAINING = QT_TRANSLATE_NOOP("phases", "Training")
    SAVING = QT_TRANSLATE_NOOP("phases", "Saving")


class End(Enum):
    """Why a run ended."""

    BUDGET_SPENT = "budget spent"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    """The run has begun another kind of work; `done` of `total` where that is known."""

    phase: Phase
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run has its folder; the events that follow belong to it."""

    run_id: str
    folder: Path
    picture_count: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will cost, measured by a few warm-up steps on this computer."""

    pictures_per_s: float
    seconds: float
    pictures: int
    """Pictures that the run will show; `seconds` or `pictures` follows from the other."""
    memory_bytes: int
    """Memory that the process (or the graphics card) held at the peak of the warm-up."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Averages over the steps since the record before; the last row of the curves."""

    step: int
    pictures: int
    """Real pictures shown to the discriminator so far."""
    elapsed_s: float
    """Training time so far, pauses and program restarts excluded."""
    loss_g: float
    loss_d: float
    score_real: float
    """Mean logit of the discriminator on real pictures; higher means 'looks real'."""
    score_fake: float
    """Mean logit of the discriminator on generated pictures."""
    pictures_per_s: float
    progress: float
    """Share of the budget used, 0 to 1."""
    time_left_s: float
    skipped_steps: int
    """Steps thrown away so far because a gradient was not a number."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The fixed-seed sample grid at one moment."""

    step: int
    pictures: int
    elapsed_s: float
    grid: "npt.NDArray[np.uint8]"
    """(rows*side, columns*side, 3), sRGB, owned by the receiver."""
    path: Path | None = None
    """Where the grid is kept in the run's folder, once it is."""


@dataclass(frozen=True, slots=True)
class CheckpointDue:
    """The state should be written now; the receiver writes it before it asks for the next event."""

    step: int
    end: End | None = None
    """Why the run ends with this checkpoint; None while it goes on."""


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """Everything needed to go on was written to `path`."""

    path: Path
    step: int
    pictures: int
    size_bytes: int
    likeness: float | None
    """Sliced Wasserstein distance to the folder (lower is closer), if it was measured."""
    best: bool


@dataclass(frozen=True, slots=True)
class Published:
    """The newest averaged generator was written to `path`, for exploring while training runs."""

    path: Path
    model_hash: str
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class Trouble:
    """Something failed that does not end the run, such as one checkpoint on a full disk."""

    error: StudioError


@dataclass(frozen=True, slots=True)
class Finished:
    """The run has ended and all it made is on disk."""

    end: End
    checkpoint: Path | None


TrainEvent = (
    PhaseChanged
    | RunStarted
    | Stats
    | Samples
    | CheckpointDue
    | CheckpointSaved
    | Published
    | Trouble
    | Finished
)
