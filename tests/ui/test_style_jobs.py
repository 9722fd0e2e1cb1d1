"""The long jobs of the Stylize page: one of each kind, told from begin to end."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.workers.session import Session


def until_stopped(poll: Poll) -> Iterator[object]:
    beat = threading.Event()
    while poll() is not Ask.STOP:
        beat.wait(0.005)
        yield 1


def test_a_job_is_told_when_it_begins_and_when_it_has_ended(session: Session, qtbot: QtBot):
    told = []
    session.styling.changed.connect(lambda kind, run: told.append((kind, run)))
    run = session.styling.begin("batch", until_stopped)
    assert session.styling.run("batch") is run
    assert session.styling.run("brush") is None
    run.stop()
    qtbot.waitUntil(lambda: session.styling.run("batch") is None)
    assert told == [("batch", run), ("batch", None)]


def test_kinds_run_side_by_side_but_never_two_of_one(session: Session, qtbot: QtBot):
    session.styling.begin("batch", until_stopped)
    session.styling.begin("film", until_stopped)
    with pytest.raises(RuntimeError):
        session.styling.begin("film", until_stopped)
    session.stop_jobs()
    qtbot.waitUntil(lambda: not session.is_busy())
    assert session.styling.run("film") is None
