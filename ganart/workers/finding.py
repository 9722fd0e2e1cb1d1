"""Filters and sorts the pictures of the open project, away from the window's thread."""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ganart.datasets.filters import Filter
from ganart.datasets.picture_table import Order, PictureTable
from ganart.engine.asks import Poll
from ganart.workers.issue_scores import IssueScores, Scored
from ganart.workers.library import Library
from ganart.workers.pictures import Jobs, Pictures
from ganart.workers.run import Job, Run

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


ALL = Filter()


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pictures are to be shown, in which order; as it is made, all by their paths."""

    filter: Filter = ALL
    source: Path | None = None
    """The folder, or the file, that pictures come from."""
    issue: str = ""
    """The key of an issue that they have."""
    among: frozenset[int] | None = None
    """Their numbers, where somebody has chosen them already."""
    among_words: str = ""
    """What those are, for people."""
    order: Order = Order.PATH
    is_falling: bool = False
    alike: int = 0
    """The picture that the order by likeness begins with."""

    def is_open(self) -> bool:
        """Whether all pictures are let through."""
        return self.everything() == self

    def everything(self) -> "Wish":
        """Return the wish for all pictures in the same order."""
        return Wish(order=self.order, is_falling=self.is_falling, alike=self.alike)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a wish gives."""

    wish: Wish
    ids: list[int]
    """Of the pictures to be shown, in their order."""
    rank: Mapping[int, int]
    """The place of every picture, shown or not, in that order."""
    members: Set[int]
    """`ids` again."""
    flawed: frozenset[int] | None = None
    """The pictures that have the issue, None without one."""


def find_job(library: Library, rows: "list[PictureRow]", scored: Scored | None, wish: Wish) -> Job:
    """Yield the `Found` of a wish among `rows`."""

    def job(_poll: Poll) -> Iterator[object]:
        library.take(rows, None if scored is None else scored.diagnosis)
        shown = library.matching(wish.filter, wish.source, wish.among)
        flawed = None if scored is None or not wish.issue else scored.flawed[wish.issue]
        ranked = library.sorted(wish.order, wish.is_falling, wish.issue, wish.alike)
        ids = [each for each in ranked if each in shown and (flawed is None or each in flawed)]
        yield Found(
            wish,
            ids,
            dict(zip(ranked, range(len(ranked)), strict=True)),
            frozenset(ids),
            flawed,
        )

    return job


class Finder(QObject):
    """Finds what was wished for last; an older wish that is not granted yet is dropped."""

    found = Signal(object)
    """A `Found`."""

    def __init__(self, jobs: Jobs, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pictures = pictures
        self._library: Library | None = None
        self._run: Run | None = None
        self._is_stale = False
        self._result: Found | None = None
        self._noted_since: set[int] = set()
        self.wish = Wish()
        self.scores = IssueScores(jobs, pictures, self)
        self.scores.changed.connect(self._on_scores)
        pictures.noted.connect(self._on_noted)

    def is_finding(self) -> bool:
        """Whether a `found` is to come."""
        return self._run is not None or (bool(self.wish.issue) and self.scores.is_looking())

    def find(self, wish: Wish) -> None:
        """Find what is wished for; `found` follows, at once where that takes no work."""
        self.wish = wish
        project, rows = self._jobs.project, self._pictures.rows
        if self._run is not None:
            self._is_stale = True
        elif project is None or wish == Wish():
            self._noted_since.clear()
            self.found.emit(_all(self._pictures.places))
        elif wish.issue and self.scores.latest is None:
            self.scores.want()
        else:
            if self._library is None or self._library.path != project.catalogue_path:
                self._library = Library(project.catalogue_path)
            self._noted_since.clear()
            job = find_job(self._library, list(rows), self.scores.latest, wish)
            self._run = self._jobs.begin(job, "finding")
            self._run.reported.connect(self._on_reported)
            self._run.done.connect(self._on_done)

    def noted_since(self) -> set[int]:
        """Return the pictures whose notes have changed since the last `found` was looked for."""
        return set(self._noted_since)

    @Slot()
    def _on_scores(self) -> None:
        if self.wish.issue and self.scores.latest is not None:
            self.find(self.wish)

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if self._run is not None:
            self._noted_since |= ids

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Found):
                self._result = record

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        result, self._result = self._result, None
        if self._is_stale:
            self._is_stale = False
            self.find(self.wish)
        elif result is not None:
            self.found.emit(result)


def fitting(found: Found, rows: "Collection[PictureRow]") -> set[int]:
    """Return the numbers of those pictures, of a few, that are to be shown as they are noted now.

    One that was found stays although it has been seen since.
    """
    wish = found.wish
    table = PictureTable(list(rows))
    loose = table.matching(replace(wish.filter, seen=None))
    strict = table.matching(wish.filter)
    return {
        row.id
        for row, is_loose, is_strict in zip(table.rows, loose, strict, strict=True)
        if (is_strict or (is_loose and row.id in found.members))
        and (wish.among is None or row.id in wish.among)
        and (found.flawed is None or row.id in found.flawed)
        and (wish.source is None or row.path.is_relative_to(wish.source))
    }


def _all(places: Mapping[int, int]) -> Found:
    return Found(Wish(), list(places), places, places.keys())
