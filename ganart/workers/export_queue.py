"""The queue of long exports: one after the other, with pause, cancel and going on later."""

import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganart.errors import StudioError
from ganart.project.store import Project
from ganart.workers.exports import (
    Exported,
    Exporting,
    Order,
    carry_out,
    discard_order,
    unfinished_orders,
)
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session


class State(Enum):
    """How an export stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    """It can be gone on with: the studio was closed, or the person stopped it."""
    FAILED = "failed"
    DONE = "done"


@dataclass(eq=False)
class Entry:
    """One export of the queue."""

    order: Order
    state: State = State.WAITING
    done: int = 0
    total: int = 0
    error: StudioError | None = None
    """Why it failed."""
    path: Path | None = None
    """The newest file that it made."""
    began: tuple[float, int] = field(default=(0.0, 0))
    """When it was begun in seconds, and how much was done then."""

    def time_left_s(self) -> float:
        """Return a guess, infinite before there is one."""
        begin, before = self.began
        if self.state is not State.RUNNING or self.done <= before:
            return float("inf")
        pace = (time.monotonic() - begin) / (self.done - before)
        return pace * (self.total - self.done)


class ExportQueue(QObject):
    """Lives in the window's thread. What is ordered is on disk before it is worked on."""

    changed = Signal()
    saved = Signal(object)
    """The `Path` of what was saved."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.entries: list[Entry] = []
        self._run: Run | None = None
        self._current: Entry | None = None
        self._is_closing = False
        session.project_opened.connect(self._on_opened)
        session.jobs_stopping.connect(self._on_stopping)
        session.project_closed.connect(self._on_closed)
        if session.project is not None:
            self._on_opened(session.project)

    # What the person does

    def place(self, job: Job) -> None:
        """Let a job write down an order, then carry it out when its turn comes."""
        run = self._session.begin(job, "order")
        run.reported.connect(self._on_placed)

    def pause(self, entry: Entry) -> None:
        """Hold an export; the ones after it wait too."""
        if entry is self._current and self._run is not None:
            self._run.pause()
            entry.state = State.PAUSED
        elif entry.state is State.WAITING:
            entry.state = State.STOPPED
        self.changed.emit()

    def resume(self, entry: Entry) -> None:
        """Go on with an export that was paused, stopped or has failed."""
        if entry is self._current and self._run is not None:
            self._run.resume()
            entry.state = State.RUNNING
            entry.began = (time.monotonic(), entry.done)
        elif entry.state in {State.STOPPED, State.FAILED}:
            entry.state, entry.error = State.WAITING, None
            self._start_next()
        self.changed.emit()

    def remove(self, entry: Entry) -> None:
        """Cancel an export and forget what was drawn for it, or take a finished one off."""
        if entry in self.entries:
            self.entries.remove(entry)
        if entry is self._current and self._run is not None:
            self._run.stop()  # what it leaves is discarded once it has ended
        elif entry.state is not State.DONE:
            self._session.begin(discard_order(entry.order), "discard")
        self.changed.emit()

    def current(self) -> Entry | None:
        """Return the export that is worked on."""
        return self._current

    # The work

    @Slot(object)
    def _on_placed(self, records: list[object]) -> None:
        self.entries.extend(Entry(each) for each in records if isinstance(each, Order))
        self._start_next()
        self.changed.emit()

    def _start_next(self) -> None:
        project = self._session.project
        if self._run is not None or project is None or self._is_closing:
            return
        entry = next((each for each in self.entries if each.state is State.WAITING), None)
        if entry is None:
            return
        self._current = entry
        entry.state = State.RUNNING
        entry.began = (0.0, 0)
        self._run = self._session.begin(carry_out(project, entry.order), "export", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        entry = self._current
        if entry is None:
            return
        for record in records:
            if isinstance(record, Exporting):
                entry.done, entry.total = record.done, record.total
                if not entry.began[0]:
                    entry.began = (time.monotonic(), record.done)
            elif isinstance(record, Exported):
                entry.path = record.path
                self._session.artworks_changed.emit()
                self.saved.emit(record.path)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        if self._current is not None:
            self._current.state, self._current.error = State.FAILED, report.error
            if report.error is None or self._current in self.entries:
                self._session.failed.emit(report)

    @Slot()
    def _on_done(self) -> None:
        entry, self._run, self._current = self._current, None, None
        if entry is None:
            return
        if entry not in self.entries:
            if not entry.path:
                self._session.begin(discard_order(entry.order), "discard")
        elif entry.state is not State.FAILED:
            is_whole = entry.path is not None and not entry.order.folder.exists()
            entry.state = State.DONE if is_whole else State.STOPPED
        self._start_next()
        self.changed.emit()

    # The project

    @Slot(object)
    def _on_opened(self, project: Project) -> None:
        self._is_closing = False
        run = self._session.begin(unfinished_orders(project), "orders", announce=False)
        run.reported.connect(self._on_found)

    @Slot(object)
    def _on_found(self, records: list[object]) -> None:
        known = {each.order.folder for each in self.entries}
        self.entries.extend(
            Entry(each, State.STOPPED)
            for each in records
            if isinstance(each, Order) and each.folder not in known
        )
        self.changed.emit()

    @Slot()
    def _on_stopping(self) -> None:
        self._is_closing = True

    @Slot()
    def _on_closed(self) -> None:
        self.entries.clear()
        self.changed.emit()
