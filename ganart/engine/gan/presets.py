"""Presets are data: named starting points for a training run. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.errors import BadOption
from ganart.engine.gan.config import TrainConfig
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Preset:
    """A named set of options; label and description are marked in context "presets"."""

    key: str
    label: str
    description: str
    config: TrainConfig


PRESETS = (
    Preset(
        "sketch-32",
        QT_TRANSLATE_NOOP("presets", "Sketch 32"),
        QT_TRANSLATE_NOOP(
            "presets", "Small pictures, 32 px. First shapes after a minute, good ones after ten."
        ),
        TrainConfig(side=32),
    ),
    Preset(
        "sketch-64",
        QT_TRANSLATE_NOOP("presets", "Sketch 64"),
        QT_TRANSLATE_NOOP(
            "presets", "64 px. First shapes after some minutes; an hour does it good."
        ),
        TrainConfig(side=64, minutes=60.0, width=32),
    ),
    Preset(
        "sketch-128",
        QT_TRANSLATE_NOOP("presets", "Sketch 128"),
        QT_TRANSLATE_NOOP(
            "presets", "128 px. A night without a graphics card, much less with one."
        ),
        TrainConfig(side=128, minutes=480.0, width=16, batch=16),
    ),
    Preset(
        "lesson-dcgan",
        QT_TRANSLATE_NOOP("presets", "Lesson: DCGAN"),
        QT_TRANSLATE_NOOP(
            "presets",
            "The convolutional network of the GAN lesson, as it is taught: see it learn, wobble "
            "and sometimes collapse.",
        ),
        TrainConfig(
            architecture="dcgan",
            side=32,
            latent_size=100,
            width=64,
            width_cap=256,
            batch=64,
            learning_rate=2e-4,
            learning_rate_end=2e-4,
            beta1=0.5,
            beta2=0.999,
            ema_pictures=0,
        ),
    ),
    Preset(
        "lesson-fc",
        QT_TRANSLATE_NOOP("presets", "Lesson: simple GAN"),
        QT_TRANSLATE_NOOP(
            "presets", "The lesson's first, fully connected network. Quick, simple and grainy."
        ),
        TrainConfig(
            architecture="fc",
            side=32,
            latent_size=100,
            batch=64,
            learning_rate=2e-4,
            learning_rate_end=2e-4,
            beta1=0.5,
            beta2=0.999,
            ema_pictures=0,
        ),
    ),
)
DEFAULT_PRESET = PRESETS[0]


def preset(key: str) -> Preset:
    """Return the preset of that key. Raises `BadOption`."""
    for each in PRESETS:
        if each.key == key:
            return each
    raise BadOption(option="preset", value=key, allowed=", ".join(each.key for each in PRESETS))
