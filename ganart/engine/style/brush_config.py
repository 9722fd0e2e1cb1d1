"""Every option of a brush, declared once. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, check, device_option, option, options, threads_option
from ganart.engine.style.shared_options import (
    content_weight_option,
    style_scale_option,
    style_weight_option,
    variation_weight_option,
)
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class BrushConfig:
    """How a brush, a small network for one style, is trained. Raises `BadOption`."""

    minutes: float = option(
        60.0,
        QT_TRANSLATE_NOOP("options", "Training time"),
        QT_TRANSLATE_NOOP(
            "options",
            "How long to train, pauses not counted. The brush can be used earlier and "
            "trained further.",
        ),
        Group.BASIC,
        unit=QT_TRANSLATE_NOOP("options", "min"),
        low=0.01,
        high=100_000.0,
    )
    width: int = option(
        16,
        QT_TRANSLATE_NOOP("options", "Width of the brush"),
        QT_TRANSLATE_NOOP(
            "options",
            "Channels of the first layer. 16 is quick without a graphics card, 32 paints finer.",
        ),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "channels"),
        low=4,
        high=128,
    )
    crop: int = option(
        192,
        QT_TRANSLATE_NOOP("options", "Crop"),
        QT_TRANSLATE_NOOP("options", "Side of the pieces of photos that it is trained on."),
        Group.PICTURES,
        unit=QT_TRANSLATE_NOOP("options", "px"),
        low=64,
        high=1024,
    )
    batch: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Batch"),
        QT_TRANSLATE_NOOP("options", "Pieces looked at in one step."),
        Group.LEARNING,
        low=1,
        high=64,
    )
    learning_rate: float = option(
        0.001,
        QT_TRANSLATE_NOOP("options", "Learning rate"),
        QT_TRANSLATE_NOOP("options", "Length of a step."),
        Group.LEARNING,
        low=1e-6,
        high=1.0,
    )
    style_scale: float = style_scale_option()
    content_weight: float = content_weight_option(5.0)
    style_weight: float = style_weight_option(20.0)
    variation_weight: float = variation_weight_option(20.0)
    seed: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Seed"),
        QT_TRANSLATE_NOOP("options", "The same seed trains the same brush."),
        Group.LEARNING,
        low=0,
        high=2**32 - 1,
    )
    device: str = device_option()
    threads: int = threads_option()

    def __post_init__(self) -> None:
        for declared in options(type(self)):
            check(declared, getattr(self, declared.name))
