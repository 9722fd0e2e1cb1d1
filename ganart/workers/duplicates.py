"""Groups of pictures of the open project that are one and the same."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from ganart.datasets.apart import ToldApart
from ganart.engine.asks import Poll
from ganart.project.store import Project
from ganart.workers.findings import Findings, ProjectJobs
from ganart.workers.run import Job
from ganart.workers.undo_step import UndoStep
from ganart.workers.writing import Writing

if TYPE_CHECKING:
    from ganart.datasets.duplicates import Group, Likeness


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The end of a search."""

    groups: "Mapping[Likeness, tuple[Group, ...]]"
    """For each likeness the largest group first; those that were told apart are among them."""
    sharpness: Mapping[int, float]
    """0 to 1, of the pictures of all groups by their numbers."""
    apart: ToldApart
    unmeasured: int
    """Readable pictures that could not be compared, for no scan has measured them yet."""


def duplicates_job(catalogue_path: Path) -> Job:
    """Compare all pictures with all others; yields `Comparing` and, unless stopped, `Found`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.duplicates import Kin, Likeness, find_kin

        with Catalogue(catalogue_path) as catalogue:
            for event in find_kin(catalogue, poll):
                if not isinstance(event, Kin):
                    yield event
                    continue
                groups = {likeness: event.groups(likeness) for likeness in Likeness}
                grouped = {
                    row.id for each in groups.values() for group in each for row in group.pictures
                }
                yield Found(
                    groups,
                    {each: event.sharpness.get(each, 0.0) for each in grouped},
                    ToldApart(catalogue.told_apart()),
                    catalogue.counts().readable - sum(map(len, event.different)),
                )

    return job


def apart_job(catalogue_path: Path, picture_ids: Collection[int], are_apart: bool) -> Job:
    """Note that pictures are different, or take it back; yields nothing."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            catalogue.tell_apart(picture_ids, are_apart)
        yield from ()

    return job


class Duplicates(Findings):
    """The search among the pictures of the open project, and what is told apart in it."""

    progressed = Signal(int, int)
    """So many pictures of so many are compared."""
    told_apart = Signal(object)
    """The ids of pictures that are told apart now, or no longer are."""

    name = "duplicates"

    def __init__(
        self, session: ProjectJobs, stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(session, parent)
        self._stack = stack
        self._writing = Writing(session, self)
        self.found: Found | None = None
        self._searched = 0
        self._told: list[tuple[Collection[int], bool]] = []
        """All that was said; a search may have read the catalogue before it was written."""

    def tell_apart(self, picture_ids: Collection[int], are_apart: bool, text: str) -> None:
        """Note that pictures are no duplicates of one another, or take it back, as one step.

        `text` says in words what is done.
        """
        if self.found is not None and self.found.apart.covers(picture_ids) != are_apart:
            self._stack.push(_Telling(self, frozenset(picture_ids), are_apart, text))

    def put(self, picture_ids: Collection[int], are_apart: bool) -> None:
        """Let it hold and be written, without a step to take back."""
        self._told.append((picture_ids, are_apart))
        if self.found is not None:
            self.found.apart.put(picture_ids, are_apart)
        if self._session.project is not None:
            path = self._session.project.catalogue_path
            self._writing.write(apart_job(path, picture_ids, are_apart))
        self.told_apart.emit(picture_ids)

    def _job(self, project: Project) -> Job:
        self._searched = self._listed()
        return duplicates_job(project.catalogue_path)

    def _hear(self, record: object) -> None:
        from ganart.datasets.duplicates import Comparing

        if isinstance(record, Comparing):
            self.progressed.emit(record.done, record.total)
        elif isinstance(record, Found):
            for picture_ids, are_apart in self._told:
                record.apart.put(picture_ids, are_apart)
            self.found = record

    def _is_other(self) -> bool:
        # A scan may have measured what could not be compared before.
        has_unmeasured = self.found is not None and self.found.unmeasured > 0
        return has_unmeasured or self._listed() != self._searched

    def _listed(self) -> int:
        """Return a number that is another one for pictures with other pixels."""
        return hash(tuple(map(attrgetter("id", "pixel_hash"), self._session.pictures.rows)))

    def _forget(self) -> None:
        self.found = None
        self._searched = 0
        self._told.clear()


class _Telling(UndoStep):
    """Pictures are told apart, or no longer."""

    def __init__(
        self, duplicates: Duplicates, picture_ids: frozenset[int], are_apart: bool, text: str
    ) -> None:
        super().__init__(text)
        self._duplicates = duplicates
        self._ids = picture_ids
        self._are_apart = are_apart

    def go_back(self) -> None:
        self._duplicates.put(self._ids, not self._are_apart)

    def go_on(self) -> None:
        self._duplicates.put(self._ids, self._are_apart)
