"""What the Train page says of a training that is held, and why."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Phase, PhaseChanged
from ganart.project.runs import RunRecord
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.train import TrainPage
from ganart.ui.pages.train_status import TrainStatus
from ganart.workers.session import Session

NOON, EVENING = datetime(2026, 5, 4, 12, 30), datetime(2026, 5, 4, 20, 30)


def preparing(poll: Poll) -> Iterator[object]:
    """Act a training that is long in preparing."""
    pace = threading.Event()
    while poll() is not Ask.STOP:
        yield PhaseChanged(Phase.PREPARING, 3, 24)
        pace.wait(0.005)


@pytest.fixture
def page(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> TrainPage:
    monkeypatch.setattr("ganart.workers.trainings.training_job", lambda *_: preparing)
    window.status.watch.manners._clock = lambda: NOON
    session.create_project(tmp_path / "Tiles")
    window.pages.show_page("train")
    page = window.pages.currentWidget()
    assert isinstance(page, TrainPage)
    return page


def rest_at_noon(session: Session) -> None:
    session.change_setting("rest_by_hours", True)


def said(page: TrainPage) -> str:
    return page.monitor.status.state.text()


def end(session: Session, qtbot: QtBot) -> None:
    session.training.stop()
    qtbot.waitUntil(lambda: session.training is None)


def test_a_training_begun_in_hours_of_rest_says_why_it_waits(
    page: TrainPage, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    rest_at_noon(session)
    run = session.start_training(TrainConfig(), "sketch-32")
    assert run.is_paused()
    with qtbot.waitSignal(run.reported):  # what it does until it waits does not cover the reason
        pass
    assert said(page).startswith("Resting during your hours. It goes on by itself")
    window.status.watch.manners._clock = lambda: EVENING
    window.status.watch.manners.look()
    assert not run.is_paused()
    assert said(page) == "Starting …"
    qtbot.waitUntil(lambda: "3 / 24" in said(page))
    end(session, qtbot)


def test_a_rest_that_begins_later_is_told_and_resume_has_the_last_word(
    page: TrainPage, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    session.start_training(TrainConfig(), "sketch-32")
    qtbot.waitUntil(lambda: "3 / 24" in said(page))
    rest_at_noon(session)
    window.status.watch.manners.look()
    assert "Resting" in said(page)
    page.monitor.controls.pause_button.click()
    qtbot.waitUntil(lambda: "3 / 24" in said(page))
    page.monitor.controls.pause_button.click()
    assert said(page) == "Paused. The time stands still."  # for this pause is the person's own
    end(session, qtbot)


def test_a_run_that_broke_off_says_how_far_its_checkpoint_came(qtbot: QtBot) -> None:
    status = TrainStatus()
    qtbot.addWidget(status)
    record = RunRecord("a", "sketch 1", "sketch-32", "", {}, "running", 413, 13216, 77.0)
    status.show_rest(record)
    assert status.facts.text() == "last checkpoint: after 1 min 17 s, pictures shown: 13216"
    status.show_rest(replace(record, status="stopped"))
    assert "checkpoint" not in status.facts.text()
    status.show_rest(replace(record, status="failed", steps=0, pictures=0))
    assert status.facts.text() == "no checkpoint was saved"
