"""The fourth chapter: from coarse pictures to fine ones, by a loss that is a distance."""

from ganart.engine.gan.lesson.chapters.shared import LOOK_OFTEN
from ganart.engine.gan.lesson.records import Chapter, Experiment
from ganart.text import QT_TRANSLATE_NOOP

GROWING = Chapter(
    "growing",
    QT_TRANSLATE_NOOP("lesson", "Growing from coarse to fine"),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "Large pictures are hard: to begin with, everything is wrong everywhere at once. "
            "Progressive growing starts with 4 × 4 pixels, which is soon learnt, and adds layers "
            "for 8, 16 and 32.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "A new layer is faded in, so that the old ones are not shaken. Another way to the same "
            "end, multi-scale gradients, learns all sizes together; it is among the presets as "
            "“All sizes at once”.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "The loss is another one, too. This discriminator gives points instead of "
            "probabilities, and what separates the points of real and generated pictures acts as a "
            "distance.",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("lesson", "At first four fat pixels across; then finer stage by stage."),
        QT_TRANSLATE_NOOP(
            "lesson",
            "With every stage the distance leaps up: there are new details to get wrong.",
        ),
    ),
    QT_TRANSLATE_NOOP("lesson", "Why not begin with the full size, and simply train longer?"),
    QT_TRANSLATE_NOOP(
        "lesson",
        "While the large forms are still wrong, details only distract; and small pictures take a "
        "fraction of the time.",
    ),
    "lesson-progressive",
    (
        LOOK_OFTEN,
        *(("width", 8), ("width_cap", 64), ("batch", 16)),
        ("minutes", 4.0),
    ),
    (
        Experiment(
            "ratio",
            QT_TRANSLATE_NOOP("lesson", "Five judgements a round"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "With a distance the discriminator may lead, so it gets five steps for each of the "
                "generator's, as in the paper on this loss. It takes more time for a round.",
            ),
            (("discriminator_steps", 5),),
        ),
        Experiment(
            "no-penalty",
            QT_TRANSLATE_NOOP("lesson", "Without the penalty"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "Points are a distance only while they cannot grow without bounds, which a penalty "
                "sees to. Take it away and watch the scale of the curves.",
            ),
            (("penalty", "none"),),
        ),
    ),
)
