"""The line that photos of a batch go through: one thread decodes, one computes, one encodes.

So reading and writing cost next to no time of their own, and at most a few photos are in memory.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from PIL import Image

from ganart.datasets.photo import Photo, read_photo
from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.batch_records import BatchItem
from ganart.engine.style.batch_sources import SourcePhoto
from ganart.engine.style.looks import Look
from ganart.media.photo_files import encoded_photo
from ganart.media.pictures import Pixels
from ganart.media.style_recipe import Source, StyleRecipe, Value, source_of

Stylize = Callable[[Pixels, int], Pixels]
"""Stylize a photo (height, width, 3) with the look of an index; same size, owned by the caller."""

ITEMS_AT_ONCE = 4
"""Items on the line: one in each thread, and one that keeps the computing thread supplied."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A result, ready to be written."""

    content: bytes
    hash: str
    """SHA-256 in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class _Read:
    photo: Photo
    source: Source


class Line:
    """Takes items, gives the futures of their results, which end in the same order.

    A future raises a child of `StudioError` for what can be wrong with a photo or a look. Results
    are the same bytes whenever they are made: their recipes carry the time `created`.
    """

    def __init__(self, plan: BatchPlan, created: str, stylize: Stylize) -> None:
        self._output = plan.output
        self._looks = plan.looks
        self._created = created
        self._stylize = stylize
        self._styles: dict[int, tuple[Source, ...]] = {}
        self._newest: tuple[SourcePhoto, Future[_Read]] | None = None
        self._threads = [
            ThreadPoolExecutor(1, thread_name_prefix=f"batch-{name}")
            for name in ("decode", "compute", "encode")
        ]

    def begin(self, item: BatchItem) -> Future[Encoded]:
        """Put an item on the line. A photo under several looks in a row is decoded once."""
        decoder, computer, encoder = self._threads
        if self._newest is None or self._newest[0] != item.photo:
            self._newest = item.photo, decoder.submit(self._read, item.photo)
        read = self._newest[1]
        painted = computer.submit(self._paint, read, item.look)
        return encoder.submit(self._encode, read, painted, item)

    def close(self) -> None:
        """Drop what is on the line; what cannot be interrupted ends by itself, to no effect."""
        for pool in self._threads:
            pool.shutdown(wait=False, cancel_futures=True)
        self._newest = None

    def _read(self, source: SourcePhoto) -> _Read:
        content = source.content()
        photo = _resized(read_photo(source.shown, content), self._output.long_side)
        return _Read(photo, source_of(source.shown, content=content))

    def _paint(self, read: Future[_Read], look: int) -> Pixels:
        return self._stylize(read.result().photo.pixels, look)

    def _encode(self, read: Future[_Read], painted: Future[Pixels], item: BatchItem) -> Encoded:
        pixels, output = painted.result(), self._output
        content = encoded_photo(
            pixels,
            item.target.suffix,
            read.result().photo,
            output.quality,
            output.keep_gps,
            output.keep_profile,
            self._recipe(read.result().source, item.look),
        )
        return Encoded(content, sha256(content).hexdigest())

    def _recipe(self, photo: Source, index: int) -> StyleRecipe:
        look = self._looks[index]
        if index not in self._styles:
            self._styles[index] = _styles(look)
        options: dict[str, Value] = {
            "look": look.kind,
            "strength": look.strength,
            "colour": look.colour,
            "long_side": self._output.long_side,
        }
        return StyleRecipe("stylized", photo, self._styles[index], options, created=self._created)


def _resized(photo: Photo, long_side: int) -> Photo:
    """Return the photo with its longer side at `long_side` pixels; 0 keeps its size."""
    height, width = photo.pixels.shape[:2]
    if long_side in {0, max(height, width)}:
        return photo
    scale = long_side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = np.array(Image.fromarray(photo.pixels).resize(size, Image.Resampling.LANCZOS))
    alpha = photo.alpha
    if alpha is not None:
        alpha = np.array(Image.fromarray(alpha).resize(size, Image.Resampling.LANCZOS))
    return replace(photo, pixels=pixels, alpha=alpha)


def _styles(look: Look) -> tuple[Source, ...]:
    return tuple(
        Source(each.source, weight=each.weight)
        if look.kind == "built-in"
        else source_of(each.path, each.weight)
        for each in look.ingredients
    )
