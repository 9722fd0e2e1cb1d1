import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.datasets.sizes import SHAPES, fitting_size


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
    doubled = {(w << times, h << times) for w, h in SHAPES for times in range(11)}
    assert (width, height) in doubled
    assert 0.49 < width * height / side**2 < 2.01
