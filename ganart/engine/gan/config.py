"""Every option of a training run, declared once. Imports no torch."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from ganart.engine.errors import BadOption
from ganart.engine.options import Group, check, device_option, option, options, threads_option
from ganart.text import QT_TRANSLATE_NOOP

SIDES = (8, 16, 32, 64, 128, 256)
"""Supported picture sides in pixels."""


@dataclass(frozen=True)
class TrainConfig:
    """A training run. Construct it from a preset, change fields with `dataclasses.replace`.

    Raises `BadOption` for a value outside its range.
    """

    side: int = option(
        32,
        QT_TRANSLATE_NOOP("options", "Picture side"),
        QT_TRANSLATE_NOOP(
            "options",
            "Width and height of the pictures that the model makes. Twice the side needs about "
            "four times the time. Without a graphics card stay at 32 or 64.",
        ),
        Group.BASIC,
        unit=QT_TRANSLATE_NOOP("options", "px"),
        choices=SIDES,
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
    architecture: str = option(
        "r3",
        QT_TRANSLATE_NOOP("options", "Architecture"),
        QT_TRANSLATE_NOOP(
            "options",
            "r3: small networks without normalisation, the stable choice. dcgan and fc: the "
            "networks of the GAN lesson, to learn from.",
        ),
        Group.NETWORK,
        choices=("r3", "dcgan", "fc"),
    )
    latent_size: int = option(
        64,
        QT_TRANSLATE_NOOP("options", "Latent size"),
        QT_TRANSLATE_NOOP(
            "options",
            "How many random numbers a picture is made from. 32 to 128 suits small folders.",
        ),
        Group.NETWORK,
        low=2,
        high=1024,
    )
    width: int = option(
        64,
        QT_TRANSLATE_NOOP("options", "Network width"),
        QT_TRANSLATE_NOOP(
            "options",
            "Channels of the finest stage of the networks; lower stages have more. Wider networks "
            "learn finer detail, are slower and need more memory.",
        ),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "channels"),
        low=4,
        high=256,
    )
    width_cap: int = option(
        192,
        QT_TRANSLATE_NOOP("options", "Widest stage"),
        QT_TRANSLATE_NOOP("options", "Upper limit of the channels in the lowest stages."),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "channels"),
        low=8,
        high=1024,
    )
    blocks: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Residual blocks"),
        QT_TRANSLATE_NOOP(
            "options",
            "More layers in every stage of an r3 network. 0 is quickest; 1 or 2 pay in long "
            "runs with many pictures.",
        ),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "per stage"),
        low=0,
        high=8,
    )
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
    gamma: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Gradient penalty"),
        QT_TRANSLATE_NOOP(
            "options",
            "Strength of the R1 and R2 penalties that keep the discriminator calm. Too low: "
            "oscillation. Too high: bland, average pictures. About four times as much per doubled "
            "side. Not used by the lesson's networks.",
        ),
        Group.LEARNING,
        low=0.0,
        high=10_000.0,
    )
    gamma_end: float = option(
        0.5,
        QT_TRANSLATE_NOOP("options", "Gradient penalty at the end"),
        QT_TRANSLATE_NOOP(
            "options", "The penalty glides to this value along a cosine over the run."
        ),
        Group.LEARNING,
        low=0.0,
        high=10_000.0,
    )
    penalty_interval: int = option(
        4,
        QT_TRANSLATE_NOOP("options", "Penalty every"),
        QT_TRANSLATE_NOOP(
            "options",
            "The penalties are computed at every n-th step with n times the strength, which saves "
            "time. 1 is the paper's way.",
        ),
        Group.LEARNING,
        unit=QT_TRANSLATE_NOOP("options", "steps"),
        low=1,
        high=64,
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
    augment: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Augmentation"),
        QT_TRANSLATE_NOOP(
            "options",
            "Share of pictures whose colour and place are jittered before the discriminator sees "
            "them. Helps folders under about 1000 pictures; fades to 0 at the end of the run.",
        ),
        Group.PICTURES,
        low=0.0,
        high=0.8,
    )
    mirror: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Pictures may be mirrored"),
        QT_TRANSLATE_NOOP(
            "options",
            "Show each picture also mirrored left to right, which doubles a small folder. Leave it "
            "off for lettering, signatures or anything with a left and a right.",
        ),
        Group.PICTURES,
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
    sample_every_s: float = option(
        10.0,
        QT_TRANSLATE_NOOP("options", "Samples every"),
        QT_TRANSLATE_NOOP(
            "options",
            "How often the sample grid is drawn. It becomes rarer by itself in long runs, and "
            "where drawing would cost more than a few percent of the time.",
        ),
        Group.KEEPING,
        unit=QT_TRANSLATE_NOOP("options", "s"),
        low=0.5,
        high=3600.0,
    )
    save_every_s: float = option(
        60.0,
        QT_TRANSLATE_NOOP("options", "Checkpoint every"),
        QT_TRANSLATE_NOOP("options", "How often everything needed to go on is written to disk."),
        Group.KEEPING,
        unit=QT_TRANSLATE_NOOP("options", "s"),
        low=1.0,
        high=36_000.0,
    )
    keep_checkpoints: int = option(
        20,
        QT_TRANSLATE_NOOP("options", "Checkpoints to keep"),
        QT_TRANSLATE_NOOP(
            "options",
            "Older ones are thinned out evenly; the newest and the one most like your pictures are "
            "always kept.",
        ),
        Group.KEEPING,
        low=2,
        high=1000,
    )
    disk_budget_mb: int = option(
        2000,
        QT_TRANSLATE_NOOP("options", "Disk budget of a run"),
        QT_TRANSLATE_NOOP(
            "options",
            "Older checkpoints go when those of a run take more; the newest and best always stay.",
        ),
        Group.KEEPING,
        unit=QT_TRANSLATE_NOOP("options", "MB"),
        low=20,
        high=10_000_000,
    )
    device: str = device_option()
    threads: int = threads_option()

    def __post_init__(self) -> None:
        for each in options(type(self)):
            check(each, getattr(self, each.name))
        if not self.minutes and not self.pictures:
            raise BadOption(option="minutes", value=0, allowed="a time or a number of pictures")

    def to_json(self) -> str:
        """Return the options as a JSON object."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read `to_json`'s text; unknown names (of a newer version) are passed over.

        Raises `BadOption` for values out of range and `ValueError` for text that is no JSON object.
        """
        return cls.from_mapping(json.loads(text))

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build a config from a mapping, passing over unknown names; errors as `from_json`."""
        if not isinstance(values, Mapping):
            raise ValueError("not a mapping of options")  # noqa: TRY004
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})
