import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.datasets.sizes import MAX_BEGIN, SHAPES, Doubling, doubling, fitting_size


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((64, 64), Doubling(1, 1, 6)),
        ((192, 128), Doubling(3, 2, 6)),
        ((80, 64), Doubling(5, 4, 4)),
        ((8, 4), Doubling(2, 1, 2)),
        ((100, 100), None),
        ((640, 360), None),
        ((9, 3), None),
        ((0, 0), None),
    ],
)
def test_sizes_that_doubling_reaches(size, expected):
    assert doubling(*size) == expected


@given(st.integers(1, MAX_BEGIN), st.integers(1, MAX_BEGIN), st.integers(0, 9))
def test_every_small_size_doubled_is_one(width, height, times):
    found = doubling(width << times, height << times)
    assert found is not None
    assert (found.width << found.times, found.height << found.times) == (
        width << times,
        height << times,
    )


@pytest.mark.parametrize(
    ("aspects", "size"),
    [
        ([], (64, 64)),
        ([1.0, 1.1, 0.9], (64, 64)),
        ([1.5] * 9 + [0.7], (96, 64)),
        ([0.66, 0.7, 0.64], (64, 96)),
        ([1.333] * 5, (64, 48)),
        ([16 / 9] * 5, (112, 64)),
        ([2.0, 2.1], (64, 32)),
        ([9.0], (96, 32)),
    ],
)
def test_shape_that_cuts_least(aspects, size):
    assert fitting_size(aspects, 64) == size


@given(st.lists(st.floats(0.01, 100), max_size=20), st.sampled_from([8, 32, 64, 256, 1024]))
def test_any_pictures_get_a_size_near_the_wanted_number_of_pixels(aspects, side):
    width, height = fitting_size(aspects, side)
    found = doubling(width, height)
    assert found is not None
    assert (found.width, found.height) in SHAPES
    assert 0.49 < width * height / side**2 < 2.01
