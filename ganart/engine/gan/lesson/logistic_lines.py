"""What the narrator says where losses are logarithms of probabilities: the lesson's own game."""

from ganart.engine.gan.events import Light
from ganart.engine.gan.lesson.common_lines import COMMON
from ganart.engine.gan.lesson.line import (
    FILLING,
    FRESH_S,
    MATTERS,
    NEWS,
    ONCE,
    STATE,
    Line,
    Words,
    is_lit,
    loss,
    percent,
)
from ganart.engine.gan.lesson.scene import Scene
from ganart.text import QT_TRANSLATE_NOOP

SWING_S = 40.0
SWING_TURNS = 4
"""Turns in that time that are an oscillation, and no mere rise or fall."""
STUCK_S = 30.0
HARDLY_WRONG = 0.35
"""Share of a coin's loss below which a discriminator that leads is hardly ever wrong."""
CONVINCED = 0.96
"""A loss above this share of a coin's is a discriminator that only guesses."""


def opening(scene: Scene) -> Words | None:
    """The first moments."""
    if scene.now_s > FRESH_S:
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "Both began with random weights a moment ago. A loss of {coin} is a discriminator that "
        "tosses a coin; it is at {loss} now, {right} % sure of the right answer.",
    )
    values = {"coin": loss(scene.coin()), "loss": loss(scene.d.value)}
    return Words(text, {**values, "right": percent(scene.right())})


def falls(scene: Scene) -> Words | None:
    """The discriminator has begun to win ground."""
    if not _has_turned(scene, -1):
        return None
    turn = scene.d.turns[-1]
    values: dict[str, float | str] = {"before": loss(turn.value), "now": loss(scene.d.value)}
    g_before = scene.at(turn.at_s).g
    if scene.g.value > (1 + MATTERS) * g_before:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The discriminator's loss falls, from {before} to {now}: it has found a new tell. In "
            "return the generator's rises to {other}; expect it to look for an answer.",
        )
        return Words(text, {**values, "other": loss(scene.g.value)})
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The discriminator's loss falls, from {before} to {now}: it tells real from generated "
        "better again.",
    )
    return Words(text, values)


def rises(scene: Scene) -> Words | None:
    """The generator has begun to win ground."""
    if not _has_turned(scene, 1):
        return None
    turn = scene.d.turns[-1]
    values: dict[str, float | str] = {"before": loss(turn.value), "now": loss(scene.d.value)}
    g_before = scene.at(turn.at_s).g
    if scene.g.value < (1 - MATTERS) * g_before:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The discriminator's loss rises, from {before} to {now}, while the generator's falls "
            "to {other}: the generator found an answer, and its pictures are believed more often.",
        )
        return Words(text, {**values, "other": loss(scene.g.value)})
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The discriminator's loss rises, from {before} to {now}: its old tells work less well.",
    )
    return Words(text, values)


def swing(scene: Scene) -> Words | None:
    """The game's oscillation."""
    if scene.d.count(scene.now_s - SWING_S) < SWING_TURNS or scene.won_since is not None:
        return None
    values: dict[str, float | str] = {
        "d": loss(scene.middle("loss_d", SWING_S)),
        "g": loss(scene.middle("loss_g", SWING_S)),
    }
    if is_lit(scene, "oscillation", Light.ALARM):
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The losses swing far, around {d} and {g}. If the pictures change all the time without "
            "becoming better, the oscillation has become a fault: smaller steps would calm it.",
        )
        return Words(text, values, "far")
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "Both losses go up and down, the discriminator's around {d}, the generator's around {g}. "
        "That is the game's oscillation: one moves, the other answers. It is a fault only where "
        "the pictures do not become better meanwhile.",
    )
    return Words(text, values)


def wins(scene: Scene) -> Words | None:
    """The discriminator is hardly ever wrong."""
    if scene.won_since is None or scene.d.value > HARDLY_WRONG * scene.coin():
        return None
    seconds = scene.now_s - scene.won_since
    values: dict[str, float | str] = {"loss": loss(scene.d.value), "other": loss(scene.g.value)}
    if seconds < STUCK_S:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The discriminator is hardly ever wrong: its loss is down to {loss}, and the "
            "generator's up to {other}. It calls all of them wrong, and the generator hears little "
            "that would help.",
        )
        return Words(text, values)
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "For {seconds} seconds the discriminator has hardly ever been wrong ({loss} against "
        "{other}). The generator may find a way out by itself, but a cure is surer: slow the "
        "discriminator, let it rest, or give the generator more turns.",
    )
    return Words(text, {**values, "seconds": percent(seconds)}, "long")


def back(scene: Scene) -> Words | None:
    """The generator has a chance again."""
    if (
        scene.lost_at is None
        or scene.now_s - scene.lost_at > FRESH_S
        or scene.won_since is not None
    ):
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The generator is back in the game: the discriminator's loss is {loss} again, and it "
        "takes generated pictures for real with {fooled} %.",
    )
    return Words(text, {"loss": loss(scene.d.value), "fooled": percent(scene.fooled())})


def guesses(scene: Scene) -> Words | None:
    """The discriminator is no better than a coin."""
    d = scene.middle("loss_d", 5.0)
    if scene.now_s < 2 * FRESH_S or not d > CONVINCED * scene.coin():
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The discriminator can hardly tell: its loss is {loss}, and a coin's would be {coin}. "
        "Either the generator fools it, or it has learnt little so far. The pictures say which.",
    )
    return Words(text, {"loss": loss(d), "coin": loss(scene.coin())})


def standing(scene: Scene) -> Words | None:
    """How things stand, when there is no news."""
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "Right now the discriminator is {right} % sure of the right answer (a coin has 50 %) and "
        "takes the generated pictures for real with {fooled} %.",
    )
    values: dict[str, float | str] = {"right": percent(scene.right())}
    return Words(text, {**values, "fooled": percent(scene.fooled())})


def _has_turned(scene: Scene, direction: int) -> bool:
    """Tell whether the discriminator's loss has just turned, and still goes there."""
    d = scene.d
    if d.direction != direction or not d.turns:
        return False
    beyond = direction * (d.value - d.turns[-1].value)
    return scene.now_s - d.turns[-1].seen_s <= FRESH_S and beyond > MATTERS / 2 * abs(d.value)


LOGISTIC = (
    Line("opening", opening, NEWS, ONCE),
    *COMMON,
    Line("back", back, NEWS, 20.0),
    Line("wins", wins, NEWS, 45.0),
    Line("guesses", guesses, STATE, 45.0),
    Line("swing", swing, STATE, 60.0),
    Line("falls", falls, STATE, 18.0),
    Line("rises", rises, STATE, 18.0),
    Line("standing", standing, FILLING, 20.0),
)
