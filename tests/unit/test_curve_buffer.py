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
