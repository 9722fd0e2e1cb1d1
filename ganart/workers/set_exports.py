"""The job that writes the curated set for other tools, with records that need no engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class SetWish:
    """What of the dataset is wanted, where and how."""

    target: Path
    """A name that ends in .zip is a ZIP file, any other a folder."""
    ids: frozenset[int]
    """The numbers of the pictures. Rejected ones are wanted if they are among them."""
    size: tuple[int, int] | None = None
    """Prepared at this width and height; None for the original files."""
    unstretch: bool = False


@dataclass(frozen=True, slots=True)
class SetStep:
    """`done` of `total` pictures are written."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SetLeft:
    """A picture that could not be read, and why (marked for translation)."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class SetWritten:
    """The end: so many pictures lie at `path`."""

    path: Path
    count: int


def set_export_job(catalogue_path: Path, wish: SetWish) -> Job:
    """Write pictures and their manifests; yields `SetStep`, `SetLeft` and at last `SetWritten`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.filters import Filter
        from ganart.engine.set_export import Exported, Exporting, SetPlan, export_set

        plan = SetPlan(wish.target, wish.size, wish.unstretch, Filter(), wish.ids)
        with Catalogue(catalogue_path) as catalogue:
            for event in export_set(catalogue, plan, poll):
                if isinstance(event, Exporting):
                    yield SetStep(event.done, event.total)
                elif isinstance(event, Exported):
                    yield SetWritten(event.path, event.count)
                else:
                    yield SetLeft(event.path, event.reason)

    return job
