"""The eight lights: each a function of a run's story that says how one thing stands.

The thresholds were settled on runs that provoke each trouble and on healthy ones
(tests/engine/test_coach_provoked.py); measures are as `events.Measured` describes them.
"""

import math
from collections.abc import Callable

import numpy as np

from ganart.engine.gan import remedies
from ganart.engine.gan.coach_story import Story, column
from ganart.engine.gan.events import Advice, Light, Remedy
from ganart.engine.gan.recipes import recipe
from ganart.text import QT_TRANSLATE_NOOP

EARLY = 0.15
"""Share of a run in which pictures are still alike and unlike the folder's, as they have to be;
later on they may be alike only while they still become more varied."""
ALIKE, RATHER_ALIKE = 0.3, 0.45
"""Diversity that is a collapse, and one that may become one; healthy runs end above 0.6."""
FALLEN = 0.7
"""Share of the best diversity so far that is a fall."""
WON, WINNING = 6.0, 4.0
"""Lead of real pictures' scores: chances of e**-6 to be mistaken. Healthy leads are 0.5 to 2."""
HINGE_WON, HINGE_WINNING = 0.02, 0.1
"""Loss of a hinge discriminator, which learns only where it does not tell apart by a margin."""
SWINGING, SWAYING = 0.6, 0.35
"""Slow swings of the generator's loss against its size."""
SETTLING_S = 60.0
"""Training time in which two new networks still look for their balance, and their losses swing
while the first shapes appear; but no longer than `EARLY`."""
TURNS = 4
"""How often it comes back in the window, so that a mere rise or fall is no swing."""
CHUNKS = 12
"""Parts of the window whose means show the slow swings."""
BROKEN = 0.2
"""Share of steps thrown away."""
COPYING, SOME_COPIES = 0.3, 0.1
"""Share of the pictures that are copies."""
MANY_MISSED, SOME_MISSED = 0.4, 0.15
"""Share of the folder that nothing comes near to, of what an even model this good would reach."""
GOOD_ENOUGH = 0.3
"""Density from which on ignored pictures are told from pictures that are all not good yet."""
LEAKED, LEAKING = 0.35, 0.25
LIKE_ENOUGH = 0.2
"""Likeness from which on a leak is told from pictures that are all not good yet."""
STANDING_SPAN = 0.08
"""Share of a run in which nothing has become better."""
STANDING = 0.005
"""Betterment of the likeness, as a share, that is none."""
WORSE = 1.3
"""Likeness against the best so far that calls for going back."""
LEAST_READINGS = 4


def collapse(story: Story) -> Advice:
    """Are the pictures as varied as the folder's?"""
    key = "collapse"
    diversity, best = story.newest("diversity"), story.best_diversity
    is_rising = best < RATHER_ALIKE and (story.progress < EARLY or diversity == best)
    if diversity is None or story.is_beginner() or is_rising:
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "It is too early to tell how varied."))
    values = {"diversity": diversity}
    if diversity < ALIKE:
        return _advice(
            key,
            Light.ALARM,
            QT_TRANSLATE_NOOP(
                "coach",
                "The pictures have become alike: their variety is {diversity} where your folder's "
                "is 1.",
            ),
            values,
            remedies.go_back(story, _last_step_above(story, RATHER_ALIKE)),
        )
    # A run may begin with a model of another, more varied folder: to fall to 1 is no loss.
    if diversity < RATHER_ALIKE or diversity < FALLEN * min(best, 1.0):
        return _advice(
            key,
            Light.WATCH,
            QT_TRANSLATE_NOOP(
                "coach",
                "The pictures are less varied than they should be: {diversity} where your "
                "folder's is 1.",
            ),
            values,
            remedies.calm(story.config),
        )
    return _good(key, QT_TRANSLATE_NOOP("coach", "The pictures are varied."))


