"""Some pictures of the dataset just as training will see them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ganart.engine.asks import Ask, Poll
from ganart.workers.run import Job
from ganart.workers.shown_as import Showing

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

Pixels = npt.NDArray[np.uint8]
_FEWEST = 2
"""Augmentation is drawn for so many at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One prepared picture: (height, width, 3), sRGB."""

    place: int
    """Among those that were asked for, from 0 on."""
    row: "PictureRow"
    pixels: Pixels
    key: Hashable
    """What they hang on; see `samples_job`."""


@dataclass(frozen=True, slots=True, eq=False)
class Augmented:
    """All the samples as the discriminator sees them, in another order."""

    pixels: Pixels
    """(count, height, width, 3), sRGB."""


def samples_job(
    rows: "Sequence[PictureRow]",
    usual: str,
    showing: Showing,
    is_augmented: bool,
    known: Mapping[Hashable, Pixels],
) -> Job:
    """Prepare pictures, of which those without a framing have the `usual` one, as JSON.

    Yields a `Sample` each; and, if they are to be augmented as `showing` says, one `Augmented`.
    Those whose key is `known`, from samples before, are not prepared again. Files that cannot be
    read now are passed over.
    """

    def job(poll: Poll) -> Iterator[object]:
        prepared = []
        for sample in _samples(rows, usual, showing.size, known, poll):
            prepared.append(sample.pixels)
            yield sample
        if is_augmented and len(prepared) >= _FEWEST and poll() is not Ask.STOP:
            from ganart.engine.gan.augment import augmented_preview

            yield Augmented(augmented_preview(np.stack(prepared), showing.config(), len(prepared)))

    return job


def _samples(
    rows: "Sequence[PictureRow]",
    usual: str,
    size: tuple[int, int],
    known: Mapping[Hashable, Pixels],
    poll: Poll,
) -> Iterator[Sample]:
    from ganart.datasets.errors import Unreadable
    from ganart.datasets.framing import Framing
    from ganart.datasets.prepare import framed

    otherwise = Framing.from_json(usual)
    for place, row in enumerate(rows):
        if poll() is Ask.STOP:
            return
        key = row.path, row.pixel_hash, row.framing or usual, size
        pixels = known.get(key)
        if pixels is None:
            try:
                pixels = np.asarray(framed(row, size, otherwise))
            except Unreadable:
                continue  # the next look at the folder tells of it
        yield Sample(place, row, pixels, key)
