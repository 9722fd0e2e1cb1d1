"""One long job on a thread of its own, seen from the window's thread as one object.

A job is a function that takes `poll` and returns an iterator of small records. It calls `poll()`
between its steps; the answer is at most one `Ask`. Nothing in a job knows about threads or Qt.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Self

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal, Slot

from ganart.engine.asks import Ask, Change, Poll
from ganart.errors import StudioError

Job = Callable[[Poll], Iterator[object]]

REPORT_INTERVAL_MS = 100
"""Records are handed over in lists at this pace, so that a fast job cannot flood the window."""

LOW_PRIORITY = 10
"""Linux's niceness: 0 is a window's own priority, 19 the lowest."""
_STACK_BYTES = 16 * 2**20
"""macOS gives a thread 512 kB, too little for the numerical libraries."""


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A failure as plain data. The exception's own traceback would keep its frames alive, and with
    them the tensors of a model.
    """

    error: StudioError | None
    """The expected trouble, without its traceback; None for a fault of the program."""
    text: str
    """One line that names the trouble, in English."""
    traceback: str

    @classmethod
    def of(cls, error: BaseException) -> Self:
        """Describe `error` and strip it of its traceback, cause and context."""
        lines = "".join(traceback.format_exception(error))
        text = str(error) or type(error).__name__
        error.__cause__ = error.__context__ = None
        expected = error.with_traceback(None) if isinstance(error, StudioError) else None
        return cls(expected, text, lines)


class _Worker(QThread):
    """The thread: draws the records out of the job and lays them down for the `Run` to fetch."""

    def __init__(self, job: Job, niceness: int, parent: QObject) -> None:
        super().__init__(parent)
        self.setStackSize(_STACK_BYTES)
        self._niceness = niceness
        self._job: Job | None = job
        self.records: SimpleQueue[object] = SimpleQueue()
        self.asks: SimpleQueue[Ask | Change] = SimpleQueue()
        self.stop_asked = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.report: ErrorReport | None = None

    def run(self) -> None:
        job, self._job = self._job, None  # a job may hold a model: let it go with this frame
        if job is None:
            return
        _give_way(self._niceness)
        try:
            for record in job(self._poll):
                self.records.put(record)
                self.may_go_on.wait()
        except Exception as error:  # whatever a job raises must reach a person
            self.report = ErrorReport.of(error)

    def _poll(self) -> Ask | Change | None:
        # A stop stays asked: a job made of several stages may poll it in each of them.
        if self.stop_asked.is_set():
            return Ask.STOP
        try:
            return self.asks.get_nowait()
        except Empty:
            return None


def _give_way(niceness: int) -> None:
    """Let the window's thread go first where both want a core.

    Linux has a priority for each thread, which the threads that torch starts from here inherit, but
    Qt's priorities do not touch it. The stalls with and without are in docs/benchmarks.md.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


class Run(QObject):
    """The handle on one job; lives in the window's thread and emits all its signals there.

    A run is started once. It must be kept (the session does) until `done`.
    """

    reported = Signal(object)
    """A list of the job's records, in order, at most about ten lists a second."""
    failed = Signal(object)
    """An `ErrorReport`; `done` follows."""
    done = Signal()
    """The job has ended, by itself, by a stop or by a failure, and its thread is gone."""
    paused = Signal(bool)
    stop_asked = Signal()
    """The job was asked to stop, for the first time."""

    def __init__(
        self,
        job: Job,
        name: str,
        parent: QObject | None = None,
        *,
        niceness: int = LOW_PRIORITY,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.failure: ErrorReport | None = None
        self._is_done = False
        self._worker = _Worker(job, niceness, self)
        self._worker.setObjectName(name)
        self._worker.finished.connect(self._conclude)
        self._timer = QTimer(self)
        self._timer.setInterval(REPORT_INTERVAL_MS)
        self._timer.timeout.connect(self._report)

    def start(self) -> None:
        """Begin the job; a second call does nothing."""
        if not self._is_done and not self._worker.isRunning():
            self._timer.start()
            self._worker.start(QThread.Priority.LowPriority)

    def pause(self) -> None:
        """Hold the job at its next record until `resume` or `stop`; one that stops goes on."""
        if self.is_running() and not self.is_paused() and not self.is_stopping():
            self._worker.may_go_on.clear()
            self.paused.emit(True)

    def resume(self) -> None:
        """Let a paused job go on."""
        if self.is_paused():
            self._worker.may_go_on.set()
            self.paused.emit(False)

    def ask(self, ask: Ask | Change) -> None:
        """Put a request before the job, unless it is done; STOP also ends a pause."""
        if self._is_done:
            return
        if ask is not Ask.STOP:
            self._worker.asks.put(ask)
        elif not self._worker.stop_asked.is_set():
            self._worker.stop_asked.set()
            self.resume()
            self.stop_asked.emit()

    def stop(self) -> None:
        """Ask the job to end and to keep what it made."""
        self.ask(Ask.STOP)

    def is_running(self) -> bool:
        """Whether the job was started and is not `done`."""
        return self._timer.isActive()

    def is_paused(self) -> bool:
        """Whether the job is held."""
        return not self._worker.may_go_on.is_set()

    def is_stopping(self) -> bool:
        """Whether the job was asked to stop and has not ended yet."""
        return self.is_running() and self._worker.stop_asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Block until the job has ended and told so, at most `seconds`; whether it has."""
        ended = self._worker.wait(QDeadlineTimer(round(seconds * 1000)))
        if ended and self.is_running():
            self._conclude()
        return ended

    @Slot()
    def _report(self) -> None:
        records: list[object] = []
        try:
            while True:
                records.append(self._worker.records.get_nowait())
        except Empty:
            if records:
                self.reported.emit(records)

    @Slot()
    def _conclude(self) -> None:
        if self._is_done:  # `wait` was quicker than the thread's own signal
            return
        self._is_done = True
        self._worker.wait()
        self._report()
        self._timer.stop()
        self.failure = self._worker.report
        if self.failure is not None:
            self.failed.emit(self.failure)
        self.done.emit()
