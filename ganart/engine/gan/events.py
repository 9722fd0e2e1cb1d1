"""What a training run tells (small frozen records) and what it can be asked. Imports no torch."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ganart.engine.asks import Change
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
    at_once: int = 0
    """Pictures of a batch that can be computed together; 0 where it was not tried."""


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
    """(rows*height, columns*width, 3), sRGB, owned by the receiver."""
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


@dataclass(frozen=True, slots=True)
class Measured:
    """How good and how varied the model's pictures are; a row of the quality curves.

    NaN where a measure was left out, as those on features are when they would take too long.
    """

    step: int
    pictures: int
    elapsed_s: float
    likeness: float
    """Sliced Wasserstein distance to the folder on a Laplacian pyramid; lower is closer."""
    frechet: float
    """Frechet distance on features of the bundled VGG-19; lower is closer. Not the usual FID."""
    kernel: float
    """Kernel distance (squared MMD, cubic kernel) on those features; lower is closer."""
    density: float
    """How deep in the midst of real pictures generated ones lie; around 1 is good."""
    coverage: float
    """Share of real pictures that have a generated one near by, 0 to 1."""
    diversity: float
    """How varied they are against the folder: 1 is as varied, 0 all the same."""
    copies: float
    """Share of generated pictures suspiciously near to one training picture, 0 to 1."""
    leak: float
    """How far borders, turns and colour casts differ from the folder's; around 0 is good."""


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """A generated picture beside the training picture nearest to it."""

    seed: int
    original: Path
    mirrored: bool
    ratio: float
    """Distance as a share of the usual distance between neighbours in the folder; under 0.5
    means copied."""
    generated: "npt.NDArray[np.uint8]"
    """(height, width, 3), sRGB."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A training picture that nothing the model makes comes near to."""

    original: Path
    ratio: float
    """Distance to the nearest generated picture as a share of the usual one; large is ignored."""


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """Which pictures were copied and which are ignored, worst first."""

    step: int
    copies: tuple[Copy, ...]
    ignored: tuple[Ignored, ...]


class Light(Enum):
    """How things stand."""

    GOOD = "good"
    UNKNOWN = "unknown"
    """Too early to say, or not measured in this kind of training."""
    WATCH = "watch"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about a trouble, as one button."""

    label: str
    """Text of the button, marked for translation in context "coach"."""
    change: Change | None = None
    """New options for the run; None where the remedy is another one."""
    go_back_to: int | None = None
    """The step of the checkpoint to begin a branch from, with `change`."""
    audit: bool = False
    """Whether the remedy is to look at the pictures concerned."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One light of the coach."""

    key: str
    """Which trouble: "collapse", "discriminator", "oscillation", "nan", "memorising", "ignored",
    "leak" or "plateau"."""
    light: Light
    sentence: str
    """What is to be seen, marked for translation in context "coach"; with {names}."""
    values: tuple[tuple[str, float], ...] = ()
    """What to put in place of the names."""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class CoachReport:
    """All lights at one moment; told when one of them changes."""

    step: int
    pictures: int
    elapsed_s: float
    advice: tuple[Advice, ...]


class Mark(Enum):
    """Why there is a marker on the curves."""

    CHANGED = "changed"
    """The run went on with other options."""
    CURATED = "curated"
    """Other pictures, or other shares of them, were shown from here on."""
    TROUBLE = "trouble"
    """The coach saw a trouble begin."""
    RESUMED = "resumed"
    MEMORY = "memory"
    """There was too little memory; fewer pictures are computed at once from here on."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A moment of the run to remember, drawn as a marker on the curves."""

    step: int
    pictures: int
    elapsed_s: float
    mark: Mark
    text: str
    """In words for people, such as the reason of a change; with {names} where there are values."""
    options: tuple[tuple[str, Any], ...] = ()
    """The options that were changed."""
    values: tuple[tuple[str, float], ...] = ()
    """What to put in place of the names, which is left to the window and its language."""


@dataclass(frozen=True, slots=True)
class CurationDue:
    """The run was asked to take over the dataset's choice of pictures; the receiver does it."""

    step: int


@dataclass(frozen=True, slots=True)
class AuditDue:
    """The run was asked for an audit; the receiver makes it."""

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
    | Measured
    | Audit
    | AuditDue
    | CoachReport
    | Marked
    | CurationDue
    | Trouble
    | Finished
)
