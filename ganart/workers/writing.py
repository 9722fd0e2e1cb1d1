"""Changes to the catalogue that are written behind the scenes, in the order of their making."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from ganart.engine.asks import Poll
from ganart.workers.pictures import Jobs
from ganart.workers.run import Job, Run


class Writing(QObject):
    """Runs short jobs one after another; all that were asked for end before the project closes."""

    written = Signal()
    """All that was asked for until now is in the catalogue."""

    def __init__(self, session: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: list[Job] = []
        self._run: Run | None = None

    def write(self, job: Job) -> None:
        """Run a job after those before it; nothing while no project is open."""
        if self._session.project is not None:
            self._waiting.append(job)
            if self._run is None:
                self._begin()

    def _begin(self) -> None:
        jobs, self._waiting = tuple(self._waiting), []

        def job(poll: Poll) -> Iterator[object]:
            for each in jobs:
                yield from each(poll)

        self._run = self._session.begin(job, "choices")
        self._run.done.connect(self._on_done)

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is self._run:
            self._run = None
            if self._waiting:
                self._begin()
            else:
                self.written.emit()
