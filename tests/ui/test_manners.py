"""A training rests on battery or at certain hours, goes on after, and obeys whoever resumes it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.polite import Rest
from ganart.settings.store import Settings
from ganart.workers.manners import RestKeeper, awake_job
from ganart.workers.run import Run


def counting(poll: Poll) -> Iterator[object]:
    number = 0
    while poll() is not Ask.STOP:
        yield number
        number += 1


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[Run]:
    run = Run(awake_job(counting), "counting")
    run.start()
    yield run
    run.stop()
    qtbot.waitUntil(lambda: not run.is_running())


class Computer:
    battery = False
    hour = 12

    def clock(self) -> datetime:
        return datetime(2026, 5, 4, self.hour, 30)


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def keeper(computer: Computer) -> Iterator[RestKeeper]:
    settings = Settings()
    settings.set("rest_on_battery", True)
    keeper = RestKeeper(settings, battery=lambda: computer.battery, clock=computer.clock)
    yield keeper
    keeper.follow(None)


def test_it_rests_on_battery_and_goes_on_after(
    run: Run, keeper: RestKeeper, computer: Computer
) -> None:
    told: list[Rest | None] = []
    keeper.resting.connect(told.append)
    keeper.follow(run)
    assert not run.is_paused()
    computer.battery = True
    keeper.look()
    assert run.is_paused()
    computer.battery = False
    keeper.look()
    assert not run.is_paused()
    assert told == [Rest.BATTERY, None]


def test_it_rests_from_the_start_where_there_is_a_reason(
    run: Run, keeper: RestKeeper, computer: Computer
) -> None:
    computer.battery = True
    keeper.follow(run)
    assert run.is_paused()


def test_whoever_resumes_it_has_the_last_word(
    run: Run, keeper: RestKeeper, computer: Computer
) -> None:
    computer.battery = True
    keeper.follow(run)
    run.resume()
    keeper.look()
    assert not run.is_paused()


def test_a_pause_by_hand_is_not_ended(run: Run, keeper: RestKeeper, computer: Computer) -> None:
    keeper.follow(run)
    run.pause()
    computer.battery = True
    keeper.look()
    computer.battery = False
    keeper.look()
    assert run.is_paused()
