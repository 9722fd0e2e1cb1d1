"""What may be wrong with the pictures of the open project, and how the artist goes through it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ganart.datasets.checks import Check, Checks
from ganart.engine.asks import Poll
from ganart.project.store import Project
from ganart.workers.findings import Findings, ProjectJobs
from ganart.workers.run import Job
from ganart.workers.writing import Writing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ganart.datasets.issues import Diagnosis


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosed:
    """The scores of all measured pictures, and what was kept about the issues."""

    diagnosis: "Diagnosis"
    checks: Checks
    unmeasured: int
    """Readable pictures without measures, of an earlier version of the studio."""
    ids: "npt.NDArray[np.int64]"
    """(N,): the number of the picture at each place in the diagnosis."""
    places: Mapping[int, int]
    """The place of each number."""


def diagnosis_job(catalogue_path: Path) -> Job:
    """Judge all pictures; yields one `Diagnosed`."""

    def job(_poll: Poll) -> Iterator[object]:
        import numpy as np

        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.issues import diagnose

        with Catalogue(catalogue_path) as catalogue:
            diagnosis = diagnose(catalogue)
            unmeasured = catalogue.counts().readable - len(diagnosis.pictures)
            ids = [row.id for row in diagnosis.pictures]
            yield Diagnosed(
                diagnosis,
                catalogue.checks(),
                unmeasured,
                np.array(ids, np.int64),
                {picture_id: place for place, picture_id in enumerate(ids)},
            )

    return job


def checks_job(catalogue_path: Path, checks: Checks) -> Job:
    """Keep how the artist goes through the issues; yields nothing."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            catalogue.set_checks(checks)
        yield from ()

    return job


class Diagnosing(Findings):
    """The diagnosis of the open project, and its checks, which hold at once and are written."""

    kept = Signal()
    """What was changed of the checks is in the catalogue, where others look."""

    name = "diagnosis"

    def __init__(self, session: ProjectJobs, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._writing = Writing(session, self)
        self._writing.written.connect(self.kept)
        self.found: Diagnosed | None = None
        self._checks: Checks = {}

    def check(self, key: str) -> Check:
        """Return what is kept about an issue."""
        return self._checks.get(key, Check())

    def set_threshold(self, key: str, threshold: float | None) -> None:
        """Have an issue begin at another score, or at the usual one."""
        self._set(key, replace(self.check(key), threshold=threshold))

    def set_fine(self, key: str, fine: str) -> None:
        """Note the fingerprint of pictures with an issue that are fine; empty takes it back."""
        self._set(key, replace(self.check(key), fine=fine))

    def _set(self, key: str, check: Check) -> None:
        if check == self.check(key):
            return
        self._checks = {**self._checks, key: check}
        if self._session.project is not None:
            self._writing.write(checks_job(self._session.project.catalogue_path, self._checks))

    def _job(self, project: Project) -> Job:
        return diagnosis_job(project.catalogue_path)

    def _hear(self, record: object) -> None:
        if isinstance(record, Diagnosed):
            if self.found is None:  # later ones may know less than what waits to be written
                self._checks = record.checks
            self.found = record

    def _forget(self) -> None:
        self.found = None
        self._checks = {}
