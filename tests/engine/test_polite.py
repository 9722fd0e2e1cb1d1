"""When a job rests, and that a stop ends the rest."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine import polite
from ganart.engine.asks import Ask, Change
from ganart.engine.polite import Manners, Rest, Resting, awake

HOURS = st.integers(0, 23)


def at(hour: int) -> datetime:
    return datetime(2026, 5, 4, hour, 59)


@pytest.mark.parametrize(
    ("hours", "resting"),
    [((9, 18), range(9, 18)), ((22, 7), [22, 23, *range(7)]), ((5, 5), []), (None, [])],
)
def test_hours_may_lie_across_midnight(
    hours: tuple[int, int] | None, resting: list[int] | range
) -> None:
    manners = Manners(hours=hours)
    assert [hour for hour in range(24) if manners.rest(at(hour), battery=True)] == sorted(resting)


@given(HOURS, HOURS, HOURS)
def test_swapped_hours_rest_at_the_other_times(begin: int, end: int, hour: int) -> None:
    one = Manners(hours=(begin, end)).rest(at(hour), battery=False)
    other = Manners(hours=(end, begin)).rest(at(hour), battery=False)
    assert (one is None) != (other is None) or begin == end


def test_the_battery_counts_only_where_asked() -> None:
    assert Manners(on_battery=True).rest(at(1), battery=True) is Rest.BATTERY
    assert Manners(on_battery=True).rest(at(1), battery=False) is None
    assert Manners().rest(at(1), battery=True) is None


def test_a_stop_ends_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite, "on_battery", lambda: True)
    answers = iter([None, None, Ask.STOP])
    poll = Resting(lambda: next(answers), Manners(on_battery=True), every_s=0.0)
    assert poll() is Ask.STOP
    assert poll.reason is Rest.BATTERY


def test_without_a_reason_asks_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite, "on_battery", lambda: True)
    change = Change((("gamma", 2.0),), "calmer")
    asks: list[Ask | Change | None] = [None, Ask.SAVE, change]
    poll = Resting(lambda: asks.pop(0), Manners(), every_s=0.0)
    assert [poll(), poll(), poll()] == [None, Ask.SAVE, change]


def test_staying_awake_works_or_is_passed_over() -> None:
    with awake():
        pass
