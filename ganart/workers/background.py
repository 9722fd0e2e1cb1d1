"""The jobs under way: started, kept until they are done, stopped together."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ganart.workers.run import LOW_PRIORITY, Job, Run


class Background(QObject):
    """Keeps the `Run` of each job that it starts. Lives in the window's thread."""

    failed = Signal(object)
    """An `ErrorReport` to show to the person."""
    idle = Signal()
    """The last job has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []
        self._is_stopping = False
        """Until `idle` what begins is asked to stop too: an end may be the beginning of others."""

    def begin(
        self, job: Job, name: str, *, announce: bool = True, niceness: int | None = None
    ) -> Run:
        """Start a job and keep its `Run` until it is done.

        Its failure comes by `failed`, unless the caller shows it in a better place.
        """
        run = Run(job, name, niceness=LOW_PRIORITY if niceness is None else niceness)
        self._runs.append(run)
        if announce:
            run.failed.connect(self.failed)
        # Queued: the run must outlive the emission of its own signal.
        run.done.connect(self._forget_ended_runs, Qt.ConnectionType.QueuedConnection)
        run.start()
        if self._is_stopping:
            run.stop()
        return run

    def is_busy(self) -> bool:
        """Whether a job is running."""
        return any(run.is_running() for run in self._runs)

    def stop_jobs(self) -> None:
        """Ask every job to stop and to keep what it made; `idle` follows."""
        self._is_stopping = self.is_busy()
        for run in self._runs:
            run.stop()

    def let_jobs_begin(self) -> None:
        """Stop no more jobs, for the person stays although one has not ended yet."""
        self._is_stopping = False

    def wait_for_jobs(self, seconds: float) -> bool:
        """Block until all jobs have ended, at most `seconds` for each; whether they have."""
        have_ended = all(run.wait(seconds) for run in self._runs)
        self._is_stopping = False
        if not have_ended:
            return False
        self._runs.clear()
        return True

    @Slot()
    def _forget_ended_runs(self) -> None:
        if self._runs:
            self._runs = [run for run in self._runs if run.is_running()]
            if not self._runs:
                self._is_stopping = False
                self.idle.emit()
