"""What a line of the narrator is."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ganart.engine.gan.events import Advice, Light
from ganart.engine.gan.lesson.scene import Scene

URGENT, NEWS, STATE, FILLING = 3, 2, 1, 0
"""How urgent a line is."""
ONCE = math.inf
FRESH_S = 5.0
"""What happened is news for so long."""
MATTERS = 0.15
"""Change of a loss, as a share, that is one."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with its numbers; `about` tells apart what one line says of several things."""

    sentence: str
    values: dict[str, float | str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say, how urgent it is, and after how long it may be said again."""

    key: str
    speak: Callable[[Scene], Words | None]
    rank: int
    again_s: float


def loss(value: float) -> float:
    """Round a loss, a score or a distance to what can be read on a curve."""
    return round(value, 2)


def percent(value: float) -> float:
    """Round to a whole number."""
    return float(round(value)) if math.isfinite(value) else value


def is_lit(scene: Scene, key: str, *lights: Light) -> bool:
    """Tell whether one of the coach's lamps is in one of these states."""
    advice: Advice | None = scene.lights.get(key)
    return advice is not None and advice.light in lights
