"""What it takes to put a photo into a model, and what comes of it, as plain records. No torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from ganart.engine.errors import BadOption, EngineError
from ganart.media.point import SEED_MAX, Point
from ganart.text import QT_TRANSLATE_NOOP

Pixels = npt.NDArray[np.uint8]
STEPS_MAX = 10_000


class PhotoTooLarge(EngineError):
    """Details: `device`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The memory of {device} is too small to look for the photo in this model."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Close other programs, or pause the training, then retry.")


class DrawsNothing(EngineError):
    """Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The model {path} draws nothing that a photo could be compared with."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Choose an older checkpoint of this run.")


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look."""

    samples: int
    """Pictures of the model among which the nearest are begun from."""
    starts: int
    """How many of those are followed for the first third of the steps."""
    steps: int


EFFORTS: Mapping[str, Effort] = MappingProxyType(
    {"quick": Effort(400, 2, 150), "thorough": Effort(1000, 4, 600)}
)


@dataclass(frozen=True, slots=True)
class ProjectionPlan:
    """A photo and how to look for it. Raises `BadOption`."""

    photo: Path
    effort: Effort = EFFORTS["quick"]
    is_closer: bool = False
    """Whether each layer may take a style of its own (W+), where the model has styles: nearer to
    the photo, and further from what the model would draw by itself."""
    focus: tuple[float, float] = (0.5, 0.5)
    """Which square of the photo, as in `frame`."""
    seed: int = 0
    device: str = "auto"

    def __post_init__(self) -> None:
        for name, value, high in (
            ("steps", self.effort.steps, STEPS_MAX),
            ("seed", self.seed, SEED_MAX),
            ("focus", self.focus[0], 1),
            ("focus", self.focus[1], 1),
        ):
            if not 0 <= value <= high:
                raise BadOption(option=name, value=value, allowed=f"0 to {high}")


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """What of the photo is looked for, (side, side, 3)."""

    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Looking:
    """`done` of `total` pictures of the model are compared with the photo."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Projecting:
    """The search is at `step` of `steps`."""

    step: int
    steps: int
    loss: float
    pixels: Pixels | None
    """What is drawn there, (side, side, 3), now and then."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How far the found picture is from the photo, to eyes that the search did not use."""

    found: float
    typical: float
    """How far the model's own pictures are from the photo: their median."""

    @property
    def share(self) -> float:
        """How much of the way from a typical picture to the photo: 0 none, 1 all."""
        return min(1.0, max(0.0, 1 - self.found / self.typical)) if self.typical > 0 else 1.0

    @property
    def verdict(self) -> str:
        """Return what that means, to be translated in context "projection"."""
        return next(text for least, text in _VERDICTS if self.share >= least)


_VERDICTS = (
    (
        0.8,
        QT_TRANSLATE_NOOP("projection", "Very near: the model knows this picture, or almost."),
    ),
    (
        0.5,
        QT_TRANSLATE_NOOP("projection", "Near: the main things are there, details are its own."),
    ),
    (
        0.3,
        QT_TRANSLATE_NOOP(
            "projection",
            "A relative: colours and large shapes are alike, and the rest is the model's own.",
        ),
    ),
    (
        0.0,
        QT_TRANSLATE_NOOP(
            "projection",
            "Far: the model has learned nothing like this photo. Try one that looks more like the "
            "pictures that it was trained on.",
        ),
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """Where in the model the photo is, as far as it is there."""

    point: Point
    pixels: Pixels
    """Its picture, (side, side, 3)."""
    nearness: Nearness
    steps: int
    is_stopped: bool
