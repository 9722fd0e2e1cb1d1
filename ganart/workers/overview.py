"""Describing the dataset as a whole, as a job."""

from collections.abc import Iterator
from pathlib import Path

from ganart.engine.asks import Ask, Poll
from ganart.workers.run import Job


def overview_job(catalogue_path: Path) -> Job:
    """Look at all pictures that are not rejected; yields `Describing`, and a `Description`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.statistics import describe

        with Catalogue(catalogue_path) as catalogue:
            yield from describe(catalogue, lambda: poll() is Ask.STOP)

    return job
