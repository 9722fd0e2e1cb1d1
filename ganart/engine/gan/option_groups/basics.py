"""What the first screen asks. Imports no torch."""

from dataclasses import dataclass

from ganart.datasets.sizes import SHAPES as _SHAPES
from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP

SIDES = (8, 16, 32, 64, 128, 256, 512)
"""Supported picture sides in pixels."""
SQUARE = "1:1"
SHAPES = tuple(f"{width}:{height}" for width, height in _SHAPES)
"""Supported shapes of pictures, width to height, the most upright one first."""


@dataclass(frozen=True)
class BasicOptions:
    """What the first screen asks."""

    side: int = option(
        32,
        QT_TRANSLATE_NOOP("options", "Picture side"),
        QT_TRANSLATE_NOOP(
            "options",
            "Width and height of the pictures that the model makes; those of another shape have "
            "about as many pixels. Twice the side needs about four times the time. Without a "
            "graphics card stay at 32 or 64.",
        ),
        Group.BASIC,
        unit=QT_TRANSLATE_NOOP("options", "px"),
        choices=SIDES,
    )
    shape: str = option(
        SQUARE,
        QT_TRANSLATE_NOOP("options", "Shape"),
        QT_TRANSLATE_NOOP(
            "options",
            "Width to height of the pictures that the model makes. Of yours, what does not fit "
            "into it is cut off, unless the dataset frames them otherwise.",
        ),
        Group.BASIC,
        choices=SHAPES,
    )
    minutes: float = option(
        10.0,
        QT_TRANSLATE_NOOP("options", "Training time"),
        QT_TRANSLATE_NOOP(
            "options",
            "How long to train, pauses not counted. You can stop earlier and keep everything, or "
            "go on later. 0 means: until the number of pictures below was shown.",
        ),
        Group.BASIC,
        unit=QT_TRANSLATE_NOOP("options", "min"),
        low=0.0,
        high=100_000.0,
    )
    pictures: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Pictures to show"),
        QT_TRANSLATE_NOOP(
            "options",
            "End after this many real pictures were shown to the discriminator, repeats included. "
            "0 means: only the time counts.",
        ),
        Group.BASIC,
        low=0,
        high=10_000_000_000,
    )
