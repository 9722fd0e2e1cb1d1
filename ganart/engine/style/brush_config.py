"""Every option of a brush, declared once. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, check, option, options
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
    style_scale: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Style scale"),
        QT_TRANSLATE_NOOP(
            "options",
            "How large the style picture is beside the photos. Above 1 gives broad "
            "strokes, below 1 fine ones.",
        ),
        Group.STYLE,
        low=0.1,
        high=4.0,
    )
    content_weight: float = option(
        5.0,
        QT_TRANSLATE_NOOP("options", "Content weight"),
        QT_TRANSLATE_NOOP("options", "How strongly the shapes of the photo are held."),
        Group.LOSSES,
        low=0.0,
        high=1e9,
    )
    style_weight: float = option(
        20.0,
        QT_TRANSLATE_NOOP("options", "Style weight"),
        QT_TRANSLATE_NOOP("options", "How strongly the style is followed."),
        Group.LOSSES,
        low=0.0,
        high=1e12,
    )
    variation_weight: float = option(
        20.0,
        QT_TRANSLATE_NOOP("options", "Total variation weight"),
        QT_TRANSLATE_NOOP(
            "options",
            "How strongly neighbouring pixels are kept alike, against grain.",
        ),
        Group.LOSSES,
        low=0.0,
        high=1e9,
    )
    seed: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Seed"),
        QT_TRANSLATE_NOOP("options", "The same seed trains the same brush."),
        Group.LEARNING,
        low=0,
        high=2**32 - 1,
    )
    device: str = option(
        "auto",
        QT_TRANSLATE_NOOP("options", "Device"),
        QT_TRANSLATE_NOOP("options", "auto takes the fastest one found."),
        Group.MACHINE,
        choices=("auto", "cpu", "cuda", "mps"),
    )
    threads: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Processor threads"),
        QT_TRANSLATE_NOOP("options", "0 leaves the choice to the studio."),
        Group.MACHINE,
        low=0,
        high=256,
    )

    def __post_init__(self) -> None:
        for declared in options(type(self)):
            check(declared, getattr(self, declared.name))
