import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageColor

from ganart.media.plots import COLOURS, loss_chart, ticks

X = np.arange(200.0)


def columns_of(image, colour):
    """Return the columns of the picture in which a colour stands below the legend."""
    rows = np.asarray(image)[40:].astype(int)
    return np.flatnonzero((np.abs(rows - ImageColor.getrgb(colour)).max(2) < 40).any(0))


def test_each_curve_is_drawn_across_the_whole_chart():
    image = loss_chart({"G": np.sin(X / 20), "D": 2 + np.cos(X / 20)}, X, 600, 300, "steps")
    assert image.size == (600, 300)
    for colour in COLOURS[:2]:
        drawn = columns_of(image, colour)
        assert drawn.min() < 80
        assert drawn.max() > 560
    assert columns_of(image, COLOURS[2]).size == 0


def test_what_is_not_a_number_leaves_a_gap():
    curve = np.sin(X / 20)
    curve[80:120] = np.nan
    drawn = columns_of(loss_chart({"G": curve}, X, 600, 300), COLOURS[0])
    assert np.diff(drawn).max() > 80


@pytest.mark.parametrize(
    "curve",
    [[], [np.nan], [1.0], [3.0, 3.0], [np.inf, 1, -np.inf], [0, 1e300, -1e300], [1e-300, 0]],
)
def test_odd_curves_give_a_chart(curve):
    values = np.array(curve, float)
    assert loss_chart({"G": values}, np.arange(len(values)) * 1.0, 300, 200).size == (300, 200)
    assert loss_chart({}, np.array([]), 300, 200).size == (300, 200)


def test_one_extreme_does_not_flatten_the_rest():
    curve = np.sin(X / 5)
    curve[100] = 1e6
    rows = np.asarray(loss_chart({"G": curve}, X, 600, 300))[40:].astype(int)
    near = np.abs(rows - ImageColor.getrgb(COLOURS[0])).max(2) < 40
    assert np.ptp(np.flatnonzero(near[:, 80:250].any(1))) > 100


def test_curves_of_another_length_are_refused():
    with pytest.raises(ValueError):
        loss_chart({"G": X[1:]}, X)


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e6), st.integers(3, 10))
def test_ticks_are_few_and_inside(low, share, about):
    room = share * max(1.0, abs(low))
    found = ticks(low, low + room, about)
    assert 1 <= len(found) <= about + 1
    assert all(low - room * 1e-6 <= tick <= low + room * (1 + 1e-6) for tick in found)
