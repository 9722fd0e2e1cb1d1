import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets.framing import frame


def noise(height, width):
    values = np.random.default_rng(0).integers(0, 256, (height, width, 3))
    return values.astype(np.uint8)


def test_square_of_the_right_size_passes_unchanged():
    values = noise(32, 32)
    assert (np.asarray(frame(Image.fromarray(values), 32)) == values).all()


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_enlarged_pixel_art_comes_back_exactly(scale):
    values = noise(16, 16)
    enlarged = values.repeat(scale, axis=0).repeat(scale, axis=1)
    assert (np.asarray(frame(Image.fromarray(enlarged), 16)) == values).all()


def test_pixel_art_is_enlarged_by_repeating():
    values = noise(16, 16)
    result = np.asarray(frame(Image.fromarray(values), 64))
    assert (result == values.repeat(4, axis=0).repeat(4, axis=1)).all()


def test_the_middle_is_kept():
    values = noise(8, 20)
    assert (np.asarray(frame(Image.fromarray(values), 8)) == values[:, 6:14]).all()
    upright = values.swapaxes(0, 1).copy()
    assert (np.asarray(frame(Image.fromarray(upright), 8)) == upright[6:14]).all()


@given(st.integers(1, 300), st.integers(1, 300), st.sampled_from([8, 32, 128]))
@settings(max_examples=60, deadline=None)
def test_any_shape_becomes_a_square_and_plain_colour_stays(width, height, side):
    result = frame(Image.new("RGB", (width, height), (10, 120, 250)), side)
    assert result.size == (side, side)
    assert (np.asarray(result) == (10, 120, 250)).all()
