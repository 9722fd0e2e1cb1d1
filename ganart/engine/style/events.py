"""What paintings, brushes and batches tell: small frozen records. Imports no torch."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:  # the first window comes up before numpy is loaded
    import numpy as np
    import numpy.typing as npt


class StylePhase(Enum):
    """What a job is busy with; `value` is the text to show, marked for translation."""

    LOADING = QT_TRANSLATE_NOOP("phases", "Loading pictures")
    FIRST = QT_TRANSLATE_NOOP("phases", "Making the first picture")
    PAINTING = QT_TRANSLATE_NOOP("phases", "Painting")
    TRAINING = QT_TRANSLATE_NOOP("phases", "Training the brush")
    SAVING = QT_TRANSLATE_NOOP("phases", "Saving")


@dataclass(frozen=True, slots=True)
class StylePhaseChanged:
    """The job has begun another kind of work."""

    phase: StylePhase


@dataclass(frozen=True, slots=True)
class PaintPlan:
    """What a painting will cost, told before it begins."""

    width: int
    height: int
    levels: int
    """Sizes painted one after the other, coarse to fine."""
    tile: int
    """Side of the tiles in pixels; 0 where the picture is painted in one piece."""
    memory_bytes: int
    """Estimated peak."""


@dataclass(frozen=True, slots=True)
class PaintStats:
    """The losses of one iteration, weighted as they enter the total; a row of the curves."""

    iteration: int
    """Counted from 1 over all levels."""
    iterations: int
    """Planned in all."""
    level: int
    """0 is the coarsest."""
    side: int
    """Longer side of the level in pixels."""
    content: float
    style: float
    variation: float
    total: float
    elapsed_s: float
    """Painting time so far, pauses and program restarts excluded."""
    time_left_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """The picture as it is now."""

    pixels: "npt.NDArray[np.uint8]"
    """(height, width, 3), sRGB, owned by the receiver."""
    iteration: int
    """0 for the instant first picture."""


@dataclass(frozen=True, slots=True)
class PaintStarted:
    """The painting has its folder, from which it can be resumed and refined."""

    folder: Path
    plan: PaintPlan


@dataclass(frozen=True, slots=True)
class PaintSaved:
    """Everything needed to go on was written."""

    folder: Path
    iteration: int


@dataclass(frozen=True, slots=True)
class PaintFinished:
    """The painting ended, by itself or by a stop, and is on disk."""

    folder: Path
    picture: Path
    """The newest picture, a PNG with its recipe."""
    stopped: bool


@dataclass(frozen=True, slots=True)
class BrushStarted:
    """The training has its folder, from which it can be resumed and prolonged."""

    folder: Path
    photos: int
    """Photos that it is trained on."""


@dataclass(frozen=True, slots=True)
class BrushStats:
    """The losses of a brush in training, weighted; a row of the curves."""

    step: int
    steps: int
    content: float
    style: float
    variation: float
    total: float
    elapsed_s: float
    time_left_s: float


@dataclass(frozen=True, slots=True)
class BrushSaved:
    """A brush was written; it can be used at once, also while training goes on."""

    path: Path
    step: int


@dataclass(frozen=True, slots=True)
class BrushFinished:
    """The training ended, by itself or by a stop, and the brush is on disk."""

    path: Path
    stopped: bool


@dataclass(frozen=True, slots=True)
class FilmProgress:
    """`frame` of `frames` frames of a moving picture are stylized."""

    frame: int
    frames: int
    """An estimate where the file does not tell; 0 where there is none."""
    flicker: float
    """Mean change from result to result where the source stands still, in levels of 0...255."""
    flicker_plain: float
    """The same if each frame were stylized by itself."""
    time_left_s: float


@dataclass(frozen=True, slots=True)
class FilmDone:
    """A moving picture was stylized, to its end or up to a stop; `path` has what there is."""

    path: Path | None
    """None where it was stopped before the first frame."""
    frames: int
    broken: int
    """Frames that could not be read; the one before stays on in their place."""
    flicker: float
    flicker_plain: float
    stopped: bool


class ItemState(Enum):
    """How far one item of a batch is."""

    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    """Its result was there already, or another job took its place."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BatchStarted:
    """A batch is under way in `folder` (its journal), from which it can be resumed."""

    folder: Path
    total: int
    done: int
    """Results that were there from before."""


@dataclass(frozen=True, slots=True)
class ItemEnded:
    """One photo under one look has ended."""

    item: int
    """Id within the batch."""
    photo: Path
    look: int
    """Index in the batch's looks."""
    state: ItemState
    result: Path | None = None
    error: StudioError | None = None
    done: int = 0
    """Items ended so far."""
    total: int = 0
    time_left_s: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchFinished:
    """The batch ended, by itself or by a stop."""

    folder: Path
    done: int
    skipped: int
    failed: int
    stopped: bool
    sheet: Path | None = None
    """The contact sheet of the results, if one was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class StyleTrouble:
    """Something failed that does not end the job."""

    error: StudioError
