"""What may be wrong with the pictures of the open project, for filters that ask for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ganart.engine.asks import Poll
from ganart.workers.pictures import Jobs, Pictures
from ganart.workers.run import Job, Run

if TYPE_CHECKING:
    from ganart.datasets.issues import Diagnosis


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What may be wrong with the pictures that were measured."""

    diagnosis: "Diagnosis"
    flawed: Mapping[str, frozenset[int]]
    """The numbers of the pictures that have each issue, by its key, at the artist's thresholds."""


def scores_job(catalogue_path: Path) -> Job:
    """Judge the pictures; yields one `Scored`."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.checks import own_threshold
        from ganart.datasets.issues import ISSUES, diagnose

        with Catalogue(catalogue_path) as catalogue:
            diagnosis, checks = diagnose(catalogue), catalogue.checks()
        flawed = {}
        for issue in ISSUES:
            facet = diagnosis.facet(issue, own_threshold(checks, issue.key))
            flawed[issue.key] = frozenset(diagnosis.pictures[place].id for place in facet.rows)
        yield Scored(diagnosis, flawed)

    return job


class IssueScores(QObject):
    """Are worked out once somebody wants them, and anew after pictures were `listed`."""

    changed = Signal()

    def __init__(self, jobs: Jobs, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._run: Run | None = None
        self._is_wanted = False
        self._is_stale = False
        self.latest: Scored | None = None
        pictures.listed.connect(self.judge_again)

    def is_looking(self) -> bool:
        """Whether `changed` is to come."""
        return self._run is not None

    def want(self) -> None:
        """Work them out, now and after each change."""
        if not self._is_wanted or (self.latest is None and self._run is None):
            self._is_wanted = True
            self._begin()

    def forget(self) -> None:
        """Know nothing, for the project is another one."""
        self._run = self.latest = None
        self._is_wanted = self._is_stale = False

    def _begin(self) -> None:
        project = self._jobs.project
        if self._run is not None:
            self._is_stale = True
        elif project is not None:
            self._is_stale = False
            self._run = self._jobs.begin(scores_job(project.catalogue_path), "issues")
            self._run.reported.connect(self._on_reported)
            self._run.done.connect(self._on_done)

    @Slot()
    def judge_again(self) -> None:
        """Work them out anew, if anybody wants them: pictures or thresholds are others."""
        if self._is_wanted:
            self._begin()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is self._run:
            for record in records:
                if isinstance(record, Scored):
                    self.latest = record

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is self._run:
            self._run = None
            self.changed.emit()
            if self._is_stale:
                self._begin()
