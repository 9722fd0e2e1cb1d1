import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.errors import BadOption
from ganart.engine.latent.points import resolve
from ganart.engine.latent.walks import loop
from ganart.media.recipe import SEED_MAX

SIZE = 16
stations = st.lists(st.integers(0, SEED_MAX), min_size=2, max_size=12)


@st.composite
def walks(draw):
    seeds = draw(stations)
    frames = draw(st.integers(len(seeds), 200))
    return seeds, frames, draw(st.sampled_from(["lerp", "slerp"])), draw(st.booleans())


@given(walks(), st.floats(0.0, 2.0))
def test_every_frame_is_a_point_between_two_neighbours(walk, diversity):
    seeds, frames, method, ease = walk
    points = loop(seeds, frames, method, diversity, ease)
    assert len(points) == frames
    pairs = set(zip(seeds, seeds[1:] + seeds[:1], strict=True))
    for point in points:
        assert (point.seed, point.other_seed) in pairs
        assert (point.method, point.diversity) == (method, diversity)


@given(stations, st.integers(1, 20), st.sampled_from(["lerp", "slerp"]))
def test_every_seed_is_shown_exactly(seeds, frames_each, method):
    points = loop(seeds, frames_each * len(seeds), method)
    exact = [point.seed for point in points if point.amount == 0.0]
    assert exact == seeds


@given(walks())
def test_every_seed_is_visited_in_order_whatever_the_number_of_frames(walk):
    seeds, frames, method, ease = walk
    points = loop(seeds, frames, method, 1.0, ease)
    order = [points[0].seed]
    legs = [(point.seed, point.other_seed) for point in points]
    order = [leg[0] for number, leg in enumerate(legs) if not number or leg != legs[number - 1]]
    if len(set(seeds)) == len(seeds):
        assert order == seeds


@given(walks())
def test_the_frame_after_the_last_is_the_first(walk):
    """Walking on from the last frame by one more step of the same size leads to the first one."""
    seeds, frames, method, ease = walk
    twice = loop(seeds + seeds, 2 * frames, method, 1.0, ease)
    assert loop(seeds, frames, method, 1.0, ease) == twice[:frames] == twice[frames:]


def test_there_is_no_jump_at_the_seam():
    latents = resolve(loop([3, 1, 4], 90), SIZE)
    steps = np.linalg.norm(latents - np.roll(latents, 1, axis=0), axis=1)
    assert steps[0] <= steps[1:].max() * 1.01


def test_easing_lingers_at_the_seeds():
    def first_step(ease):
        latents = resolve(loop([3, 1], 40, ease=ease), SIZE)
        return np.linalg.norm(latents[1] - latents[0])

    assert first_step(True) < first_step(False) / 3


@pytest.mark.parametrize(("seeds", "frames"), [([], 10), ([1], 10), ([1, 2, 3], 2), ([1, 2], 0)])
def test_walks_that_cannot_be_are_refused(seeds, frames):
    with pytest.raises(BadOption):
        loop(seeds, frames)
