"""What the narrator says of any training: changes, broken steps, and what the pictures are like."""

import math

from ganart.engine.gan.coach_lights import ALIKE, EARLY, RATHER_ALIKE
from ganart.engine.gan.events import Light
from ganart.engine.gan.lesson.line import (
    FRESH_S,
    MATTERS,
    NEWS,
    ONCE,
    URGENT,
    Line,
    Words,
    is_lit,
    loss,
    percent,
)
from ganart.engine.gan.lesson.scene import Look, Scene
from ganart.text import QT_TRANSLATE_NOOP

EFFECT_S = (12.0, 30.0)
"""When the effect of a change is told: after it had time to show, and while it is still news."""
CLOSER, FARTHER = 0.88, 1.25
"""Likeness against the one last told, and against the best, that is worth a sentence."""
LAG_S = 15.0
"""A measurement is made between the steps; what takes longer than this is no news any more."""


def changed(scene: Scene) -> Words | None:
    """Other options hold."""
    turn = scene.changed
    if turn is None or scene.now_s - turn.at_s > FRESH_S:
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson", "Changed: {reason}. The curves need some seconds to answer; watch them."
    )
    return Words(text, {"reason": turn.reason}, f"{turn.at_s:.1f}")


def effect(scene: Scene) -> Words | None:
    """What a change did to the discriminator's loss."""
    turn = scene.changed
    if turn is None or not scene.is_logistic():
        return None
    if not EFFECT_S[0] <= scene.now_s - turn.at_s <= EFFECT_S[1]:
        return None
    before, now = turn.d_before, scene.middle("loss_d", 5.0)
    if not math.isfinite(before + now):
        return None
    values: dict[str, float | str] = {"before": loss(before), "now": loss(now)}
    about = f"{turn.at_s:.1f}"
    if now > (1 + MATTERS) * before:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "Since the change the discriminator has it harder: its loss was {before}, now it is "
            "{now}. That is air for the generator.",
        )
    elif now < (1 - MATTERS) * before:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "Since the change the discriminator has it easier: its loss was {before}, now it is "
            "{now}.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The change does not show in the discriminator's loss so far: it was {before}, now it "
            "is {now}.",
        )
    return Words(text, values, about)


def broken(scene: Scene) -> Words | None:
    """Steps had to be thrown away."""
    if not is_lit(scene, "nan", Light.WATCH, Light.ALARM):
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "Numbers have grown beyond all bounds and steps were thrown away. This is what too bold "
        "steps lead to.",
    )
    return Words(text, {})


def alike(scene: Scene) -> Words | None:
    """All seeds give about the same picture."""
    look = _fresh_look(scene)
    if look is None:
        return None
    diversity = look.measured.diversity
    if diversity >= ALIKE:
        return None
    values: dict[str, float | str] = {"variety": percent(100 * diversity)}
    if scene.progress < EARLY:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "All seeds still give nearly the same picture: {variety} % of your folder's variety. "
            "At the beginning it has to be so, for what is common to all is learnt first.",
        )
        return Words(text, values, "early")
    if max(each.measured.diversity for each in scene.looks) < RATHER_ALIKE:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "All seeds still give nearly the same picture: {variety} % of your folder's variety. "
            "So far nothing has taught the generator to tell seeds apart.",
        )
        return Words(text, values, "still")
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "All seeds give nearly the same picture again: {variety} % of your folder's variety. This "
        "is mode collapse: one picture gets by, so the generator makes it again and again.",
    )
    return Words(text, values)


def varied(scene: Scene) -> Words | None:
    """The pictures were alike, and now they differ."""
    look = _fresh_look(scene)
    if look is None or len(scene.looks) < 2:
        return None
    before, now = scene.looks[-2].measured.diversity, look.measured.diversity
    if not (before < RATHER_ALIKE <= now):
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The seeds part company: from {before} % to {now} % of your folder's variety. What differs "
        "from picture to picture is being learnt.",
    )
    return Words(text, {"before": percent(100 * before), "now": percent(100 * now)})


def closer(scene: Scene) -> Words | None:
    """The pictures became more like the folder's, whatever the losses say."""
    look = _fresh_look(scene)
    if look is None or len(scene.looks) < 2:
        return None
    before, now = scene.looks[-2], look
    if not now.measured.likeness < CLOSER * before.measured.likeness:
        return None
    values: dict[str, float | str] = {
        "before": loss(before.measured.likeness),
        "now": loss(now.measured.likeness),
    }
    if scene.is_logistic() and abs(now.loss_g - before.loss_g) < MATTERS * before.loss_g:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The losses look as before, and yet the pictures came closer to yours: their distance "
            "fell from {before} to {now}. Losses do not tell how good pictures are.",
        )
        return Words(text, values, "unseen")
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The pictures came closer to yours: their distance fell from {before} to {now} (the "
        "Quality tab draws it).",
    )
    return Words(text, values)


def farther(scene: Scene) -> Words | None:
    """The pictures became less like the folder's again."""
    look = _fresh_look(scene)
    best = min((each.measured.likeness for each in scene.looks), default=math.nan)
    if look is None or not look.measured.likeness > FARTHER * best:
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The pictures have moved away from yours again: their distance is {now} and was {best} "
        "before. Not every round of the game is progress.",
    )
    return Words(text, {"now": loss(look.measured.likeness), "best": loss(best)})


def _fresh_look(scene: Scene) -> Look | None:
    """Return the newest measurement while it is news."""
    if not scene.looks:
        return None
    look = scene.looks[-1]
    is_fresh = scene.now_s - look.told_s <= FRESH_S
    return look if is_fresh and scene.now_s - look.measured.elapsed_s <= LAG_S else None


COMMON = (
    Line("changed", changed, URGENT, ONCE),
    Line("broken", broken, URGENT, 30.0),
    Line("alike", alike, NEWS, 40.0),
    Line("effect", effect, NEWS, ONCE),
    Line("varied", varied, NEWS, 20.0),
    Line("closer", closer, NEWS, 30.0),
    Line("farther", farther, NEWS, 40.0),
)
