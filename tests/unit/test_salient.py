import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ganart.datasets.framing import Framing, window
from ganart.datasets.oklab import to_oklab, to_srgb_levels
from ganart.datasets.salient import propose, standing_out


def scene(width, height, dots, seed=0):
    """Return a quiet picture with red and white discs at some places."""
    grain = np.random.default_rng(seed).integers(-3, 4, (height, width, 3))
    image = Image.fromarray((np.array([90, 120, 90]) + grain).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for x, y in dots:
        draw.ellipse((x - 20, y - 20, x + 20, y + 20), "white")
        draw.ellipse((x - 12, y - 12, x + 12, y + 12), "red")
    return image


@pytest.mark.parametrize("x", [30, 60, 240, 270])
def test_crop_goes_where_something_is(x):
    image = scene(300, 100, [(x, 50)])
    proposal = propose(image, 64)
    left, top, right, bottom = window(*image.size, 64, proposal.framing)
    assert left <= x - 20
    assert x + 20 <= right
    assert (top, bottom) == (0, 100)
    assert proposal.proposed > proposal.middle + 0.5


def test_upright_pictures_and_other_aspects():
    image = scene(100, 300, [(50, 60)])
    for size in (64, (96, 64), (64, 96)):
        _, top, _, bottom = window(*image.size, size, propose(image, size).framing)
        assert top <= 40
        assert bottom >= 80


@pytest.mark.parametrize("kind", ["plain", "grain", "noise", "ramp"])
@pytest.mark.parametrize("size", [64, (64, 128), (128, 64)])
def test_pictures_with_nothing_to_see_keep_their_middle(kind, size):
    random = np.random.default_rng(1)
    values = {
        "plain": np.full((90, 160, 3), 77),
        "grain": 128 + random.integers(-2, 3, (90, 160, 3)),
        "noise": random.integers(0, 256, (90, 160, 3)),
        "ramp": np.broadcast_to(np.linspace(0, 255, 160)[None, :, None], (90, 160, 3)),
    }[kind]
    image = Image.fromarray(np.asarray(values).astype(np.uint8))
    assert propose(image, size).framing == Framing()


def test_what_is_in_the_middle_stays_there():
    assert propose(scene(300, 100, [(150, 50)]), 64).framing == Framing()
    assert propose(scene(300, 100, [(110, 50), (190, 50)]), 64).framing == Framing()


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 99), st.sampled_from([8, (8, 24)]))
@settings(max_examples=60, deadline=None)
def test_a_proposal_holds_no_less_than_the_middle(width, height, seed, size):
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 3))
    proposal = propose(Image.fromarray(values.astype(np.uint8)), size)
    assert 0 <= proposal.middle <= proposal.proposed <= 1 + 1e-9
    assert proposal == propose(Image.fromarray(values.astype(np.uint8)), size)


def test_texture_in_the_usual_colour_counts_less_than_one_odd_thing():
    image = scene(300, 100, [(60, 50)])
    energy = standing_out(np.asarray(image))
    assert energy[:, 35:85].sum() > 0.8 * energy.sum()


def test_oklab_of_known_colours_and_back():
    known = to_oklab(np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], np.uint8))
    assert known == pytest.approx(np.array([[1, 0, 0], [0, 0, 0], [0.628, 0.225, 0.126]]), abs=1e-3)
    colours = np.random.default_rng(0).integers(0, 256, (500, 3)).astype(np.uint8)
    assert abs(to_srgb_levels(to_oklab(colours)).astype(int) - colours).max() <= 1