def discriminator(story: Story) -> Advice:
    """Do both networks have a chance?"""
    key = "discriminator"
    window = story.recent()
    kind = _loss(story)
    if not kind:
        text = QT_TRANSLATE_NOOP("coach", "This network has no opponent, so nothing to balance.")
        return _unknown(key, text)
    if kind == "wasserstein":
        text = QT_TRANSLATE_NOOP("coach", "With this loss the discriminator is meant to lead.")
        return _unknown(key, text)
    if not window:
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "It is too early to tell who leads."))
    lead = _middle(column(window, "score_real")) - _middle(column(window, "score_fake"))
    loss = _middle(column(window, "loss_d"))
    hinge = kind == "hinge"
    if loss < HINGE_WON if hinge else lead > WON:
        text = QT_TRANSLATE_NOOP(
            "coach",
            "The discriminator wins: it is hardly ever mistaken, so the generator learns little.",
        )
        return _advice(key, Light.ALARM, text, {}, remedies.slow_discriminator(story.config))
    if loss < HINGE_WINNING if hinge else lead > WINNING:
        text = QT_TRANSLATE_NOOP("coach", "The discriminator leads by much.")
        return _advice(key, Light.WATCH, text, {}, remedies.slow_discriminator(story.config))
    return _good(key, QT_TRANSLATE_NOOP("coach", "Both networks have a chance."))


def oscillation(story: Story) -> Advice:
    """Does the generator get ahead, or do both chase each other in circles?"""
    key = "oscillation"
    if not _loss(story):
        text = QT_TRANSLATE_NOOP("coach", "This network has no opponent to chase.")
        return _unknown(key, text)
    values = column(story.recent(), "loss_g")
    if len(values) < 2 * CHUNKS or _is_settling(story):
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "It is too early to tell how calm."))
    swing = swinging(values)
    if swing > SWAYING:
        light = Light.ALARM if swing > SWINGING else Light.WATCH
        text = QT_TRANSLATE_NOOP(
            "coach",
            "The two networks chase each other: the losses swing to and fro, and the pictures "
            "change without becoming better.",
        )
        return _advice(key, light, text, {}, remedies.calm(story.config))
    return _good(key, QT_TRANSLATE_NOOP("coach", "Both networks learn calmly."))


def nan(story: Story) -> Advice:
    """Are all numbers finite?"""
    key = "nan"
    if not story.stats:
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "Nothing was computed yet."))
    window = story.recent() or list(story.stats)
    skipped = window[-1].skipped_steps - window[0].skipped_steps
    steps = max(1, window[-1].step - window[0].step)
    last = window[-1]
    broken = not math.isfinite(last.loss_g) or not math.isfinite(last.loss_d)
    if not skipped and not broken:
        return _good(key, QT_TRANSLATE_NOOP("coach", "All numbers are sound."))
    light = Light.ALARM if broken or skipped / steps > BROKEN else Light.WATCH
    text = QT_TRANSLATE_NOOP(
        "coach",
        "Numbers grow beyond all bounds: {skipped} steps were thrown away, and soon none may be "
        "left.",
    )
    values = {"skipped": float(max(skipped, 1))}
    return _advice(key, light, text, values, remedies.go_back(story, window[0].step))


def memorising(story: Story) -> Advice:
    """Are the pictures the model's own?"""
    key = "memorising"
    copies = story.newest("copies")
    if copies is None:
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "No pictures were compared yet."))
    if copies >= SOME_COPIES:
        return _advice(
            key,
            Light.ALARM if copies >= COPYING else Light.WATCH,
            QT_TRANSLATE_NOOP(
                "coach", "{percent} % of the pictures are almost copies of single ones of yours."
            ),
            {"percent": float(round(100 * copies))},
            remedies.vary(story.config),
        )
    return _good(key, QT_TRANSLATE_NOOP("coach", "The pictures are the model's own."))


def ignored(story: Story) -> Advice:
    """Does the model know all of the folder?"""
    key = "ignored"
    coverage, density = story.newest("coverage"), story.newest("density")
    if coverage is None or density is None or density < GOOD_ENOUGH:
        text = QT_TRANSLATE_NOOP("coach", "It is too early to tell what the model leaves out.")
        return _unknown(key, text)
    # Were all alike, a real picture would have so many generated ones near by (`NEIGHBOURS`).
    missed = max(0.0, 1 - coverage / (1 - math.exp(-5 * density)))
    if missed >= SOME_MISSED:
        return _advice(
            key,
            Light.ALARM if missed >= MANY_MISSED else Light.WATCH,
            QT_TRANSLATE_NOOP(
                "coach", "Nothing that the model makes comes near to {percent} % of your pictures."
            ),
            {"percent": float(round(100 * (1 - coverage)))},
            remedies.LOOK,
        )
    return _good(key, QT_TRANSLATE_NOOP("coach", "The model knows all kinds of your pictures."))


