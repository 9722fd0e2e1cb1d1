"""A few frames of a film, found without reading all of it where its format allows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from ganart.errors import StudioError
from ganart.media.pictures import Pixels
from ganart.media.video import Film, Frame, open_film
from ganart.text import QT_TRANSLATE_NOOP

_NEAR_S = 2.0
"""Frames that lie no further ahead are reached by reading on."""
PATIENCE_S = 1.5
"""Time for one frame. Behind a jump the one reached by then will do."""


class FilmTooLong(StudioError):
    """Detail: `name`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{name} is long, and its later frames are reached only by reading all before."
    )
    safe = QT_TRANSLATE_NOOP("errors", "They can be taken all the same.")


class FilmEndsEarly(StudioError):
    """Detail: `name`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The rest of {name} cannot be read: it has no more frames, or is damaged."
    )
    safe = QT_TRANSLATE_NOOP("errors", "What comes before can be taken.")


class NoFrames(StudioError):
    """Detail: `name`."""

    happened = QT_TRANSLATE_NOOP("errors", "No frame of {name} can be read: it is damaged.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """One frame of those that were asked for, or one shortly before it."""

    number: int
    """The one asked for, counted from 0."""
    pixels: Pixels


def glimpses(
    path: Path, numbers: Sequence[int], stop: Callable[[], bool], patience_s: float = PATIENCE_S
) -> Iterator[Glimpse]:
    """Yield frames of a film; `numbers` ascend. Ends early when asked to stop, or with a film that
    does not tell its length.

    Raises `BadFilm`, `NoFrames`, and behind some of the frames `FilmEndsEarly` or `FilmTooLong`.
    """
    with open_film(path) as film:
        reader = _Reader(film, stop, patience_s)
        for place, number in enumerate(numbers):
            frame = reader.frame(number)
            if stop():
                return
            if frame is None and reader.is_tired:
                raise FilmTooLong(name=path.name)
            if frame is None and place == 0:
                raise NoFrames(name=path.name)
            if frame is None and film.frame_count == 0:
                return
            if frame is None:
                raise FilmEndsEarly(name=path.name)
            yield Glimpse(number, frame.pixels)


class _Reader:
    def __init__(self, film: Film, stop: Callable[[], bool], patience_s: float) -> None:
        self.is_tired = False
        """Whether a frame was too far away."""
        self._film = film
        self._stop = stop
        self._patience_s = patience_s
        self._read = 0
        self._has_jumped = False
        self._at_s = 0.0

    def frame(self, number: int) -> Frame | None:
        """Return a frame, or the last before it that there is; None where there is none."""
        due_s = number / self._film.fps
        if self._film.jump is not None and due_s - self._at_s > _NEAR_S:
            self._film.jump(due_s)
            self._has_jumped = True
        started = monotonic()
        last: Frame | None = None
        for frame in self._film.frames:
            self._read += 1
            if isinstance(frame, Frame):
                last, self._at_s = frame, frame.at_s
                if self._is_due(number, due_s):
                    return last
            if self._stop():
                return None
            if monotonic() - started > self._patience_s:
                self.is_tired = not self._has_jumped
                return last if self._has_jumped else None
        return last

    def _is_due(self, number: int, due_s: float) -> bool:
        if self._has_jumped:
            return self._at_s > due_s - 0.5 / self._film.fps
        return self._read > number
