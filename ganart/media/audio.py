"""Hears how loud a sound is over time."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from ganart.errors import StudioError
from ganart.media.drive import LEVEL_MAX, MAX_LEVELS
from ganart.media.recipe_checks import MAX_TEXT
from ganart.media.video import BROKEN, BadFilm, open_container, sound_stream
from ganart.text import QT_TRANSLATE_NOOP

SOUND_SUFFIXES = frozenset({
    ".wav", ".mp3", ".m4a", ".aac", ".flac", ".ogg", ".oga", ".opus", ".aif", ".aiff", ".mp4",
    ".mov", ".mkv", ".webm",
})  # fmt: skip
"""Lower-case endings of files that may hold a sound."""
_DEMUXERS = "wav,w64,mp3,aac,flac,ogg,aiff,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
"""Formats that are one file; see `video`."""
LEVELS_PER_S = 30
"""Levels in one second."""
RATE = 22_050
"""Samples a second that are listened to; loudness needs no more."""
_FALL_S = 0.15
"""How long a level takes to fall: the eye follows no quicker flicker."""
_QUIET_DB = -50.0
"""Below the loudest; what is less loud is silence."""
_NO_SOUND = "it is damaged or no sound"

Samples = npt.NDArray[np.float32]
"""Mono, RATE a second."""


class BadSound(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} cannot be heard: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The loop was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose a WAV, MP3, FLAC, OGG or M4A file.")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sound does over a loop."""

    levels: bytes
    """As `Drive` has them; the end leads over to the beginning."""
    name: str
    """Of the file, as far as a recipe can hold it."""
    bpm: float = 0.0
    """Beats a minute; 0 where nobody listened for beats."""


def hear(path: Path, seconds: float) -> Heard:
    """Return the loudness of the first `seconds` of a sound; where it is shorter there is silence.

    Louder passages have higher levels, the loudest LEVEL_MAX. Raises `BadSound`.
    """
    count = levels_in(seconds)
    sums, begin = np.zeros(count), 0
    stretch = seconds * RATE / count
    for samples in samples_of(path, seconds):
        places = ((np.arange(len(samples)) + begin) / stretch).astype(np.int64)
        inside = places < count
        sums += np.bincount(places[inside], np.square(samples[inside], dtype=np.float64), count)
        begin += len(samples)
    return Heard(falling(_loudness(sums)), short_name(path))


def levels_in(seconds: float) -> int:
    """Return how many levels a loop of that length has."""
    return max(1, min(MAX_LEVELS, round(seconds * LEVELS_PER_S)))


def samples_of(path: Path, seconds: float) -> Iterator[Samples]:
    """Yield the samples of a sound, in pieces, up to `seconds` or as far as it can be followed.

    Raises `BadSound` where there is nothing to be heard.
    """
    left = round(seconds * RATE)
    try:
        if not path.stat().st_size:
            raise BadSound(path=path, reason="it is empty")
        with path.open("rb") as stream, open_container(path, stream, _DEMUXERS) as container:
            for samples in _decoded(path, container):
                yield samples[:left]
                left -= len(samples)
                if left <= 0:
                    break
    except BadFilm as error:
        raise BadSound(path=path, reason=_NO_SOUND) from error
    except OSError as error:
        raise BadSound(path=path, reason="it cannot be read") from error
    if left == round(seconds * RATE):
        raise BadSound(path=path, reason=_NO_SOUND)


def _decoded(path: Path, container: InputContainer) -> Iterator[Samples]:
    track = sound_stream(container)
    if track is None:
        raise BadSound(path=path, reason="it has no sound")
    resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
    packets = container.demux(track)
    while True:
        try:
            packet = next(packets, None)
            frames = packet.decode() if packet is not None else []
            heard = [each for frame in frames for each in resampler.resample(frame)]
        except BROKEN:  # what was heard is heard
            return
        for frame in heard:
            yield np.nan_to_num(frame.to_ndarray()[0])
        if packet is None:
            return


def _loudness(energy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return shares of the loudest as the ear hears them: in decibels."""
    loudest = energy.max()
    if not loudest or not np.isfinite(loudest):
        return np.zeros_like(energy)
    decibels = 10 * np.log10(np.maximum(energy / loudest, 1e-12))
    shares: npt.NDArray[np.float64] = np.clip(1 - decibels / _QUIET_DB, 0.0, 1.0)
    return shares


def falling(shares: npt.NDArray[np.float64]) -> bytes:
    """Return levels of shares, 0 ... 1, that rise at once and fall slowly, also over the seam."""
    keep = np.exp(-1 / (_FALL_S * LEVELS_PER_S))
    level, fallen = 0.0, np.empty_like(shares)
    for _round in range(2):  # the second begins with what the end leaves
        for place, share in enumerate(shares):
            level = max(share, level * keep)
            fallen[place] = level
    return bytes(np.round(fallen * LEVEL_MAX).astype(np.uint8))


def short_name(path: Path) -> str:
    """Return the name of a file as far as a recipe can hold it."""
    return "".join(each if each.isprintable() else "?" for each in path.name)[-MAX_TEXT:]
