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
SAMPLES = (16, 100_000)


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
    {"quick": Effort(400, 2, 150), "thorough": Effort(1000, 3, 450)}
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
        for name, value, low, high in (
            ("samples", self.effort.samples, *SAMPLES),
            ("starts", self.effort.starts, 1, SAMPLES[0]),
            ("steps", self.effort.steps, 0, STEPS_MAX),
            ("seed", self.seed, 0, SEED_MAX),
            ("focus", self.focus[0], 0, 1),
            ("focus", self.focus[1], 0, 1),
        ):
            if not low <= value <= high:
                raise BadOption(option=name, value=value, allowed=f"{low} to {high}")


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """What of the photo is looked for, (height, width, 3)."""

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
    """What is drawn there, (height, width, 3), now and then."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far two pictures are from each other."""

    features: float
    """To the eyes of a network, at layers that the search did not use."""
    pixels: float
    """The mean squared difference, of colours from -1 to 1."""


HARDLY = Gaps(features=0.05, pixels=0.001)
"""Between pictures that are hardly told apart. A model whose pictures are all alike is measured by
this."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How far the found picture is from the photo, measured in how far the model's pictures are
    from each other.

    Against how far they are from the photo anything would look good, noise too: the nearest of many
    is always much nearer than the usual.
    """

    found: Gaps
    """From the found picture to the photo."""
    between: Gaps
    """Between two pictures of the model by chance: the medians."""

    @property
    def share(self) -> float:
        """1 is the photo itself; 0, no nearer than two pictures of the model are to each other.

        Where features and pixels disagree the worse one counts: noise has the features of another
        noise, and a blur nearly the pixels of anything.
        """
        ratios = (
            self.found.features / max(self.between.features, HARDLY.features),
            self.found.pixels / max(self.between.pixels, HARDLY.pixels),
        )
        return min(1.0, max(0.0, 1 - max(ratios)))

    @property
    def verdict(self) -> str:
        """Return what that means, to be translated in context "projection"."""
        return next(text for least, text in _VERDICTS if self.share >= least)


_VERDICTS = (
    (
        0.8,
        QT_TRANSLATE_NOOP("projection", "The model knows this picture, or almost."),
    ),
    (
        0.5,
        QT_TRANSLATE_NOOP("projection", "The main things are there, details are the model's own."),
    ),
    (
        0.25,
        QT_TRANSLATE_NOOP(
            "projection", "A distant relative: some colours and shapes are alike, the rest is not."
        ),
    ),
    (
        0.0,
        QT_TRANSLATE_NOOP(
            "projection",
            "The model has learned nothing like this photo. Try one that looks more like the "
            "pictures that it was trained on.",
        ),
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """Where in the model the photo is, as far as it is there."""

    point: Point
    pixels: Pixels
    """Its picture, (height, width, 3)."""
    nearness: Nearness
    known: Nearness
    """The same before layers got styles of their own (W+), which come near to nearly anything: so
    this, not `nearness`, tells what the model has learned."""
    steps: int
    is_stopped: bool
