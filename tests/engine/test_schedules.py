import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.gan.schedules import WARM_UP_STEPS, cosine, ema_decay, fade_out, warm_up

values = st.floats(0, 1e4)
shares = st.floats(-0.5, 3.0)


@given(values, values)
def test_the_cosine_begins_and_ends_exactly(start, end):
    assert cosine(start, end, 0.0) == pytest.approx(start, rel=1e-12, abs=1e-9)
    assert cosine(start, end, 1.0) == end
    assert cosine(start, end, 0.5) == pytest.approx((start + end) / 2, rel=1e-9, abs=1e-9)


@given(values, values, st.floats(1.0, 100.0))
def test_a_prolonged_run_keeps_the_end_values(start, end, progress):
    assert cosine(start, end, progress) == end
    assert fade_out(start, progress) == 0.0


@given(values, values, shares, shares)
def test_the_cosine_never_turns_back(start, end, one, other):
    early, late = sorted((one, other))
    difference = cosine(start, end, late) - cosine(start, end, early)
    assert difference * (end - start) >= -1e-6


def test_fading_begins_in_the_last_tenth():
    assert fade_out(0.6, 0.0) == 0.6
    assert fade_out(0.6, 0.9) == pytest.approx(0.6)
    assert fade_out(0.6, 0.95) == pytest.approx(0.3)
    assert fade_out(0.6, 1.0) == 0.0


@given(st.integers(1, 10**7), st.integers(1, 1024))
def test_after_the_half_life_an_old_state_counts_half(half_life, batch):
    decay = ema_decay(half_life, 20 * half_life, batch)
    assert decay ** (half_life / batch) == pytest.approx(0.5, rel=1e-6)


@given(st.integers(1, 10**7), st.integers(1, 10**9), st.integers(1, 1024))
def test_the_average_warms_up(half_life, pictures, batch):
    """Early on it is a twentieth of the pictures shown, never more than was asked for."""
    decay = ema_decay(half_life, pictures, batch)
    assert decay == pytest.approx(math.pow(0.5, batch / min(half_life, pictures / 20)))
    assert 0 <= decay < 1


def test_without_half_life_there_is_no_average():
    assert ema_decay(0, 10_000, 32) == 0.0


def test_only_models_that_have_seen_something_are_warmed_up():
    assert {warm_up(step, 0) for step in range(100)} == {1.0}
    rates = [warm_up(step, 1) for step in range(100)]
    assert rates[0] == 1 / WARM_UP_STEPS
    assert rates == sorted(rates)
    assert set(rates[WARM_UP_STEPS - 1 :]) == {1.0}
