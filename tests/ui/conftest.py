"""Sessions and windows for the tests of the user interface."""

import gc
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.events import Phase, PhaseChanged, Stats
from ganart.ui.main_window import MainWindow
from ganart.workers.session import Session

_FULL_EVERY = 25
_tests = count(1)


@pytest.fixture(autouse=True)
def _cycles_are_freed_here() -> Iterator[None]:
    """Free cycles between the tests, as `Collector` does: in no other thread."""
    gc.disable()
    yield
    gc.collect(1 if next(_tests) % _FULL_EVERY else 2)


@pytest.fixture(autouse=True)
def _quick_clicks_are_single_ones(qapp: QApplication) -> Iterator[None]:
    """Let tests answer the question of a `ConfirmButton` at once; `double_clicks` is as in life."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(before)


@pytest.fixture
def double_clicks(qapp: QApplication) -> int:
    """Let clicks be double ones, and return within how many milliseconds."""
    qapp.setDoubleClickInterval(250)
    return 250


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """Return a session without a project; its jobs are ended after the test."""
    session = Session()
    yield session
    assert session.shutdown(20)


@pytest.fixture
def open_session(session: Session, tmp_path: Path) -> Session:
    """Return a session with a new, empty project."""
    assert session.create_project(tmp_path / "Tiles")
    return session


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    """Return the main window, shown, on the session without a project."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    assert session.shutdown(20)


@pytest.fixture
def toy_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a job that trains nothing, until it is stopped, in place of real trainings."""

    def job(poll: Poll) -> Iterator[object]:
        yield PhaseChanged(Phase.TRAINING)
        step = 0
        pace = threading.Event()
        while poll() is not Ask.STOP:
            step += 1
            pace.wait(0.005)
            yield stats(step)

    monkeypatch.setattr("ganart.workers.trainings.training_job", lambda *_: job)


@pytest.fixture
def no_quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the pictures of looks that the Stylize page draws by itself; they need torch."""

    def nothing(*_: object) -> object:
        return lambda _poll: iter(())

    monkeypatch.setattr("ganart.workers.stylizing.LookPreviewer.show", lambda *_: 0)
    monkeypatch.setattr("ganart.ui.pages.stylize_preview.thumbnails_job", nothing)
    monkeypatch.setattr("ganart.ui.pages.look_examples.example_looks", nothing)


def stats(step: int) -> Stats:
    """Return a record of a training that is 42 % through."""
    return Stats(
        step=step,
        pictures=32 * step,
        elapsed_s=12.0,
        loss_g=1.0,
        loss_d=1.0,
        score_real=0.5,
        score_fake=-0.5,
        pictures_per_s=100.0,
        progress=0.424,
        time_left_s=120.0,
        skipped_steps=0,
    )
