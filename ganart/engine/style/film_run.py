"""Stylizes a moving picture from start to end: film in, film out, with its sound and its pace."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from ganart.engine import device as devices
from ganart.engine.asks import Ask, OpenAsks, Poll
from ganart.engine.errors import BadOption
from ganart.engine.style.events import (
    FilmDone,
    FilmProgress,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.film_artists import Artist, PaintedFilm, make_artist
from ganart.engine.style.looks import Look
from ganart.engine.style.motion import Calm, Flicker
from ganart.engine.style.tensors import Pixels, to_pixels, to_tensor
from ganart.files import make_folder
from ganart.media.films import SUFFIXES, FilmWriter, film
from ganart.media.style_recipe import StyleRecipe, source_of
from ganart.media.video import BadFilm, BrokenFrame, Film, Frame, open_film

FilmEvent = StylePhaseChanged | FilmProgress | Preview | StyleTrouble | FilmDone

PREVIEW_EVERY_S = 2.0
_MOST_TROUBLES = 20
"""Broken frames told one by one; the end tells how many there were."""


class _NothingMade(Exception):
    """It was stopped before the first frame, so that there is nothing to keep."""


def stylize_film(
    source: Path,
    way: Look | PaintedFilm,
    target: Path,
    poll: Poll,
    *,
    calm: bool = True,
    long_side: int = 0,
    device: str = "auto",
    threads: int = 0,
) -> Iterator[FilmEvent]:
    """Stylize the film `source` frame by frame into `target`, a .gif, .webp or .mp4 file.

    Nothing is replaced: where `target` is taken, a number is added to its name. `long_side` makes
    the frames smaller on the way, 0 keeps their size. An MP4 keeps the sound. Frames that cannot be
    read are told and passed over. Stopped, it keeps the film as far as it is. Raises `BadOption`,
    `BadFilm` and other `StudioError` children.
    """
    if target.suffix.lower() not in SUFFIXES:
        raise BadOption(option="target", value=target.name, allowed=", ".join(SUFFIXES))
    chosen, _ = devices.choose(device)
    torch.set_num_threads(threads or devices.default_threads())
    yield StylePhaseChanged(StylePhase.LOADING)
    make_folder(target.parent)
    with devices.memory_guard(chosen), ExitStack() as opened:
        opened_film = opened.enter_context(open_film(source))
        artist = make_artist(way, chosen)
        studio = _Studio(opened_film, artist, chosen, poll, calm=calm, long_side=long_side)
        sound = source if opened_film.has_sound else None
        recipe = _recipe(source, artist, calm=calm, long_side=long_side)
        yield StylePhaseChanged(StylePhase.PAINTING)
        with suppress(_NothingMade), film(target, opened_film.fps, recipe, sound) as writer:
            yield from studio.run(writer)
            studio.require_frames(source)
    yield studio.done(writer.path)


class _Studio:
    """Paints one frame after the other and keeps account."""

    def __init__(
        self,
        source: Film,
        artist: Artist,
        device: torch.device,
        poll: Poll,
        *,
        calm: bool,
        long_side: int,
    ) -> None:
        self.frames = 0
        self._stopped = False
        self._source = source
        self._artist = artist
        self._device = device
        self._asks = OpenAsks(poll)
        self._calm = Calm() if calm else None
        self._long_side = long_side
        self._broken = 0
        self._flicker, self._flicker_plain = Flicker(), Flicker()

    def run(self, writer: FilmWriter) -> Iterator[FilmEvent]:
        """Paint until the film ends or `poll` answers STOP."""
        began, shown = time.perf_counter(), -PREVIEW_EVERY_S
        for frame in self._source.frames:
            stopped = self._asks.stopped()
            if isinstance(frame, BrokenFrame):
                self._broken += 1
                if self._broken <= _MOST_TROUBLES:
                    yield StyleTrouble(frame)
                if stopped:
                    self._stopped = True
                    return
                continue
            picture = None if stopped else self._paint(frame)
            if picture is None:
                self._stopped = True
                writer.cut(frame.at_s)
                return
            writer.add(picture, frame.at_s)
            self.frames += 1
            elapsed_s = time.perf_counter() - began - self._asks.paused_s
            yield self._progress(elapsed_s)
            if self._asks.take(Ask.SAMPLE) or elapsed_s - shown >= PREVIEW_EVERY_S:
                shown = elapsed_s
                yield Preview(picture, self.frames)

    def require_frames(self, source: Path) -> None:
        """Raise where there is nothing to keep, which unwinds the writer and removes its file."""
        if not self.frames and self._stopped:
            raise _NothingMade
        if not self.frames:
            raise BadFilm(path=source, reason="none of its frames can be read")

    def done(self, path: Path) -> FilmDone:
        """Tell what it came to."""
        return FilmDone(
            path=path if self.frames else None,
            frames=self.frames,
            broken=self._broken,
            flicker=self._flicker.level,
            flicker_plain=self._flicker_plain.level,
            stopped=self._stopped,
        )

    def _paint(self, frame: Frame) -> Pixels | None:
        """Return the painting of a frame; None where a stop came in between."""
        photo = to_tensor(resized(frame.pixels, self._long_side), self._device)
        plain = self._artist.paint(photo, self._calm, self._asks.stopped)
        if plain is None:
            return None
        result = plain if self._calm is None else self._calm.blend(photo, plain)
        self._flicker.add(photo, result)
        self._flicker_plain.add(photo, plain)
        return to_pixels(result)

    def _progress(self, elapsed_s: float) -> FilmProgress:
        total, taken = self._source.frame_count, self.frames + self._broken
        return FilmProgress(
            frame=taken,
            frames=max(total, taken) if total else 0,
            flicker=self._flicker.level,
            flicker_plain=self._flicker_plain.level,
            time_left_s=max(0, total - taken) * elapsed_s / self.frames,
        )


def resized(pixels: Pixels, long_side: int) -> Pixels:
    """Return pixels whose longer side is at most `long_side`; 0 leaves them as they are."""
    height, width = pixels.shape[:2]
    scale = long_side / max(height, width)
    if not long_side or scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.array(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def _recipe(source: Path, artist: Artist, *, calm: bool, long_side: int) -> StyleRecipe:
    options = {**artist.options(), "calm": calm, "long_side": long_side}
    return StyleRecipe(artist.kind, source_of(source), artist.styles(), options)
