"""A `Run`: order, pause, stop, failure and exit, on real threads."""

import gc
import threading
import weakref
from collections.abc import Iterator

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.errors import DiskFull, FolderNotWritable
from ganart.workers.run import ErrorReport, Run


def until_stopped(poll: Poll) -> Iterator[object]:
    """Count until asked to stop, then say goodbye."""
    count = 0
    while poll() is not Ask.STOP:
        yield count
        count += 1
    yield "kept"


class Heard:
    """Collects everything a run emits."""

    def __init__(self, run: Run) -> None:
        self.lists: list[list[object]] = []
        self.failures: list[ErrorReport] = []
        self.pauses: list[bool] = []
        self.threads: set[QThread] = set()
        run.reported.connect(self._hear)
        run.failed.connect(self.failures.append)
        run.paused.connect(self.pauses.append)

    def _hear(self, records: list[object]) -> None:
        self.lists.append(records)
        self.threads.add(QThread.currentThread())

    @property
    def records(self) -> list[object]:
        return [record for each in self.lists for record in each]


def test_records_arrive_in_order_in_few_lists_on_the_starting_thread(qtbot: QtBot) -> None:
    run = Run(lambda _poll: iter(range(20_000)), "count")
    heard = Heard(run)
    with qtbot.waitSignal(run.done):
        run.start()
        assert run.is_running()
    assert heard.records == list(range(20_000))
    assert len(heard.lists) < 200
    assert heard.threads == {QThread.currentThread()}
    assert not run.is_running()


def test_a_record_arrives_while_the_job_is_busy_with_the_next_one(qtbot: QtBot) -> None:
    go_on = threading.Event()

    def job(_poll: Poll) -> Iterator[object]:
        yield "first"
        go_on.wait(10)

    run = Run(job, "slow")
    with qtbot.waitSignal(run.reported):
        run.start()
    assert run.is_running()
    with qtbot.waitSignal(run.done):
        go_on.set()


def test_a_paused_job_stands_still_until_resumed(qtbot: QtBot) -> None:
    run = Run(until_stopped, "count")
    heard = Heard(run)
    with qtbot.waitSignal(run.reported):
        run.start()
    run.pause()
    assert run.is_paused()
    qtbot.wait(250)  # records from before the pause are handed over
    before = len(heard.records)
    qtbot.wait(250)
    assert len(heard.records) == before
    run.resume()
    qtbot.waitUntil(lambda: len(heard.records) > before)
    with qtbot.waitSignal(run.done):
        run.stop()
    assert heard.pauses == [True, False]


def test_stop_ends_a_pause_and_the_job_keeps_what_it_made(qtbot: QtBot) -> None:
    run = Run(until_stopped, "count")
    heard = Heard(run)
    with qtbot.waitSignal(run.reported):
        run.start()
    run.pause()
    with qtbot.waitSignal(run.done):
        run.stop()
        assert run.is_stopping()
    assert heard.records[-1] == "kept"
    assert heard.pauses == [True, False]
    assert heard.failures == []


def test_a_stop_is_told_once_and_cannot_be_held(qtbot: QtBot) -> None:
    run = Run(until_stopped, "count")
    heard = Heard(run)
    told: list[bool] = []
    run.stop_asked.connect(lambda: told.append(run.is_stopping()))
    with qtbot.waitSignal(run.reported):
        run.start()
    with qtbot.waitSignal(run.done):
        run.stop()
        run.pause()
        assert not run.is_paused()
        run.stop()
    assert told == [True]
    assert heard.pauses == []


def test_a_job_that_is_done_is_not_asked_to_stop(qtbot: QtBot) -> None:
    run = Run(lambda _: iter([1]), "one")
    told: list[str] = []
    run.stop_asked.connect(lambda: told.append("stop"))
    with qtbot.waitSignal(run.done):
        run.start()
    run.stop()
    assert told == []


def test_a_stop_is_seen_by_every_stage_of_a_job(qtbot: QtBot) -> None:
    def job(poll: Poll) -> Iterator[object]:
        yield from until_stopped(poll)
        yield from until_stopped(poll)

    run = Run(job, "stages")
    heard = Heard(run)
    with qtbot.waitSignal(run.reported):
        run.start()
    with qtbot.waitSignal(run.done):
        run.stop()
    assert heard.records[-2:] == ["kept", "kept"]


def test_other_asks_are_answered_one_at_a_time(qtbot: QtBot) -> None:
    def job(poll: Poll) -> Iterator[object]:
        for _ in range(3):
            yield poll()

    run = Run(job, "asks")
    heard = Heard(run)
    run.ask(Ask.SAMPLE)
    run.ask(Ask.SAVE)
    with qtbot.waitSignal(run.done):
        run.start()
    assert heard.records == [Ask.SAMPLE, Ask.SAVE, None]


def test_an_expected_trouble_arrives_as_it_is_without_its_frames(qtbot: QtBot) -> None:
    class Tensor:
        """Stands for something large that a frame of the job holds."""

    held: list[weakref.ref[Tensor]] = []

    def job(_poll: Poll) -> Iterator[object]:
        tensor = Tensor()
        held.append(weakref.ref(tensor))
        yield "before"
        try:
            raise OSError("disk")
        except OSError as error:
            raise DiskFull(folder="/art", needed="2 MB", free="1 MB") from error

    run = Run(job, "fails")
    heard = Heard(run)
    with qtbot.waitSignals([run.failed, run.done], order="strict"):
        run.start()
    (report,) = heard.failures
    assert heard.records == ["before"]
    assert isinstance(report.error, DiskFull)
    assert report.error.__traceback__ is None
    assert report.error.__cause__ is None
    assert "OSError: disk" in report.traceback
    assert run.failure is report
    gc.collect()
    assert held[0]() is None


def test_a_fault_of_the_program_is_reported_as_text(qtbot: QtBot) -> None:
    def job(_poll: Poll) -> Iterator[object]:
        raise ZeroDivisionError

    run = Run(job, "breaks")
    with qtbot.waitSignal(run.done):
        run.start()
    assert run.failure is not None
    assert run.failure.error is None
    assert run.failure.text == "ZeroDivisionError"
    assert "ZeroDivisionError" in run.failure.traceback


def test_waiting_ends_a_run_without_the_event_loop(qtbot: QtBot) -> None:
    run = Run(until_stopped, "count")
    heard = Heard(run)
    run.start()
    assert not run.wait(0.05)
    with qtbot.waitSignal(run.done):
        run.stop()
        assert run.wait(10)
    assert heard.records[-1] == "kept"
    with qtbot.assertNotEmitted(run.done, wait=50):  # the thread's own signal comes late
        pass


def test_a_report_names_the_trouble() -> None:
    error = FolderNotWritable(folder="/art", reason="read-only")
    report = ErrorReport.of(error)
    assert report.error is error
    assert report.text == str(error)
