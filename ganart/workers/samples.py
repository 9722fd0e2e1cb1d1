"""Some pictures of the dataset just as training will see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ganart.engine.asks import Ask, Poll
from ganart.workers.run import Job
from ganart.workers.shown_as import Showing

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_FEWEST = 2
"""Augmentation is drawn for so many at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One prepared picture: (height, width, 3), sRGB."""

    place: int
    """Among those that were asked for, from 0 on."""
    row: "PictureRow"
    pixels: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Augmented:
    """All the samples as the discriminator sees them, in another order."""

    pixels: npt.NDArray[np.uint8]
    """(count, height, width, 3), sRGB."""


def samples_job(
    rows: "Sequence[PictureRow]", usual: str, showing: Showing, is_augmented: bool
) -> Job:
    """Prepare pictures, of which those without a framing have the `usual` one, as JSON.

    Yields a `Sample` each; or, if they are to be augmented as `showing` says, one `Augmented`.
    Files that cannot be read now are passed over.
    """

    def job(poll: Poll) -> Iterator[object]:
        if not is_augmented:
            yield from _samples(rows, usual, showing.size, poll)
            return
        samples = list(_samples(rows, usual, showing.size, poll))
        if len(samples) >= _FEWEST and poll() is not Ask.STOP:
            from ganart.engine.gan.augment import augmented_preview

            pixels = np.stack([sample.pixels for sample in samples])
            yield Augmented(augmented_preview(pixels, showing.config(), len(samples)))

    return job


def _samples(
    rows: "Sequence[PictureRow]", usual: str, size: tuple[int, int], poll: Poll
) -> Iterator[Sample]:
    from ganart.datasets.errors import Unreadable
    from ganart.datasets.framing import Framing
    from ganart.datasets.prepare import framed

    otherwise = Framing.from_json(usual)
    for place, row in enumerate(rows):
        if poll() is Ask.STOP:
            return
        try:
            yield Sample(place, row, np.asarray(framed(row, size, otherwise)))
        except Unreadable:
            continue  # the next look at the folder tells of it
