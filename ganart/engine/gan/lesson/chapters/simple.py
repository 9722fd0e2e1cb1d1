"""The first chapter: two networks and their game."""

from ganart.engine.gan.lesson.chapters.shared import AVERAGE, LOOK_OFTEN
from ganart.engine.gan.lesson.records import Chapter, Experiment
from ganart.text import QT_TRANSLATE_NOOP

SIMPLE = Chapter(
    "simple",
    QT_TRANSLATE_NOOP("lesson", "Two networks, one game"),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "A generator turns random numbers into pictures. A discriminator looks at pictures and "
            "says how real they seem. Neither is told what a good picture is; they learn it from "
            "each other.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "Every round has two steps. The generator goes first: while the discriminator stays as "
            "it is, the generator's weights are moved so that its pictures seem a little more "
            "real. Then it is the discriminator's turn: real pictures ought to score high, "
            "generated ones low.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "Both are the simplest networks there are, in which every number is joined with every "
            "other one. They do not know that pixels have neighbours; hence the grain.",
        ),
    ),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "First noise, then one picture for all seeds: what your pictures have in common. The "
            "differences come last.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson", "One loss goes down, the other one up, and back again. That is the game."
        ),
    ),
    QT_TRANSLATE_NOOP(
        "lesson", "The generator's loss hardly falls. How can its pictures become better?"
    ),
    QT_TRANSLATE_NOOP(
        "lesson",
        "Its loss is measured by an opponent that becomes better as well. To stand still against a "
        "stronger one is progress.",
    ),
    "lesson-fc",
    (LOOK_OFTEN, ("minutes", 3.0)),
    (
        AVERAGE,
        Experiment(
            "bold",
            QT_TRANSLATE_NOOP("lesson", "Ten times as bold"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "Every step moves both networks ten times as far. See how long they keep their "
                "footing: GANs are touchy about such numbers.",
            ),
            (("learning_rate", 2e-3), ("learning_rate_end", 2e-3)),
        ),
    ),
)
