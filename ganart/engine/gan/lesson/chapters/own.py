"""The last chapter leads to pictures of one's own."""

from ganart.engine.gan.lesson.records import Chapter
from ganart.text import QT_TRANSLATE_NOOP

OWN = Chapter(
    "own",
    QT_TRANSLATE_NOOP("lesson", "Your own pictures"),
    (
        QT_TRANSLATE_NOOP(
            "lesson",
            "You have seen all that the studio trains with: the game, its networks, and what keeps "
            "the balance. Now take pictures of your own. A hundred that belong together are better "
            "than a thousand of everything.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "Begin with a Sketch preset: it has the same game, with a loss and penalties that keep "
            "the balance by themselves.",
        ),
        QT_TRANSLATE_NOOP(
            "lesson",
            "There is another way to make art with networks: style transfer, which repaints a "
            "photo and needs no training. The Stylize page does it.",
        ),
    ),
    links=("dataset", "train", "stylize"),
)
