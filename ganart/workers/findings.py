"""Something about the pictures that a job finds out when it is wanted, and that is kept."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from ganart.project.store import Project
from ganart.workers.pictures import Jobs, Pictures
from ganart.workers.run import Job, Run


class ProjectJobs(Jobs, Protocol):
    """What is needed of the session."""

    pictures: Pictures
    scanning: Run | None


class Findings(QObject):
    """Begins its job when the findings are wanted and the pictures are others than those judged.

    While a scan runs it waits: its end brings other pictures. A search that was cancelled begins
    again only when it is told to.
    """

    changed = Signal()
    """It looks for something now, has found it, has ended without, or was made to forget."""

    name = "findings"

    def __init__(self, session: ProjectJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._is_wanted = False
        self._is_stale = True
        session.pictures.listed.connect(self._on_listed)

    def set_wanted(self, is_wanted: bool) -> None:
        """Say whether anybody looks at the findings."""
        self._is_wanted = is_wanted
        self._begin_if_due()

    def is_looking(self) -> bool:
        """Whether the job runs."""
        return self._run is not None

    def cancel(self) -> None:
        """End the job without findings."""
        if self._run is not None:
            self._run.stop()

    def look(self) -> None:
        """Begin anew, also after `cancel`."""
        self._is_stale = True
        self._begin_if_due()

    def _job(self, project: Project) -> Job:
        raise NotImplementedError

    def _hear(self, record: object) -> None:
        """Keep a record of the job."""
        raise NotImplementedError

    def _forget(self) -> None:
        """Keep nothing, for there are no pictures or another project's."""
        raise NotImplementedError

    def _is_other(self) -> bool:
        """Whether the pictures that are listed now have to be judged anew."""
        return True

    def _begin_if_due(self) -> None:
        project = self._session.project
        if (
            project is None
            or not self._session.pictures.rows
            or not (self._is_wanted and self._is_stale)
            or self._run is not None
            or self._session.scanning is not None
        ):
            return
        self._is_stale = False
        self._run = self._session.begin(self._job(project), self.name)
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._on_done)
        self.changed.emit()

    @Slot()
    def _on_listed(self) -> None:
        if self._session.project is None or not self._session.pictures.rows:
            self._run = None
            self._forget()
            self._is_stale = True
            self.changed.emit()
        else:
            self._is_stale = self._is_stale or self._is_other()
            self._begin_if_due()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is self._run:
            for record in records:
                self._hear(record)

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is self._run:
            self._run = None
            self.changed.emit()
            self._begin_if_due()
