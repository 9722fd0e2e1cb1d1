"""The second chapter: networks that know that pixels have neighbours."""

from ganart.engine.gan.lesson.chapters.shared import AVERAGE, LIGHT_DCGAN, PENALTY
from ganart.engine.gan.lesson.records import Chapter, Experiment
from ganart.text import QT_TRANSLATE_NOOP

CONVOLUTIONS = Chapter(
    "dcgan",
    QT_TRANSLATE_NOOP("lesson", "Seeing with convolutions"),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "A convolution looks at a small patch, and uses the same few weights at every place of "
            "the picture. What an edge is has to be learnt only once.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "The generator of a DCGAN begins with 4 × 4 places and doubles them layer by layer, "
            "from the large forms to the pixels. Its discriminator goes the way back, and the "
            "numbers in between are evened out over the batch, which keeps both in motion.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "To this we add one thing that came later: a penalty that keeps the discriminator "
            "modest. The next chapter shows what happens without it.",
        ),
    ),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "Areas and outlines hold together sooner than in the first chapter, and the grain is "
            "gone.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson", "Early on you may see a chequered pattern: the traces of the doubling."
        ),
    ),
    QT_TRANSLATE_NOOP(
        "lesson", "Why is it not enough for the discriminator to look at small patches?"
    ),
    QT_TRANSLATE_NOOP(
        "lesson",
        "Each patch could be perfect, and yet an eye be where the mouth belongs. As its layers "
        "become coarser, the last ones see the whole.",
    ),
    "lesson-dcgan",
    (*LIGHT_DCGAN, *PENALTY, ("minutes", 4.0)),
    (
        AVERAGE,
        Experiment(
            "mirror",
            QT_TRANSLATE_NOOP("lesson", "Mirror the pictures"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "Every picture is shown left to right as well, which makes two of one. Watch "
                "whether what faced one way now faces both.",
            ),
            (("mirror", True),),
        ),
        Experiment(
            "small-batch",
            QT_TRANSLATE_NOOP("lesson", "Smaller batches"),
            QT_TRANSLATE_NOOP(
                "lesson",
                "A quarter of the pictures in every round: more rounds a second, but each one "
                "tells less. Watch how ragged the curves become.",
            ),
            (("batch", 8),),
        ),
    ),
)
