"""The jobs of a project, as `Run` takes them.

They load what they need, such as torch, Pillow and NumPy, when they start: on their own thread, and
not before the first window is shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ganart.engine.asks import Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.lesson.records import Chapter
from ganart.project.runs import Runs
from ganart.project.store import Project
from ganart.workers.run import Job
from ganart.workers.wastebasket import to_wastebasket

if TYPE_CHECKING:
    from ganart.datasets.catalogue import PictureRow


@dataclass(frozen=True, slots=True)
class Listing:
    """What the catalogue holds at one moment."""

    sources: tuple[Path, ...]
    pictures: "tuple[PictureRow, ...]"
    refused: "tuple[PictureRow, ...]"
    """Without those that are ignored."""
    ignored: frozenset[Path]
    by_id: Mapping[int, int]
    """The places of the pictures, by their numbers in order."""
    by_path: Mapping[Path, int]
    """The same by their paths, which take long to be hashed the first time."""

    @classmethod
    def of(
        cls,
        sources: Sequence[Path],
        pictures: "Sequence[PictureRow]",
        refused: "Iterable[PictureRow]",
        ignored: frozenset[Path] = frozenset(),
    ) -> Self:
        """Return what there is, put together for the window's thread."""
        return cls(
            tuple(sources),
            tuple(pictures),
            tuple(row for row in refused if row.path not in ignored),
            ignored,
            {row.id: place for place, row in enumerate(pictures)},
            {row.path: place for place, row in enumerate(pictures)},
        )


def listing_job(catalogue_path: Path) -> Job:
    """Read the whole catalogue; yields one `Listing`."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.engine.sources.gathering import follow_project

        with Catalogue(catalogue_path) as catalogue:
            # The first thing that an opened project is asked for.
            follow_project(catalogue, catalogue_path.parent)
            yield Listing.of(
                catalogue.sources(),
                catalogue.pictures(),
                catalogue.refused(),
                catalogue.ignored(),
            )

    return job


def counts_job(catalogue_path: Path) -> Job:
    """Count the pictures; yields one `Counts`."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            yield catalogue.counts()

    return job


def training_job(
    project: Project, config: TrainConfig, preset: str, origin: Path | None = None
) -> Job:
    """Train a new model, from the one at `origin` if there is one; yields the records of
    `ganart.engine.gan.events`.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.run import start

        yield from start(project, config, preset, poll, origin)

    return job


def lesson_job(project: Project, chapter: Chapter) -> Job:
    """Train what a chapter of the lesson shows; yields what a training does, and `Said`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.lesson.narrator import lecture

        yield from lecture(project, chapter, poll)

    return job


def resume_job(project: Project, run_id: str, minutes: float = 0.0) -> Job:
    """Go on with a run, for `minutes` more (0: what is left of its budget); yields records
    as a new training does.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.run import resume

        yield from resume(project, run_id, poll, minutes)

    return job


def branch_job(
    project: Project, run_id: str, step: int, changes: Mapping[str, Any], minutes: float = 0.0
) -> Job:
    """Begin a new run at a checkpoint of another one, with other options, for `minutes` (0: what
    was left of the other's budget); yields records as a new training does.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.run import branch

        yield from branch(project, run_id, step, poll, changes=changes, minutes=minutes)

    return job


@dataclass(frozen=True, slots=True)
class RunDiscarded:
    """A run and all it made are gone."""

    run_id: str
    is_in_wastebasket: bool
    """Whether it can be taken back from there; there is none on some disks."""


def discard_job(project: Project, run_id: str) -> Job:
    """Move a run to the wastebasket, or delete all its files; yields one `RunDiscarded`."""

    def job(_poll: Poll) -> Iterator[object]:
        runs = Runs(project.runs_folder)
        is_trashed = not to_wastebasket(runs.folder(run_id))
        if not is_trashed:
            runs.discard(run_id)
        yield RunDiscarded(run_id, is_trashed)

    return job


def estimate_job(project: Project, config: TrainConfig) -> Job:
    """Measure how fast this computer trains `config`; the last record is an `Estimate`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.run import estimate

        yield from estimate(project, config, poll)

    return job


def device_job(_poll: Poll) -> Iterator[object]:
    """Tell the device that would be used, as a `DeviceInfo`, then warm torch up."""
    from ganart.engine.device import describe, warm_up

    yield describe()
    warm_up()
