import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets.framing import (
    WHOLE,
    BadFraming,
    Box,
    Fill,
    Framing,
    frame,
    needed_side,
    unstretched,
    window,
)


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


shares = st.floats(0, 1)
boxes = (
    st.tuples(st.tuples(shares, shares), st.tuples(shares, shares))
    .filter(lambda both: all(abs(round(a, 6) - round(b, 6)) > 0 for a, b in both))
    .map(lambda both: (sorted(both[0]), sorted(both[1])))
    .map(lambda both: Box(both[0][0], both[1][0], both[0][1], both[1][1]))
)
framings = st.builds(
    Framing,
    crop=st.none() | boxes,
    focus=st.none() | st.tuples(shares, shares),
    fill=st.sampled_from(Fill),
    background=st.tuples(*[st.integers(0, 255)] * 3),
)
sizes = st.sampled_from([8, (8, 8), (16, 8), (8, 32), (24, 16)])


def former(image, side):
    """Frame as the studio did when a picture had no framing of its own."""
    crop = min(image.size)
    left, top = (image.width - crop) // 2, (image.height - crop) // 2
    whole = crop % side == 0 or side % crop == 0
    return image.resize(
        (side, side),
        Image.Resampling.BOX if whole else Image.Resampling.LANCZOS,
        box=(left, top, left + crop, top + crop),
        reducing_gap=None if whole else 3.0,
    )


@given(st.integers(1, 200), st.integers(1, 200), st.sampled_from([8, 32, 128]))
@settings(max_examples=60, deadline=None)
def test_usual_framing_gives_the_pixels_of_before(width, height, side):
    image = Image.fromarray(noise(height, width))
    assert frame(image, side).tobytes() == former(image, side).tobytes()


@given(framings)
@settings(max_examples=200)
def test_framing_outlasts_being_written(framing):
    text = framing.to_json()
    assert text.isascii()
    assert "\n" not in text
    assert Framing.from_json(text) == framing
    assert Framing.from_json(text).to_json() == text


def test_usual_framing_is_written_as_nothing():
    assert Framing().to_json() == "{}"
    assert Framing.from_json('{"newer": 1}') == Framing()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "7", '{"crop": [0, 0, 1]}', '{"crop": [0, 0, 0, 1]}',
        '{"crop": [0, 0, 1, NaN]}', '{"crop": [0, 0, 1, 1.5]}', '{"crop": "all"}',
        '{"focus": [0.5]}', '{"focus": [-1, 0]}', '{"fill": "wrap"}', '{"background": [1, 2]}',
        '{"background": [1, 2, 256]}', '{"background": [1, 2, "3"]}', '{"background": 7}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_damaged_framings_are_told(text):
    with pytest.raises(BadFraming):
        Framing.from_json(text)


@given(framings, st.integers(1, 120), st.integers(1, 120), sizes)
@settings(max_examples=150, deadline=None)
def test_any_framing_of_any_picture_has_the_size(framing, width, height, size):
    image = Image.fromarray(noise(height, width))
    result = frame(image, size, framing)
    assert result.size == ((8, 8) if size == 8 else size)
    assert result.mode == "RGB"
    assert frame(image, size, framing).tobytes() == result.tobytes()


@given(framings, st.integers(1, 500), st.integers(1, 500), sizes)
@settings(max_examples=200)
def test_cropped_window_lies_in_the_picture_and_is_the_largest(framing, width, height, size):
    left, top, right, bottom = window(width, height, size, framing)
    x0, y0, x1, y1 = (framing.crop or WHOLE).pixels(width, height)
    assert 0 <= x0 <= left < right <= x1 <= width
    assert 0 <= y0 <= top < bottom <= y1 <= height
    assert right - left == x1 - x0 or bottom - top == y1 - y0


def test_other_aspects_than_squares():
    values = noise(20, 30)
    image = Image.fromarray(values)
    assert (np.asarray(frame(image, (16, 16))) == np.asarray(former(image, 16))).all()
    assert (np.asarray(frame(image, (10, 20))) == values[:, 10:20]).all()
    assert (np.asarray(frame(image, (30, 10))) == values[5:15]).all()


def test_focus_moves_the_window_as_far_as_the_picture_goes():
    for focus, left in (((0, 0.5), 0), ((0.5, 0.5), 5), ((0.55, 0), 6), ((1, 1), 10)):
        assert window(20, 10, 10, Framing(focus=focus)) == (left, 0, left + 10, 10)


def test_crop_in_shares_is_exact_in_pixels():
    values = noise(40, 40)
    framing = Framing(crop=Box(0.25, 0.5, 0.75, 1))
    result = frame(Image.fromarray(values), (20, 20), framing)
    assert (np.asarray(result) == values[20:40, 10:30]).all()


def test_padding_keeps_all_of_the_picture():
    values = noise(8, 16)
    image = Image.fromarray(values)
    colour = np.asarray(frame(image, 16, Framing(fill=Fill.COLOUR, background=(1, 2, 3))))
    assert (colour[4:12] == values).all()
    assert (colour[:4] == (1, 2, 3)).all()
    assert (colour[12:] == (1, 2, 3)).all()
    edge = np.asarray(frame(image, 16, Framing(fill=Fill.EDGE)))
    assert (edge[4:12] == values).all()
    assert (edge[:4] == values[:1]).all()
    assert (edge[12:] == values[-1:]).all()
    blur = np.asarray(frame(image, 16, Framing(fill=Fill.BLUR))).astype(int)
    assert (blur[4:12] == values).all()
    assert blur[:4].std() < values.std() / 2


def test_stretching_and_back():
    ramp = np.broadcast_to(np.arange(0, 240, 4, dtype=np.uint8)[None, :, None], (20, 60, 3))
    image = Image.fromarray(np.ascontiguousarray(ramp))
    squeezed = frame(image, 20, Framing(fill=Fill.STRETCH))
    back = unstretched(squeezed, 3)
    assert back.size == (60, 20)
    assert abs(np.asarray(back).astype(int) - ramp).max() <= 8
    assert unstretched(squeezed, 0.5).size == (20, 40)


@given(framings, sizes)
def test_needed_side_is_enough_for_the_crop(framing, size):
    side = needed_side(size, framing)
    box = framing.crop or WHOLE
    width, height = (8, 8) if size == 8 else size
    assert side * (box.right - box.left) >= width - 1
    assert side * (box.bottom - box.top) >= height - 1


def test_plain_crop_needs_the_longer_side():
    assert needed_side(64) == 64
    assert needed_side((64, 32)) == 64
    assert needed_side(64, Framing(crop=Box(0, 0, 0.5, 1))) == 128
