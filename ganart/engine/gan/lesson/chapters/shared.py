"""What several chapters begin with or offer to try."""

from ganart.engine.gan.lesson.records import Experiment
from ganart.text import QT_TRANSLATE_NOOP

_AVERAGING = 5_000
"""Half-life in pictures of the average that an experiment shows."""
LOOK_OFTEN = ("quality_share", 0.1)
"""The narrator tells what the measures say."""
LIGHT_DCGAN = (
    LOOK_OFTEN,
    *(("width", 16), ("width_cap", 128), ("batch", 32)),
    *(("learning_rate", 5e-4), ("learning_rate_end", 5e-4)),
)
"""A sixth of the preset's work for a picture: on two processor cores the preset would still draw
one picture for all seeds when the chapter ends."""
PENALTY = (("penalty", "r1"), ("gamma", 1.0), ("gamma_end", 1.0))
"""Without it the discriminator wins within seconds, and after 3000 rounds all seeds are still
alike; with it their variety grows steadily from the first hundred rounds on."""

AVERAGE = Experiment(
    "average",
    QT_TRANSLATE_NOOP("lesson", "Show the average"),
    QT_TRANSLATE_NOOP(
        "lesson",
        "The pictures are drawn by a running average of the generator from now on: calmer and "
        "mostly better, though nothing changes in the game itself.",
    ),
    (("ema_pictures", _AVERAGING),),
)
