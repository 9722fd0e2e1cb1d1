"""Which moments of a run are kept: read from disk, starred, and read again while it trains."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.workers.moments import KeptMoment, MomentsFound, read_moments, star_moment
from ganart.workers.run import Run
from ganart.workers.session import Session

NOTHING = MomentsFound("", (), ())


class MomentShelf(QObject):
    """One job at a time, so that two stars never meet; what is asked meanwhile is not forgotten."""

    found = Signal(object)
    """A `MomentsFound` of the run that is shown."""
    busy_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run_id = ""
        self._job: Run | None = None
        self._is_stale = False
        self._is_open = False

    def run_id(self) -> str:
        """Return the id of the run whose moments are wanted; empty for none."""
        return self._run_id

    def is_busy(self) -> bool:
        """Whether something is being read or starred."""
        return self._job is not None

    def show_run(self, run_id: str) -> None:
        """Want the moments of another run."""
        self._run_id = run_id
        self.refresh()

    def set_open(self, is_open: bool) -> None:
        """Say whether somebody looks; while nobody does nothing is read."""
        self._is_open = is_open
        if is_open and self._is_stale:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the moments again, now or as soon as that is possible."""
        project = self._session.project
        self._is_stale = bool(self._run_id)
        if self._is_stale and project is not None and self._is_open and self._job is None:
            self._is_stale = False
            self._begin(self._session.begin(read_moments(project, self._run_id), "moments"))

    def star(self, moment: KeptMoment, on: bool) -> bool:
        """Star a moment, or take its star away; False if that has to wait."""
        project = self._session.project
        if project is None or self._job is not None:
            return False
        job = star_moment(project, self._run_id, moment.step, on)
        self._begin(self._session.begin(job, "star"))
        return True

    def _begin(self, job: Run) -> None:
        self._job = job
        job.reported.connect(self._on_reported)
        job.done.connect(self._on_done)
        self.busy_changed.emit(True)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, MomentsFound) and record.run_id == self._run_id:
                self.found.emit(record)

    @Slot()
    def _on_done(self) -> None:
        self._job = None
        self.busy_changed.emit(False)
        if self._is_stale:
            self.refresh()
