"""Takes frames of films (videos, animated GIF, WebP and APNG) as pictures of the dataset."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.datasets.pool import Poll, Stop
from ganart.engine.sources.errors import NothingInside, Why
from ganart.engine.sources.frame_choice import SOME, FrameChoice
from ganart.engine.sources.gathering import (
    GatherEvent,
    Gathering,
    Keeper,
    Kind,
    LeftOut,
    Origin,
    file_print,
)
from ganart.files import atomic_path, require_space
from ganart.media.pictures import Pixels
from ganart.media.video import BadFilm, BrokenFrame, open_film

_Colours = npt.NDArray[np.float64]
"""Histograms (3, bins), each of the sum 1."""

_SIDE = 64
"""Frames are compared at so many pixels each way."""
_BINS = 16
"""Steps of each colour in a histogram."""
_REST_FRAMES = 4
_REST_SHARE = 1 / 3
"""A change rests where so many frames differ by less than this part of what is asked for."""
_PNG_LEVEL = 3
"""Of compression: the usual 6 takes three times as long and saves little."""


def take_frames(
    path: Path, sources: Path, poll: Poll, choice: FrameChoice = SOME
) -> Iterator[GatherEvent]:
    """Write frames of a film as PNG into a folder of their own below `sources`.

    The last event is `Gathered`. Taking the same frames of the same film again adds nothing, and
    goes on where it was stopped. Raises `BadFilm`, `NothingInside`, `DiskFull` and
    `FolderNotWritable`; the film is only read.
    """
    stop = Stop(poll)
    with open_film(path) as film:
        try:
            fingerprint = file_print(path)
        except OSError as error:
            raise BadFilm(path=path, reason=error.strerror) from error
        keeper = Keeper(sources, Origin(Kind.FILM, path, fingerprint, asdict(choice)))
        finished = keeper.finished()
        if finished is not None:
            yield finished
            return
        taker = _Taker(keeper, choice)
        yield Gathering(0, film.frame_count)
        for number, frame in enumerate(film.frames, start=1):
            if stop() or taker.taken == choice.most:
                break
            if isinstance(frame, BrokenFrame):
                yield LeftOut(f"{path.name}, {number}", Why.DAMAGED)
            else:
                taker.look(number, frame.pixels)
            yield Gathering(number, max(film.frame_count, number))
    gathered = keeper.finish(complete=not stop())
    if gathered.complete and not gathered.count:
        raise NothingInside(path)
    yield gathered


class _Taker:
    """Decides of one frame after the other, and writes those that are wanted."""

    def __init__(self, keeper: Keeper, choice: FrameChoice) -> None:
        self.taken = 0
        self._keeper = keeper
        self._choice = choice
        self._last: _Colours | None = None
        self._before: deque[_Colours] = deque(maxlen=_REST_FRAMES)

    def look(self, number: int, pixels: Pixels) -> None:
        """Look at frame `number`, counted from 1."""
        if (number - 1) % self._choice.every or not self._is_new(pixels):
            return
        self.taken += 1
        target = self._keeper.folder / f"frame-{number:06}.png"
        if target.exists():
            return
        require_space(self._keeper.folder, pixels.nbytes)
        with atomic_path(target) as temporary:
            Image.fromarray(pixels).save(temporary, "PNG", compress_level=_PNG_LEVEL)
        self._keeper.added += 1

    def _is_new(self, pixels: Pixels) -> bool:
        """Tell whether a frame is unlike the one taken before, and not in the midst of a fade.

        So it comes right behind a cut, or where a change has come to rest.
        """
        difference = self._choice.difference
        if not difference:
            return True
        colours = _colours(pixels)
        new = self._last is None or _distance(self._last, colours) >= difference
        if new and self._before:
            is_cut = _distance(self._before[-1], colours) >= difference
            new = is_cut or _distance(self._before[0], colours) < difference * _REST_SHARE
        self._before.append(colours)
        if new:
            self._last = colours
        return new


def _colours(pixels: Pixels) -> _Colours:
    """Return the shares (3, 16) of pixels in each of 16 steps of red, green and blue."""
    small = np.asarray(Image.fromarray(pixels).resize((_SIDE, _SIDE), Image.Resampling.BOX))
    steps = small.reshape(-1, 3) // (256 // _BINS)
    return np.stack([np.bincount(each, minlength=_BINS) for each in steps.T]) / len(steps)


def _distance(one: _Colours, other: _Colours) -> float:
    """Return how different the colours of two frames are, 0 to 1.

    It is the share of pixels whose red, green or blue would have to move to another step for both
    to have the same histograms: 0.3 and more between two shots, little within one.
    """
    return float(np.abs(one - other).sum(axis=1).max() / 2)
