"""How options change over a run, as functions of `progress`, the share of the budget used."""

import math


def budget_used(minutes: float, pictures: int, elapsed_s: float, shown: int) -> float:
    """Return the share of a budget that is used, 0 to 1; 0 for one without limits.

    Of two limits, `minutes` and `pictures`, the one nearer to its end counts; 0 is none.
    """
    by_time = elapsed_s / (60 * minutes) if minutes else 0.0
    by_pictures = shown / pictures if pictures else 0.0
    return min(1.0, max(by_time, by_pictures))


def cosine(start: float, end: float, progress: float) -> float:
    """Glide from `start` at progress 0 to `end` at 1 along half a cosine, then stay."""
    share = (1 + math.cos(math.pi * min(max(progress, 0.0), 1.0))) / 2
    return end + (start - end) * share


def fade_out(value: float, progress: float, begin: float = 0.9) -> float:
    """Return `value` until `begin`, then fall to 0 at progress 1."""
    return value * min(1.0, max(0.0, (1 - progress) / (1 - begin)))


WARM_UP_STEPS = 50


def warm_up(step: int, experience: int) -> float:
    """Return by how much to lower the learning rate at a step, counted from 0.

    Adam knows nothing of the gradients' size at first and moves every weight as far as the rate
    allows. Random weights do not mind, but a model that a run starts from would lose its pictures.
    """
    return min(1.0, (step + 1) / WARM_UP_STEPS) if experience else 1.0


def growth(progress: float, share: float, last: int) -> float:
    """Return how far a growing network has come: its finest stage, from 0 up to `last`.

    It grows over the `share` of the run. Every stage learns alone for half of its turn, then the
    next one fades in, which the part after the point tells.
    """
    turns = last * min(1.0, progress / share) if share else float(last)
    whole = math.floor(turns)
    return whole + max(0.0, 2 * (turns - whole) - 1)


def ema_decay(half_life: float, pictures: int, batch: int) -> float:
    """Return the factor that keeps the old average in one step of `batch` pictures.

    The half-life grows with the run (a twentieth of the pictures shown) up to `half_life`, so that
    early samples are not veiled by the random start. 0 means no averaging.
    """
    lasting = min(half_life, pictures / 20)
    return 0.5 ** (batch / lasting) if lasting > 0 else 0.0
