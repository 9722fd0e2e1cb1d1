"""Looking into files that may be films, before frames of them are taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.errors import StudioError
from ganart.media.suffixes import ARCHIVE_SUFFIXES, FILM_SUFFIXES, STILL_SUFFIXES
from ganart.workers.errands import NotAdded
from ganart.workers.run import ErrorReport, Job


@dataclass(frozen=True, slots=True)
class FilmFound:
    """What a film says of itself."""

    path: Path
    frames: int
    """An estimate for some; 0 where nobody knows."""
    fps: float
    """On average; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class StillFound:
    """A file that might have been a film, and is one picture."""

    path: Path


def is_archive(path: Path) -> bool:
    """Whether a name promises a file that holds others."""
    return path.suffix.lower() in ARCHIVE_SUFFIXES and not path.is_dir()


def may_be_film(path: Path) -> bool:
    """Whether a file is worth to be looked into. Of PNG files none is: they are pictures."""
    suffix = path.suffix.lower()
    return suffix in FILM_SUFFIXES and suffix != ".png" and not path.is_dir()


def may_be_still(path: Path) -> bool:
    """Whether a film's first picture alone is of use, since its kind of file is a picture's."""
    return path.suffix.lower() in STILL_SUFFIXES


def probe_job(paths: Sequence[Path]) -> Job:
    """Look into files; yields a `FilmFound`, a `StillFound` or a `NotAdded` for each."""

    def job(poll: Poll) -> Iterator[object]:
        for path in paths:
            if poll():
                return
            try:
                yield _probed(path)
            except StudioError as error:
                yield NotAdded(ErrorReport.of(error))

    return job


def _probed(path: Path) -> FilmFound | StillFound:
    from ganart.media.video import open_film

    if may_be_still(path):
        frames = _pictures_in(path)
        if frames <= 1:
            return StillFound(path)
        return FilmFound(path, frames, 0.0)
    with open_film(path) as film:
        return FilmFound(path, film.frame_count, film.fps)


def _pictures_in(path: Path) -> int:
    """Return how many pictures an animation has, 1 for what Pillow cannot open."""
    from PIL import Image

    try:
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1))
    except Exception:  # Pillow's decoders raise many kinds; the scan tells what is wrong with it
        return 1
