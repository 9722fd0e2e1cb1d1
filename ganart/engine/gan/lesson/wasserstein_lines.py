"""What the narrator says where a discriminator gives points, and of networks that grow."""

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
    loss,
    percent,
)
from ganart.engine.gan.lesson.scene import Scene
from ganart.text import QT_TRANSLATE_NOOP

TREND_S = 15.0
LEAST_WAY = 0.2
"""Change of the distance that can be seen on the curve."""
BOUNDLESS = 100.0
"""Points of a Wasserstein discriminator that have lost their bounds; its drift term and penalty
keep them below ten."""


def points(scene: Scene) -> Words | None:
    """The first moments."""
    if scene.now_s > FRESH_S:
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "This discriminator gives points. What lies between the points of real and of generated "
        "pictures is a distance, and its loss is that distance with a minus: now {loss}.",
    )
    return Words(text, {"loss": loss(scene.d.value)})


def boundless(scene: Scene) -> Words | None:
    """Points without the penalty."""
    lead = scene.lead()
    if not abs(lead) > BOUNDLESS:
        return None
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "The points have lost their bounds: real and generated pictures are {distance} apart. Such "
        "numbers are no distance any more, and teach the generator nothing.",
    )
    return Words(text, {"distance": percent(abs(lead))})


def apart(scene: Scene) -> Words | None:
    """Where the distance goes."""
    if scene.now_s < 2 * TREND_S:
        return None
    earlier = scene.now_s - TREND_S
    before = scene.middle("score_real", 5.0, earlier) - scene.middle("score_fake", 5.0, earlier)
    now = scene.lead(5.0)
    if not abs(now - before) > LEAST_WAY:
        return None
    values: dict[str, float | str] = {"before": loss(before), "now": loss(now)}
    if 0 < now < (1 - MATTERS) * before:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The distance shrinks, from {before} to {now} within a quarter of a minute: the "
            "generator gains on the discriminator.",
        )
        return Words(text, values, "shrinks")
    if 0 < before < (1 - MATTERS) * now:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The distance grows, from {before} to {now} within a quarter of a minute: the "
            "discriminator finds more to tell them apart by.",
        )
        return Words(text, values, "grows")
    return None


def grown(scene: Scene) -> Words | None:
    """A progressive network got finer."""
    stage = scene.stage()
    if stage is None:
        return None
    side, share = stage
    width, height = scene.config.size_at(side)
    values: dict[str, float | str] = {
        "width": float(width),
        "height": float(height),
        "half_width": float(width // 2),
        "half_height": float(height // 2),
    }
    if side == 4:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "Pictures of {width} × {height} pixels are learnt: colours, and where it is light or "
            "dark.",
        )
        return Words(text, values, "begin")
    if share < 1:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "The networks grow: {width} × {height} pixels are being faded in over the "
            "{half_width} × {half_height} that are learnt. Old layers keep what they know.",
        )
        return Words(text, values, f"fade {side}")
    if side < scene.config.side:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "{width} × {height} pixels are in. They are learnt for a while before the next size.",
        )
        return Words(text, values, f"in {side}")
    text = QT_TRANSLATE_NOOP(
        "lesson", "The full {width} × {height} pixels are in; from here on they are refined."
    )
    return Words(text, values, "full")


def scores(scene: Scene) -> Words | None:
    """How things stand, when there is no news."""
    text = QT_TRANSLATE_NOOP(
        "lesson",
        "Right now real pictures get {real} points and generated ones {fake}: a distance of "
        "{distance}.",
    )
    real, fake = scene.middle("score_real", 4.0), scene.middle("score_fake", 4.0)
    values: dict[str, float | str] = {"real": loss(real), "fake": loss(fake)}
    if fake > real:
        text = QT_TRANSLATE_NOOP(
            "lesson",
            "Right now generated pictures get {fake} points and real ones only {real}: the "
            "generator is a step ahead of its judge.",
        )
        return Words(text, values, "ahead")
    return Words(text, {**values, "distance": loss(real - fake)})


WASSERSTEIN = (
    Line("points", points, NEWS, ONCE),
    *COMMON,
    Line("grown", grown, NEWS, ONCE),
    Line("boundless", boundless, NEWS, 30.0),
    Line("apart", apart, STATE, 25.0),
    Line("scores", scores, FILLING, 15.0),
)
