"""What a brush is trained on: pieces of photos, drawn by the number of the step alone."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable
from ganart.datasets.walk import Unlisted, walk
from ganart.engine.errors import EngineError
from ganart.engine.style.events import StyleTrouble
from ganart.engine.style.tensors import Pixels
from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

FARTHEST = 3.0
"""A piece shows at least a third of its photo's shorter side ... or all of it."""
_KEPT_PHOTOS = 64
_KEPT_BYTES = 128 * 2**20
"""Photos held in memory, small: so many, or as many as take about so much."""


class NoPhotos(EngineError):
    """Details: `refused`, the count of files that could not be read."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "There is no readable photo to train the brush on (files refused: {refused})."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Add photos or a folder of photos, then start again.")


def find_photos(
    sources: Sequence[Path], stop: Callable[[], bool]
) -> Iterator[StyleTrouble | tuple[Path, ...]]:
    """Look for the photos in files and folders; the last thing yielded is what was found."""
    found: dict[Path, None] = {}
    for source in sources:
        for each in walk(source, stop):
            if isinstance(each, Unlisted):
                yield StyleTrouble(Unreadable(each.folder, each.reason))
            else:
                found[each.path] = None
    yield tuple(found)


class Pieces:
    """Square pieces of photos; the same seed, step and photos give the same piece."""

    def __init__(self, photos: Sequence[Path], side: int, seed: int) -> None:
        self.troubles: list[StudioError] = []
        """Photos found unreadable since this list was last emptied; they are passed over."""
        self._photos = photos
        self._refused: set[Path] = set()
        self._side = side
        self._seed = seed
        square = 3 * round(side * FARTHEST) ** 2
        self._small = lru_cache(max(1, min(_KEPT_PHOTOS, _KEPT_BYTES // square)))(self._read)

    def piece(self, step: int, number: int) -> Pixels:
        """Return piece `number` of a step (side, side, 3). Raises `NoPhotos`."""
        random = np.random.default_rng((self._seed, step, number))
        photo = self._readable(int(random.integers(len(self._photos))))
        shortest = min(photo.size)
        # Near and far pieces equally often: the brush is to paint photos of every size.
        scale = math.exp(random.uniform(0, math.log(max(1.0, shortest / self._side))))
        cut = round(shortest / scale) if shortest > self._side else shortest
        left, top = (int(random.integers(length - cut + 1)) for length in photo.size)
        box = (left, top, left + cut, top + cut)
        resized = photo.resize((self._side, self._side), Image.Resampling.BILINEAR, box)
        pixels = np.array(resized)
        return pixels[:, ::-1].copy() if random.random() < 0.5 else pixels

    def whole(self, side: int) -> Pixels:
        """Return the first readable photo, its longer side at most `side`. Raises `NoPhotos`."""
        photo = self._readable(0).copy()
        photo.thumbnail((side, side))
        return np.array(photo)

    def _readable(self, index: int) -> Image.Image:
        """Return that photo, or the next one that can be read."""
        for turn in range(len(self._photos)):
            path = self._photos[(index + turn) % len(self._photos)]
            if path in self._refused:
                continue
            try:
                return self._small(path)
            except Unreadable as error:
                self._refused.add(path)
                self.troubles.append(error)
        raise NoPhotos(refused=len(self._refused))

    def _read(self, path: Path) -> Image.Image:
        shortest = round(self._side * FARTHEST)
        photo = decode(path, shortest=shortest)
        scale = shortest / min(photo.size)
        if scale < 1:
            size = [max(1, round(length * scale)) for length in photo.size]
            photo = photo.resize((size[0], size[1]), Image.Resampling.BOX)
        return photo
