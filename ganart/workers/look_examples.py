"""What every built-in look does to one of the photos that are to be stylized."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ganart.engine.asks import Ask, Poll
from ganart.resources import resource
from ganart.workers.run import Job
from ganart.workers.stylizing import thumbnails_job

_EXAMPLE = "sample/photos/animals_panda.jpg"


def example_looks(sources: Sequence[Path], side: int) -> Job:
    """Return a job that yields a `LookThumbnail` for every built-in look.

    The photo is the first of `sources`, files and folders; a bundled one where there is none.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style.batch_sources import SourcePhoto, find_photos

        def stopped() -> bool:
            return poll() is Ask.STOP

        photo = resource(_EXAMPLE)
        for found in find_photos(sources, Path(), stopped):
            if isinstance(found, SourcePhoto) and not found.member:
                photo = found.path
                break
        if not stopped():
            yield from thumbnails_job(photo, side)(poll)

    return job
