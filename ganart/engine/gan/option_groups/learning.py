"""How the networks learn. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class LearningOptions:
    """How the networks learn."""

    batch: int = option(
        32,
        QT_TRANSLATE_NOOP("options", "Batch"),
        QT_TRANSLATE_NOOP(
            "options",
            "Pictures shown in one step. Larger is calmer but slower; 16 to 64 suits most.",
        ),
        Group.LEARNING,
        unit=QT_TRANSLATE_NOOP("options", "pictures"),
        low=2,
        high=1024,
    )
    at_once: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Pictures at once"),
        QT_TRANSLATE_NOOP(
            "options",
            "How many pictures of a batch are computed together. Fewer need less memory and "
            "give the same result, except in networks with batch normalisation. 0 takes as "
            "many as fit.",
        ),
        Group.LEARNING,
        unit=QT_TRANSLATE_NOOP("options", "pictures"),
        low=0,
        high=1024,
    )
    learning_rate: float = option(
        1e-3,
        QT_TRANSLATE_NOOP("options", "Learning rate"),
        QT_TRANSLATE_NOOP(
            "options",
            "How far each step moves the networks. Too high: pictures wobble or turn to noise. Too "
            "low: learning takes for ever. Try half or double.",
        ),
        Group.LEARNING,
        low=1e-6,
        high=0.1,
    )
    learning_rate_end: float = option(
        2e-4,
        QT_TRANSLATE_NOOP("options", "Learning rate at the end"),
        QT_TRANSLATE_NOOP(
            "options", "The learning rate glides to this value along a cosine over the run."
        ),
        Group.LEARNING,
        low=0.0,
        high=0.1,
    )
    beta1: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Adam beta 1"),
        QT_TRANSLATE_NOOP(
            "options", "Momentum of the optimizer. 0 for r3, 0.5 for the lesson's networks."
        ),
        Group.LEARNING,
        low=0.0,
        high=0.999,
    )
    beta2: float = option(
        0.99,
        QT_TRANSLATE_NOOP("options", "Adam beta 2"),
        QT_TRANSLATE_NOOP("options", "How long the optimizer remembers the size of gradients."),
        Group.LEARNING,
        low=0.0,
        high=0.9999,
    )
    ema_pictures: int = option(
        5_000,
        QT_TRANSLATE_NOOP("options", "Averaging half-life"),
        QT_TRANSLATE_NOOP(
            "options",
            "The shown model is a running average of the training one; after this many pictures an "
            "old state counts half. 0 shows the raw, restless model.",
        ),
        Group.LEARNING,
        unit=QT_TRANSLATE_NOOP("options", "pictures"),
        low=0,
        high=10_000_000,
    )
    style_mixing: float = option(
        0.9,
        QT_TRANSLATE_NOOP("options", "Style mixing"),
        QT_TRANSLATE_NOOP(
            "options",
            "Share of pictures made of two styles while training, so that coarse and fine "
            "features can be mixed later. Only in style networks.",
        ),
        Group.LEARNING,
        low=0.0,
        high=1.0,
    )
    growing: float = option(
        0.6,
        QT_TRANSLATE_NOOP("options", "Time to grow"),
        QT_TRANSLATE_NOOP(
            "options",
            "Share of the run over which progressive networks grow to their full side; the "
            "rest refines it.",
        ),
        Group.LEARNING,
        low=0.0,
        high=0.95,
    )
    freeze_layers: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Frozen discriminator stages"),
        QT_TRANSLATE_NOOP(
            "options",
            "When you start from a model: how many of the finest stages of the "
            "discriminator stay as they are. Helps folders of under 200 pictures.",
        ),
        Group.LEARNING,
        low=0,
        high=10,
    )
    seed: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Seed"),
        QT_TRANSLATE_NOOP(
            "options", "Start of all randomness. The same seed and options repeat a run."
        ),
        Group.LEARNING,
        low=0,
        high=2**32 - 1,
    )
