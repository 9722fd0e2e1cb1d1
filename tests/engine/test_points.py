from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ganart.engine.latent.points import from_seed, lerp, mix, resolve, slerp
from ganart.media.point import SEED_MAX, Part, Point, vector_of
from ganart.media.recipe import BadRecipe

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


@pytest.mark.parametrize("mixed", [lerp, slerp])
@given(vectors, vectors)
def test_mixes_begin_and_end_at_their_ends(mixed, a, b):
    np.testing.assert_allclose(mixed(a, b, 0.0), a, atol=1e-4)
    np.testing.assert_allclose(mixed(a, b, 1.0), b, atol=1e-4)


@pytest.mark.parametrize("mixed", [lerp, slerp])
@given(vectors, vectors, amounts)
def test_mixes_are_finite_and_the_same_from_both_sides(mixed, a, b, amount):
    between = mixed(a, b, amount)
    assert between.dtype == np.float32
    assert np.isfinite(between).all()
    np.testing.assert_allclose(mixed(b, a, 1 - amount), between, atol=1e-3)


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


@given(
    seeds,
    seeds,
    st.floats(1e-6, 0.999_999),
    st.sampled_from(["lerp", "slerp"]),
    st.floats(0.0, 2.0),
)
def test_points_resolve_to_their_mix_whatever_the_diversity(one, other, amount, method, diversity):
    point = Point.between(one, other, amount, method, diversity)
    mixed = {"lerp": lerp, "slerp": slerp}[method]
    expected = mixed(from_seed(one, 16), from_seed(other, 16), amount)
    assert np.array_equal(resolve([point], 16)[0], expected)


@given(st.lists(seeds, min_size=1, max_size=8))
def test_points_do_not_depend_on_their_neighbours(chosen):
    points = [Point.at(seed) for seed in chosen]
    together = resolve(points, 16)
    for point, row in zip(points, together, strict=True):
        assert np.array_equal(row, resolve([point], 16)[0])


@given(st.permutations(range(4)), st.lists(st.floats(0.05, 1.0), min_size=4, max_size=4))
def test_a_mix_of_many_does_not_depend_on_their_order(order, weights):
    latents = np.stack([from_seed(seed, 64) for seed in range(4)])
    one = mix(latents, weights, "slerp")
    other = mix(latents[list(order)], [weights[place] for place in order], "slerp")
    np.testing.assert_allclose(other, one, atol=1e-5)


@given(st.floats(0.0, 1.0), st.sampled_from(["lerp", "slerp"]))
def test_a_part_of_next_to_no_weight_changes_next_to_nothing(amount, method):
    point = Point.between(1, 2, amount, method)
    more = replace(point, parts=(*point.parts, Part(3, weight=1e-7)))
    np.testing.assert_allclose(resolve([more], 64), resolve([point], 64), atol=1e-4)


def test_a_mix_of_many_is_as_long_as_they_are():
    latents = np.stack([from_seed(seed, 64) for seed in range(4)])
    lengths = np.linalg.norm(latents, axis=1)
    mixed = mix(latents, [1, 1, 1, 1], "slerp")
    assert np.linalg.norm(mixed) == pytest.approx(lengths.mean(), rel=1e-4)
    assert np.linalg.norm(mix(latents, [1, 1, 1, 1], "lerp")) < 0.7 * lengths.mean()


def test_numbers_stand_for_a_latent_and_must_fit():
    latent = from_seed(5, 16)
    point = Point((Part(vector=vector_of(latent)),))
    assert np.array_equal(resolve([point], 16)[0], latent)
    with pytest.raises(BadRecipe):
        resolve([point], 32)
