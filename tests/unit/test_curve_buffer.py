"""The numbers behind the live curves: growth, rewinding after a resume, smoothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.ui.widgets.curve_buffer import CurveBuffer, trailing_mean


def filled(count: int) -> CurveBuffer:
    buffer = CurveBuffer("x", ["y"])
    for number in range(1, count + 1):
        buffer.append({"x": number, "y": 2 * number})
    return buffer


def test_rows_stay_in_order_while_the_buffer_grows():
    buffer = filled(1000)
    assert len(buffer) == 1000
    np.testing.assert_array_equal(buffer.column("x"), np.arange(1, 1001))
    np.testing.assert_array_equal(buffer.column("y"), 2 * np.arange(1, 1001))
    assert buffer.column("x").dtype == np.float64


def test_a_resumed_run_replaces_what_lay_after_its_checkpoint():
    buffer = filled(10)
    buffer.append({"x": 6.5, "y": -1})
    np.testing.assert_array_equal(buffer.column("x"), [1, 2, 3, 4, 5, 6, 6.5])
    assert buffer.column("y")[-1] == -1


def test_stored_columns_replace_everything_and_missing_ones_are_gaps():
    buffer = CurveBuffer("x", ["y", "z"])
    buffer.append({"x": 9, "y": 9, "z": 9})
    buffer.load({"x": np.arange(600.0), "y": np.ones(600)})
    assert len(buffer) == 600
    assert np.isnan(buffer.column("z")).all()
    buffer.load({})
    assert len(buffer) == 0


@pytest.mark.parametrize("count", [8000, 8001, 50_003])
def test_very_many_rows_are_merged_evenly_from_end_to_end(count):
    x = np.arange(1.0, count + 1)
    y = np.sin(x / 3000) + np.where(x % 2, 0.5, -0.5)
    buffer = CurveBuffer("x", ["y"])
    for number, value in zip(x, y, strict=True):
        buffer.append({"x": number, "y": value})
        assert len(buffer) < 8100
    assert len(buffer) >= 4000
    kept_x, kept_y = buffer.column("x"), buffer.column("y")
    assert np.all(np.diff(kept_x) > 0)
    assert kept_x.mean() == pytest.approx(x.mean(), rel=0.01)
    np.testing.assert_allclose(kept_y[:4000], np.sin(kept_x[:4000] / 3000), atol=0.01)
    at_once = CurveBuffer("x", ["y"])
    at_once.load({"x": x, "y": y})
    np.testing.assert_allclose(at_once.column("x"), kept_x)
    np.testing.assert_allclose(at_once.column("y"), kept_y)


def test_merged_rows_leave_gaps_out_and_can_be_resumed_from():
    y = np.ones(200_000)
    y[:50_000] = np.nan
    y[100_000::2] = np.nan
    buffer = CurveBuffer("x", ["y"])
    buffer.load({"x": np.arange(200_000.0), "y": y})
    assert len(buffer) <= 8000
    early = buffer.column("x") < 49_900
    assert np.isnan(buffer.column("y")[early]).all()
    assert (buffer.column("y")[buffer.column("x") > 50_100] == 1).all()
    for x in range(120_000, 120_100):
        buffer.append({"x": x, "y": 2})
    assert np.all(np.diff(buffer.column("x")) > 0)
    assert buffer.column("y")[-1] == 2
    assert buffer.column("x")[-1] == pytest.approx(120_099, abs=32)


@given(
    st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))), max_size=60),
    st.integers(1, 10),
)
def test_the_trailing_mean_is_the_mean_of_the_last_finite_values(values, window):
    smoothed = trailing_mean(np.array(values), window)
    for place, value in enumerate(smoothed):
        last = np.array(values[max(0, place + 1 - window) : place + 1])
        finite = last[np.isfinite(last)]
        if len(finite):
            assert value == pytest.approx(finite.mean(), abs=1e-6)
        else:
            assert np.isnan(value)
