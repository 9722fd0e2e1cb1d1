"""What augmentation does to pictures of the dataset, before a training starts."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.idle_options import idle_options
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True, eq=False)
class Augmented:
    """Pictures as the discriminator will see them."""

    pixels: npt.NDArray[np.uint8]
    """(count, height, width, 3), sRGB."""


def augmented_job(catalogue_path: Path, config: TrainConfig, count: int) -> Job:
    """Return a job that yields one `Augmented` of `count` pictures, spread over the dataset.

    Files that cannot be read now are passed over. Fails with `TooFewPictures`.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.augment import augmented_preview

        pixels = _pictures(catalogue_path, config.size, count, poll)
        if "augment" in idle_options(asdict(config)):
            plain = replace(config, augment=0.0, augment_target=0.0)
            yield Augmented(augmented_preview(pixels, plain, count))
        else:
            yield Augmented(augmented_preview(pixels, config, count))

    return job


def _pictures(
    catalogue_path: Path, size: tuple[int, int], count: int, poll: Poll
) -> npt.NDArray[np.uint8]:
    """Return up to `count` pictures of the dataset as training frames them."""
    from ganart.datasets.catalogue import Catalogue
    from ganart.datasets.errors import Unreadable
    from ganart.datasets.prepare import framed

    with Catalogue(catalogue_path) as catalogue:
        usual = catalogue.usual_framing()
        rows = [row for row in catalogue.pictures() if row.weight]
    frames: list[npt.NDArray[np.uint8]] = []
    for row in rows[:: max(1, len(rows) // count)][:count]:
        if poll() is Ask.STOP:
            break
        try:
            frames.append(np.asarray(framed(row, size, usual)))
        except Unreadable:
            continue  # the next look at the folder tells of it
    return np.stack(frames) if frames else np.empty((0, size[1], size[0], 3), np.uint8)
