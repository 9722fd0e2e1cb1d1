"""The chapters of the lesson, and what can be tried in each: data. Imports no torch.

They follow the arc of the GAN lesson of "AI for Beginners" (lesson 10) in words of our own. Texts
are marked for translation in context "lesson".
"""

from collections.abc import Mapping
from typing import Any

from ganart.engine.gan.lesson.records import Chapter, Experiment
from ganart.text import QT_TRANSLATE_NOOP

AVERAGING = 5_000
"""Half-life in pictures of the average that an experiment shows."""
OFF_BALANCE: Mapping[str, Any] = {
    "discriminator_rate": 4.0,
    "discriminator_steps": 3,
    "generator_steps": 1,
    "skip_below": 0.0,
}
"""The third chapter begins like this: the discriminator learns twelve times as much."""
_LOOK_OFTEN = ("quality_share", 0.1)
"""The narrator tells what the measures say."""
_LIGHT_DCGAN = (
    _LOOK_OFTEN,
    *(("width", 16), ("width_cap", 128), ("batch", 32)),
    *(("learning_rate", 5e-4), ("learning_rate_end", 5e-4)),
)
"""A sixth of the preset's work for a picture: on two processor cores the preset would still draw
one picture for all seeds when the chapter ends."""
_PENALTY = (("penalty", "r1"), ("gamma", 1.0), ("gamma_end", 1.0))
"""Without it the discriminator wins within seconds, and after 3000 rounds all seeds are still
alike; with it their variety grows steadily from the first hundred rounds on."""

_EVEN = (("discriminator_rate", 1.0), ("discriminator_steps", 1), ("generator_steps", 1))

_AVERAGE = Experiment(
    "average",
    QT_TRANSLATE_NOOP("lesson", "Show the average"),
    QT_TRANSLATE_NOOP(
        "lesson",
        "The pictures are drawn by a running average of the generator from now on: calmer and "
        "mostly better, though nothing changes in the game itself.",
    ),
    (("ema_pictures", AVERAGING),),
)

_SIMPLE = Chapter(
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
    (_LOOK_OFTEN, ("minutes", 3.0)),
    (
        _AVERAGE,
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

_CONVOLUTIONS = Chapter(
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
    (*_LIGHT_DCGAN, *_PENALTY, ("minutes", 4.0)),
    (
        _AVERAGE,
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

_BALANCE = Chapter(
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
    (*_LIGHT_DCGAN, ("minutes", 4.0), *OFF_BALANCE.items()),
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
            (*_EVEN, *_PENALTY),
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

_GROWING = Chapter(
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
        _LOOK_OFTEN,
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

_STYLES = Chapter(
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
    (_LOOK_OFTEN, ("width", 16), ("width_cap", 64), ("minutes", 4.0)),
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

_OWN = Chapter(
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

CHAPTERS = (_SIMPLE, _CONVOLUTIONS, _BALANCE, _GROWING, _STYLES, _OWN)
