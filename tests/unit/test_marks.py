import numpy as np
import pytest

from ganart.media.marks import Mark, inks_for, marked
from ganart.media.sizing import resized, to_8_bits


def plain(level, dtype=np.uint8, height=100, width=150):
    return np.full((height, width, 3), level, dtype)


@pytest.mark.parametrize("corner", ["bottom right", "bottom left", "top right", "top left"])
def test_a_mark_stands_in_its_corner_in_the_ink_that_shows(corner):
    mark = Mark("me 3/25", 0.1, corner, 1.0)
    for level, is_light in ((10, True), (240, False)):
        drawn = marked(plain(level), (mark,))
        changed = np.argwhere((drawn != level).any(2))
        down, across = changed.mean(0)
        assert (down > 50) == corner.startswith("bottom")
        assert (across > 75) == corner.endswith("right")
        assert changed.min() >= 3
        ink = drawn[tuple(changed.T)]
        assert (ink.mean() > level) == is_light
        assert inks_for(plain(level), (mark,)) == (is_light,)


def test_the_background_under_the_mark_counts_not_the_rest():
    picture = plain(250)
    picture[60:, 60:] = 5
    drawn = marked(picture, (Mark("me", 0.1, "bottom right", 1.0),))
    assert drawn[60:, 60:].max() > 200


def test_16_bits_stay_16_bits_and_fainter_marks_are_fainter():
    strong, faint = (
        marked(plain(20_000, np.uint16), (Mark("me", 0.2, "top left", opacity),))
        for opacity in (1.0, 0.3)
    )
    assert strong.dtype == np.uint16
    assert strong.max() > 60_000
    assert 30_000 < faint.max() < 40_000


@pytest.mark.parametrize("text", ["a very long name that no picture has room for", "é", " "])
@pytest.mark.parametrize("side", [1, 3, 20])
def test_any_mark_fits_any_picture(text, side):
    drawn = marked(plain(9, height=side, width=side), (Mark(text, 0.5, "bottom right", 0.5),))
    assert drawn.shape == (side, side, 3)


def test_nothing_to_draw_gives_the_picture_itself():
    picture = plain(3)
    assert marked(picture, ()) is picture


@pytest.mark.parametrize("resampler", ["nearest", "bilinear", "bicubic", "lanczos"])
@pytest.mark.parametrize("size", [(12, 12), (7, 5), (33, 20), (1, 1)])
def test_8_and_16_bits_are_resized_alike(resampler, size):
    # Far from black and white: Pillow clips 8 bits between its two passes.
    small = np.random.default_rng(0).integers(80, 170, (6, 6, 3), np.uint8)
    one = resized(small, *size, resampler)
    deep = resized(small.astype(np.uint16) * 257, *size, resampler)
    assert one.shape == deep.shape == (size[1], size[0], 3)
    assert np.abs(one.astype(int) - to_8_bits(deep)).max() <= 1


def test_whole_multiples_are_clear_squares():
    small = np.random.default_rng(0).integers(0, 256, (4, 4, 3), np.uint8)
    np.testing.assert_array_equal(resized(small, 12, 8), small.repeat(2, 0).repeat(3, 1))
