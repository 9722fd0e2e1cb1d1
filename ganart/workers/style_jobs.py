"""The long jobs of the Stylize page, which go on whichever page is shown."""

from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from ganart.workers.background import Background
from ganart.workers.run import Job, Run

StyleKind = Literal["painting", "batch", "brush", "film"]


class StyleJobs(QObject):
    """The paintings, batches, brushes and films under way: one of each kind at most."""

    changed = Signal(str, object)
    """The kind, and its `Run` when one begins or None when it has ended."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self._background = background
        self._runs: dict[str, Run] = {}

    def run(self, kind: StyleKind) -> Run | None:
        """Return the job of a kind that is under way."""
        return self._runs.get(kind)

    def begin(self, kind: StyleKind, job: Job, *, announce: bool = True) -> Run:
        """Start a job; its failure comes by the session's `failed`, unless the caller shows it.

        Raises `RuntimeError` while one of its kind runs: the pages do not offer it then.
        """
        if kind in self._runs:
            raise RuntimeError(f"a {kind} is under way")
        run = self._runs[kind] = self._background.begin(job, kind, announce=announce)
        run.done.connect(self._forget_ended)
        self.changed.emit(kind, run)
        return run

    @Slot()
    def _forget_ended(self) -> None:
        for kind in [kind for kind, run in self._runs.items() if not run.is_running()]:
            del self._runs[kind]
            self.changed.emit(kind, None)
