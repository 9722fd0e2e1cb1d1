"""The third chapter: what happens where one network wins, and what to do about it."""

from ganart.engine.gan.lesson.chapters.shared import LIGHT_DCGAN, PENALTY
from ganart.engine.gan.lesson.records import Chapter, Experiment
from ganart.text import QT_TRANSLATE_NOOP

_OFF_BALANCE = (
    ("discriminator_rate", 4.0),
    ("discriminator_steps", 3),
    ("generator_steps", 1),
    ("skip_below", 0.0),
)
"""The chapter begins like this: the discriminator learns twelve times as much."""
_EVEN = (("discriminator_rate", 1.0), ("discriminator_steps", 1), ("generator_steps", 1))

BALANCE = Chapter(
    "balance",
    QT_TRANSLATE_NOOP("lesson", "Keeping the balance"),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "A GAN learns only as long as both have a chance. Here it is led astray on purpose: "
            "the discriminator learns three times a round, and four times as fast.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "Whoever is never wrong is no good teacher: all that the generator makes is called "
            "wrong, and nothing says which change would help. A generator that is too far ahead is "
            "no better: it repeats the one picture that gets by, whatever the seed. That is called "
            "mode collapse.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "Wait until the discriminator has won. Then try a cure while the training goes on, and "
            "give it half a minute.",
        ),
    ),
    (
        QT_TRANSLATE_NOOP(
            "lesson", "The discriminator's loss sinks towards nothing, the generator's rises."
        ),
        QT_TRANSLATE_NOOP(
            "lesson", "After a cure both come towards each other, and the pictures move again."
        ),
    ),
    QT_TRANSLATE_NOOP("lesson", "What would you watch to notice this in a run of your own?"),
    QT_TRANSLATE_NOOP(
        "lesson",
        "The lamps above the pictures: Balance for the discriminator, Variety for mode collapse, "
        "Calm for swings that lead nowhere. They watch every training, not only lessons.",
    ),
    "lesson-dcgan",
    (*LIGHT_DCGAN, ("minutes", 4.0), *_OFF_BALANCE),
    (
        Experiment(
            "slow",
            QT_TRANSLATE_NOOP("lesson", "Slow the discriminator"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "The lesson's first cure, separate learning rates: one step a round again, and at "
                "half the generator's speed.",
            ),
            (("discriminator_rate", 0.5), ("discriminator_steps", 1)),
        ),
        Experiment(
            "rest",
            QT_TRANSLATE_NOOP("lesson", "Let it rest while it wins"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "The second cure: the discriminator learns nothing while its loss is below 0.5, "
                "so the generator can catch up.",
            ),
            (("skip_below", 0.5), ("discriminator_steps", 1)),
        ),
        Experiment(
            "turns",
            QT_TRANSLATE_NOOP("lesson", "More turns for the generator"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "The third cure: three steps of the generator for one of the discriminator, both "
                "at the same speed.",
            ),
            (*_EVEN[:2], ("generator_steps", 3)),
        ),
        Experiment(
            "penalty",
            QT_TRANSLATE_NOOP("lesson", "Make it modest"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "What came after the lesson: even steps for both, and a penalty on how steeply the "
                "discriminator judges. It works best; watch the variety.",
            ),
            (*_EVEN, *PENALTY),
        ),
        Experiment(
            "runaway",
            QT_TRANSLATE_NOOP("lesson", "Overdo it"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "The other ditch: six steps of the generator against a discriminator at a tenth of "
                "the speed. Watch whether the pictures become alike.",
            ),
            (
                ("discriminator_rate", 0.1),
                ("discriminator_steps", 1),
                ("generator_steps", 6),
                ("skip_below", 0.0),
            ),
        ),
    ),
    cure="penalty",
)
