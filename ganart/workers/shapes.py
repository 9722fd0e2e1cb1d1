"""What shapes the pictures of a dataset have, to choose the shape of a training by."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Ask, Poll
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class PictureShapes:
    """Of the pictures that would be trained on."""

    aspects: tuple[float, ...]
    """Width to height of what may be shown of each."""
    fill: str
    """How most of them are fitted: a value of `Fill`."""


def shapes_job(catalogue_path: Path) -> Job:
    """Return a job that yields one `PictureShapes`."""

    def job(poll: Poll) -> Iterator[object]:
        from collections import Counter

        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.whole import aspect_of, framing_of

        with Catalogue(catalogue_path) as catalogue:
            usual = catalogue.usual_framing()
            rows = [row for row in catalogue.pictures() if row.weight]
        if poll() is Ask.STOP:
            return
        framings = [framing_of(row, usual) for row in rows]
        aspects = tuple(aspect_of(*each) for each in zip(rows, framings, strict=True))
        fills = Counter(framing.fill.value for framing in framings)
        most = fills.most_common(1)[0][0] if fills else usual.fill.value
        yield PictureShapes(aspects, most)

    return job
