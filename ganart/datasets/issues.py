"""What may be wrong with the pictures of a folder: a score for each picture and issue.

Some issues are those of a picture alone; the odd ones only show beside the other pictures. Scores
come from the catalogue's numbers, so thresholds can be moved without looking at a picture again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.measures import unpack
from ganart.datasets.records import PictureRow
from ganart.text import QT_TRANSLATE_NOOP

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[Any]

SMALL_SIDE = 512
"""From this shorter side on, in pixels, no picture is small at all."""

_USUAL_SPREAD = 0.25
"""Spread of the sizes below which a folder counts as being of one size, as a logarithm."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that may be wrong with a picture."""

    key: str
    label: str
    help: str
    threshold: float
    """Pictures with a score above this have the issue, unless the artist says another."""


SMALL = Issue(
    "small",
    QT_TRANSLATE_NOOP("issues", "Too small"),
    QT_TRANSLATE_NOOP(
        "issues",
        "The shorter side has few pixels, so the picture is enlarged for training and looks soft, "
        "and the model learns softness. The score is 0 from 512 pixels on; it passes 0.875 below "
        "64 pixels.",
    ),
    0.875,
)
ODD_SHAPE = Issue(
    "odd_shape",
    QT_TRANSLATE_NOOP("issues", "Odd shape"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Much longer or much squarer than most pictures here, so that cropping to the shape of the "
        "training loses a lot. Crop them by hand or leave them out.",
    ),
    0.6,
)
ODD_SIZE = Issue(
    "odd_size",
    QT_TRANSLATE_NOOP("issues", "Odd size"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Far larger or smaller than most pictures here: often a preview or a scan among others, "
        "with another sharpness and grain than the model is to learn.",
    ),
    0.5,
)
DARK = Issue(
    "dark",
    QT_TRANSLATE_NOOP("issues", "Dark"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Even the brightest parts are dark. A few such pictures teach a murkiness that turns up "
        "everywhere; keep them where the night is the subject.",
    ),
    0.68,
)
BRIGHT = Issue(
    "bright",
    QT_TRANSLATE_NOOP("issues", "Bright"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Even the darkest parts are nearly white: washed out, or a drawing of a few thin lines. "
        "The model learns to leave much of the picture empty.",
    ),
    0.93,
)
BLURRED = Issue(
    "blurred",
    QT_TRANSLATE_NOOP("issues", "Blurred"),
    QT_TRANSLATE_NOOP(
        "issues",
        "There is no sharp edge anywhere, and what the model never sees sharp it cannot draw so. "
        "A soft background beside a sharp motif does not count.",
    ),
    0.86,
)
EMPTY = Issue(
    "empty",
    QT_TRANSLATE_NOOP("issues", "Nearly empty"),
    QT_TRANSLATE_NOOP("issues", "Hardly anything but one plain tone: there is little to learn."),
    0.9,
)
GREY = Issue(
    "grey",
    QT_TRANSLATE_NOOP("issues", "Grey among colour"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Without colour, while most pictures here have some. The model then makes some of its own "
        "pictures grey.",
    ),
    0.5,
)
FRAMED = Issue(
    "framed",
    QT_TRANSLATE_NOOP("issues", "With bars or a frame"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Plain bars along the sides, as of a film on a screen, which the model would learn too. "
        "The score is the share of the picture that they take.",
    ),
    0.03,
)
TRANSPARENT = Issue(
    "transparent",
    QT_TRANSLATE_NOOP("issues", "Transparent"),
    QT_TRANSLATE_NOOP(
        "issues",
        "Partly transparent: that part is filled with the background colour. The score is its "
        "share of the picture.",
    ),
    0.01,
)

ISSUES = (
    SMALL,
    ODD_SHAPE,
    ODD_SIZE,
    DARK,
    BRIGHT,
    BLURRED,
    EMPTY,
    GREY,
    FRAMED,
    TRANSPARENT,
)


@dataclass(frozen=True, slots=True)
class Facet:
    """The pictures that have an issue at some threshold, the worst first."""

    issue: Issue
    threshold: float
    rows: tuple[int, ...]
    """Places in the diagnosis."""


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosis:
    """All scores of a folder's pictures; a facet of it takes about a millisecond."""

    pictures: Sequence[PictureRow]
    scores: Mapping[str, Scores]
    """By the key of the issue: (N,), from 0, nothing wrong, to 1."""

    def facet(self, issue: Issue, threshold: float | None = None) -> Facet:
        """Return the pictures that score above `threshold`, or above the issue's own."""
        limit = issue.threshold if threshold is None else threshold
        return Facet(issue, limit, tuple(self.above(issue, limit).tolist()))

    def above(self, issue: Issue, threshold: float) -> npt.NDArray[np.intp]:
        """Return the places of the pictures that score above `threshold`, the worst first."""
        scores = self.scores[issue.key]
        above = np.flatnonzero(scores > threshold)
        worst_first: npt.NDArray[np.intp] = above[np.argsort(-scores[above], kind="stable")]
        return worst_first


def diagnose(catalogue: Catalogue) -> Diagnosis:
    """Judge all readable pictures that a scan has measured, rejected ones included."""
    measures = catalogue.measures()
    pictures = [row for row in catalogue.pictures() if row.id in measures]
    numbers = unpack(measures[row.id] for row in pictures).astype(np.float64)
    darkest, brightest, entropy, colour, sharpness, frame, clear = numbers.T
    sides = np.array([(row.width, row.height) for row in pictures], np.float64).reshape(-1, 2)
    sides = sides.clip(1)
    scores = {
        SMALL: 1 - sides.min(axis=1) / SMALL_SIDE,
        ODD_SHAPE: _odd_shape(sides),
        ODD_SIZE: _odd_size(sides),
        DARK: 1 - brightest,
        BRIGHT: darkest,
        # A slope without any edge has an eighth of its rise between neighbours.
        BLURRED: np.where(entropy > 0, (1 - sharpness) * 8 / 7, 0),
        EMPTY: 1 - entropy / 8,
        GREY: _grey(colour),
        # A clear margin is no bar; it is told as transparent.
        FRAMED: np.where(clear > TRANSPARENT.threshold, 0, frame),
        TRANSPARENT: clear,
    }
    return Diagnosis(
        pictures,
        {issue.key: each.clip(0, 1).astype(np.float32) for issue, each in scores.items()},
    )


def _odd_shape(sides: Numbers) -> Numbers:
    """Return 1 − 1/f for pictures f times as long, or as square, as is usual in the folder.

    Upright and lying pictures of one shape are alike.
    """
    if not len(sides):
        return np.zeros(0)
    length = np.log(sides.max(axis=1) / sides.min(axis=1))
    odd: Numbers = 1 - np.exp(-np.abs(length - np.median(length)))
    return odd


def _odd_size(sides: Numbers) -> Numbers:
    """Return ½ for pictures 3 interquartile ranges beyond the quartiles of the sizes, 0 within."""
    if not len(sides):
        return np.zeros(0)
    size = np.log(sides).mean(axis=1)
    low, high = np.quantile(size, [0.25, 0.75])
    beyond = np.maximum(size - high, low - size).clip(0) / max(high - low, _USUAL_SPREAD)
    odd: Numbers = beyond / (beyond + 3)
    return odd


def _grey(colour: Numbers) -> Numbers:
    """Return how grey pictures are, times the share of the folder that is not."""
    if not len(colour):
        return np.zeros(0)
    greyness = (1 - colour / 0.1).clip(0, 1)
    odd: Numbers = greyness * (greyness == 0).mean()
    return odd
