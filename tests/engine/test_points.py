import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ganart.engine.latent.points import from_seed, lerp, resolve, slerp
from ganart.media.recipe import SEED_MAX, Point

seeds = st.integers(0, SEED_MAX)
amounts = st.floats(0.0, 1.0)
vectors = arrays(np.float32, 8, elements=st.floats(-8, 8, width=32))


@given(seeds, st.integers(2, 200))
def test_a_seed_is_a_latent_for_ever(seed, size):
    latent = from_seed(seed, size)
    assert latent.shape == (size,)
    assert latent.dtype == np.float32
    assert np.isfinite(latent).all()
    assert np.array_equal(latent, from_seed(seed, size))


def test_the_numbers_of_a_seed_are_known():
    """If this fails, every picture with a recipe inside has lost its way back."""
    expected = np.array([1.6243454, -0.6117564, -0.5281718, -1.0729686], np.float32)
    assert np.array_equal(from_seed(1, 4), expected)
    assert not np.array_equal(from_seed(SEED_MAX, 4), from_seed(0, 4))


def test_latents_are_normal():
    latents = np.concatenate([from_seed(seed, 64) for seed in range(200)])
    assert latents.mean() == pytest.approx(0, abs=0.03)
    assert latents.std() == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("mix", [lerp, slerp])
@given(vectors, vectors)
def test_mixes_begin_and_end_at_their_ends(mix, a, b):
    np.testing.assert_allclose(mix(a, b, 0.0), a, atol=1e-4)
    np.testing.assert_allclose(mix(a, b, 1.0), b, atol=1e-4)


@pytest.mark.parametrize("mix", [lerp, slerp])
@given(vectors, vectors, amounts)
def test_mixes_are_finite_and_the_same_from_both_sides(mix, a, b, amount):
    mixed = mix(a, b, amount)
    assert mixed.dtype == np.float32
    assert np.isfinite(mixed).all()
    np.testing.assert_allclose(mix(b, a, 1 - amount), mixed, atol=1e-3)


@given(vectors, amounts)
def test_between_equal_points_nothing_moves(a, amount):
    np.testing.assert_allclose(slerp(a, a, amount), a, atol=1e-4)


@given(vectors, vectors, amounts)
def test_slerp_keeps_the_length_between_those_of_its_ends(a, b, amount):
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    assume(min(lengths) > 0.1)
    cosine = np.dot(a, b) / (lengths[0] * lengths[1])
    assume(abs(cosine) < 0.999)
    expected = lengths[0] + (lengths[1] - lengths[0]) * amount
    assert np.linalg.norm(slerp(a, b, amount)) == pytest.approx(expected, rel=1e-3)


def test_slerp_goes_round_where_lerp_cuts_through():
    a, b = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    np.testing.assert_allclose(slerp(a, b, 0.5), [0.5**0.5, 0.5**0.5], rtol=1e-6)
    np.testing.assert_allclose(lerp(a, b, 0.5), [0.5, 0.5])


@given(seeds, seeds, amounts, st.sampled_from(["lerp", "slerp"]), st.floats(0.0, 2.0))
def test_points_resolve_to_their_mix_whatever_the_diversity(one, other, amount, method, diversity):
    point = Point(one, other, amount, method, diversity)
    mix = {"lerp": lerp, "slerp": slerp}[method]
    expected = mix(from_seed(one, 16), from_seed(other, 16), amount)
    assert np.array_equal(resolve([point], 16)[0], expected)


@given(st.lists(seeds, min_size=1, max_size=8))
def test_points_do_not_depend_on_their_neighbours(chosen):
    points = [Point(seed) for seed in chosen]
    together = resolve(points, 16)
    for point, row in zip(points, together, strict=True):
        assert np.array_equal(row, resolve([point], 16)[0])
