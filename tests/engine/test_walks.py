import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.errors import BadOption
from ganart.engine.latent.points import resolve
from ganart.engine.latent.walks import loop, walk
from ganart.media.composition import Composition, Keyframe
from ganart.media.point import SEED_MAX, Point

SIZE = 16
stations = st.lists(st.integers(0, SEED_MAX), min_size=2, max_size=12)


@st.composite
def walks(draw):
    seeds = draw(stations)
    frames = draw(st.integers(len(seeds), 200))
    return seeds, frames, draw(st.sampled_from(["lerp", "slerp"]))


@given(walks(), st.floats(0.0, 2.0))
def test_every_frame_is_a_point_between_two_neighbours(way, diversity):
    seeds, frames, method = way
    points = loop(seeds, frames, method, diversity)
    assert len(points) == frames
    pairs = set(zip(seeds, seeds[1:] + seeds[:1], strict=True))
    for point in points:
        assert any(set(point.seeds) <= set(pair) for pair in pairs)
        assert (point.method, point.diversity) == (method, diversity)


@given(stations, st.integers(1, 20), st.sampled_from(["lerp", "slerp"]))
def test_every_seed_is_shown_exactly(seeds, frames_each, method):
    points = loop(seeds, frames_each * len(seeds), method)
    exact = [point.seed for point in points if len(point.parts) == 1]
    assert exact == seeds


@given(walks())
def test_every_seed_is_visited_in_order_whatever_the_number_of_frames(way):
    seeds, frames, method = way
    points = loop(seeds, frames, method)
    begun = [point.seeds[0] for point in points]
    order = [seed for number, seed in enumerate(begun) if not number or seed != begun[number - 1]]
    if len(set(seeds)) == len(seeds):
        assert order == seeds


@given(walks())
def test_the_frame_after_the_last_is_the_first(way):
    """Walking on from the last frame by one more step of the same size leads to the first one."""
    seeds, frames, method = way
    twice = loop(seeds + seeds, 2 * frames, method)
    assert loop(seeds, frames, method) == twice[:frames] == twice[frames:]


def test_there_is_no_jump_at_the_seam():
    latents = resolve(loop([3, 1, 4], 90), SIZE)
    steps = np.linalg.norm(latents - np.roll(latents, 1, axis=0), axis=1)
    assert steps[0] <= steps[1:].max() * 1.01


def test_easing_lingers_at_the_seeds():
    def first_step(ease):
        keyframes = tuple(
            Keyframe(Point.at(seed), at, ease=ease) for seed, at in ((3, 0.0), (1, 0.5))
        )
        latents = resolve(walk(Composition(keyframes, 1.0), 40), SIZE)
        return np.linalg.norm(latents[1] - latents[0])

    assert first_step("smooth") < first_step("even") / 3


@pytest.mark.parametrize(("seeds", "frames"), [([], 10), ([1], 10), ([1, 2, 3], 2), ([1, 2], 0)])
def test_walks_that_cannot_be_are_refused(seeds, frames):
    with pytest.raises(BadOption):
        loop(seeds, frames)
