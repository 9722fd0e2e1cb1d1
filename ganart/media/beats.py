"""Finds the beats of a sound with librosa, an optional extra of the studio."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from ganart.errors import StudioError
from ganart.media.audio import (
    RATE,
    BadSound,
    Heard,
    falling,
    levels_in,
    samples_of,
    short_name,
)
from ganart.text import QT_TRANSLATE_NOOP


class NoBeatFinder(StudioError):
    """librosa is not installed."""

    happened = QT_TRANSLATE_NOOP("errors", "Beats are found with librosa, which is not installed.")
    safe = QT_TRANSLATE_NOOP("errors", "The loop was left as it is. Loudness can be heard without.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Where the studio was set up with pip it can be had: python -m pip install librosa",
    )


def finds_beats() -> bool:
    """Whether librosa is there."""
    return find_spec("librosa") is not None


def hear_beats(path: Path, seconds: float) -> Heard:
    """Return the beats in the first `seconds` of a sound: a level is LEVEL_MAX at a beat and falls.

    librosa's dynamic programming (Ellis 2007). Raises `BadSound` and `NoBeatFinder`.
    """
    if not finds_beats():
        raise NoBeatFinder
    from librosa.beat import beat_track

    samples = np.concatenate(list(samples_of(path, seconds)))
    tempo, times = beat_track(y=samples, sr=RATE, units="time")
    if not len(times):
        raise BadSound(path=path, reason="it has no beats")
    shares = np.zeros(levels_in(seconds))
    places = np.round(np.asarray(times) * len(shares) / seconds).astype(np.int64)
    shares[places % len(shares)] = 1.0
    return Heard(falling(shares), short_name(path), float(np.mean(tempo)))
