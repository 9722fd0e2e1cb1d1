"""The fifth chapter: networks in the manner of StyleGAN."""

from ganart.engine.gan.lesson.chapters.shared import LOOK_OFTEN
from ganart.engine.gan.lesson.records import Chapter, Experiment
from ganart.text import QT_TRANSLATE_NOOP

STYLES = Chapter(
    "styles",
    QT_TRANSLATE_NOOP("lesson", "A style for every layer"),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "In StyleGAN the random numbers do not become a picture directly. A small mapping "
            "network turns them into a style first, and every layer of the generator follows it: "
            "the early ones in the large forms, the late ones in colours and details.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "While it trains, some pictures get two styles, so that layers do not rely on each "
            "other. Afterwards the form of one picture can be had in the colours of another.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "Drawing all styles towards their average gives pictures that are more certain and "
            "less varied. It is called truncation; on the Explore page its name is Diversity.",
        ),
    ),
    (
        QT_TRANSLATE_NOOP(
            "lesson", "The losses stay closer together: a penalty keeps the discriminator modest."
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "When it has trained a while, open it on the Explore page, and move Diversity to and "
            "fro.",
        ),
    ),
    QT_TRANSLATE_NOOP("lesson", "Why a mapping network, when the latent is random anyway?"),
    QT_TRANSLATE_NOOP(
        "lesson",
        "Random numbers fill space evenly, pictures do not. The mapping may bend the space until "
        "its directions mean something.",
    ),
    "lesson-style",
    (LOOK_OFTEN, ("width", 16), ("width_cap", 64), ("minutes", 4.0)),
    (
        Experiment(
            "smooth",
            QT_TRANSLATE_NOOP("lesson", "Even steps"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "A further penalty asks that equal steps through the styles change the picture "
                "equally. It takes some speed, and walks become calmer.",
            ),
            (("path_length", 2.0),),
        ),
        Experiment(
            "free",
            QT_TRANSLATE_NOOP("lesson", "Without the penalty"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "Nothing keeps the discriminator modest any longer. Watch how soon it leads.",
            ),
            (("penalty", "none"),),
        ),
    ),
    links=("explore",),
)
