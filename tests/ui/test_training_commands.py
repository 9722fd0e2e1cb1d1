"""The Train menu: each entry is enabled only while the training can do it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.events import Phase, PhaseChanged
from ganart.ui.actions import Actions
from ganart.ui.training_commands import TrainingCommands
from ganart.workers.session import Session


@pytest.fixture
def actions(qtbot: QtBot, open_session: Session) -> Actions:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    TrainingCommands(open_session, actions, window)
    return actions


def enabled(actions: Actions) -> list[bool]:
    """Return whether pause, stop, sample and save are enabled."""
    of_a_training = (actions.pause, actions.stop, actions.sample_now, actions.save_now)
    return [action.isEnabled() for action in of_a_training]


def test_entries_follow_the_training(qtbot: QtBot, open_session: Session, actions: Actions) -> None:
    prepared = threading.Event()

    def job(poll: Poll) -> Iterator[object]:
        yield PhaseChanged(Phase.PREPARING)
        prepared.wait(10)
        yield PhaseChanged(Phase.TRAINING)
        while poll() is not Ask.STOP:
            threading.Event().wait(0.005)

    assert enabled(actions) == [False] * 4
    run = open_session._begin_training(job)
    assert enabled(actions) == [True, True, False, False]
    prepared.set()
    qtbot.waitUntil(lambda: enabled(actions) == [True] * 4)
    actions.pause.trigger()
    assert actions.pause.isChecked()
    assert enabled(actions) == [True, True, False, False]
    with qtbot.waitSignal(open_session.training_changed):
        actions.stop.trigger()
        assert run.is_stopping()
        assert not actions.pause.isChecked()
        assert enabled(actions) == [False] * 4
    assert enabled(actions) == [False] * 4