def leak(story: Story) -> Advice:
    """Are the pictures free of the augmentation's jitter?"""
    key = "leak"
    config = story.config
    if config.architecture == "vae" or not (config.augment or config.augment_target):
        return _good(key, QT_TRANSLATE_NOOP("coach", "Nothing is jittered, so nothing can leak."))
    amount, likeness = story.newest("leak"), story.newest("likeness")
    if amount is None or likeness is None or likeness > LIKE_ENOUGH or story.progress < EARLY:
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "It is too early to tell."))
    if amount > LEAKING:
        light = Light.ALARM if amount > LEAKED else Light.WATCH
        text = QT_TRANSLATE_NOOP(
            "coach",
            "The model learns the augmentation: colours, turns or borders differ from your "
            "folder's.",
        )
        return _advice(key, light, text, {}, remedies.jitter_less(config))
    return _good(key, QT_TRANSLATE_NOOP("coach", "Nothing of the augmentation is to be seen."))


def plateau(story: Story) -> Advice:
    """Do the pictures become better?"""
    key = "plateau"
    readings = story.measures("likeness")
    recent = [each for at, each in readings if at >= story.progress - STANDING_SPAN]
    if len(recent) < LEAST_READINGS:
        recent = [each for _, each in readings[-LEAST_READINGS:]]
    if story.progress < 2 * EARLY or len(recent) < LEAST_READINGS:
        return _unknown(key, QT_TRANSLATE_NOOP("coach", "It is too early to tell."))
    half = len(recent) // 2
    before, now = _middle(np.array(recent[:half])), _middle(np.array(recent[half:]))
    values = np.array([each for _, each in readings])
    best = _middles(values).min()
    if now > WORSE * best:
        text = QT_TRANSLATE_NOOP("coach", "The pictures become less like yours again.")
        return _advice(key, Light.ALARM, text, {}, remedies.go_back(story, _best_step(story)))
    if now > (1 - STANDING) * before:
        text = QT_TRANSLATE_NOOP(
            "coach", "The pictures have become no better for a while: stop here, or refine."
        )
        return _advice(key, Light.WATCH, text, {}, remedies.refine(story.config))
    return _good(key, QT_TRANSLATE_NOOP("coach", "The pictures become better."))


LIGHTS: tuple[Callable[[Story], Advice], ...] = (
    collapse,
    discriminator,
    oscillation,
    nan,
    memorising,
    ignored,
    leak,
    plateau,
)
OF_MEASURES = frozenset({collapse, memorising, ignored, leak, plateau})
"""Those that say something new only after a measurement; the others follow the averages."""


def swinging(values: np.typing.NDArray[np.float64]) -> float:
    """Return the slow swings of a curve (n,) against its size, 0 for one that does not turn."""
    means = np.array([each.mean() for each in np.array_split(values, CHUNKS)])
    about = means - np.linspace(means[:3].mean(), means[-3:].mean(), CHUNKS)
    turns = int((np.diff(np.sign(about)) != 0).sum())
    if turns < TURNS:
        return 0.0
    return float(about.std() / max(np.abs(values).mean(), 1e-6))


def _loss(story: Story) -> str:
    """Return the name of the loss, empty where there is no opponent."""
    if story.config.architecture == "vae":
        return ""
    return recipe(story.config).loss_name


def _is_settling(story: Story) -> bool:
    """Whether random weights have only begun to learn."""
    newest = story.stats[-1]
    is_new = newest.elapsed_s < SETTLING_S and story.progress < EARLY
    return not story.has_learnt and is_new


def _middle(values: np.typing.NDArray[np.float64]) -> float:
    """Return the median, NaN of nothing."""
    return float(np.median(values)) if len(values) else math.nan


def _middles(values: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    """Return the medians of every three neighbours, so that one lucky value counts for nothing."""
    middles: np.typing.NDArray[np.float64] = np.median(
        np.lib.stride_tricks.sliding_window_view(values, 3), axis=1
    )
    return middles


def _last_step_above(story: Story, diversity: float) -> int:
    steps = (each.measured.step for each in story.readings if each.measured.diversity >= diversity)
    return max(steps, default=0)


def _best_step(story: Story) -> int:
    measured = (each.measured for each in story.readings if math.isfinite(each.measured.likeness))
    return min(measured, key=lambda each: each.likeness).step


def _advice(
    key: str, light: Light, sentence: str, values: dict[str, float], remedy: Remedy
) -> Advice:
    return Advice(key, light, sentence, tuple(values.items()), remedy)


def _good(key: str, sentence: str) -> Advice:
    return Advice(key, Light.GOOD, sentence)


def _unknown(key: str, sentence: str) -> Advice:
    return Advice(key, Light.UNKNOWN, sentence)
