import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.media.lattice import (
    FINENESS,
    SIDE,
    nearest,
    parts_at,
    place_of,
    place_of_seed,
    seed_at,
    settled,
)
from ganart.media.point import SEED_MAX, Part

seeds = st.integers(0, SEED_MAX)
whole = st.integers(-(2**20), 2**20)
positions = st.tuples(*2 * (st.floats(-200_000, 200_000),))


@given(seeds)
def test_every_seed_has_a_place_of_its_own(seed: int) -> None:
    assert seed_at(*place_of_seed(seed)) == seed


@given(whole, whole)
def test_every_place_has_a_seed_of_its_own(x: int, y: int) -> None:
    seed = seed_at(x, y)
    assert 0 <= seed <= SEED_MAX
    across, down = place_of_seed(seed)
    assert ((across - x) % SIDE, (down - y) % SIDE) == (0, 0)


@given(st.integers(0, SEED_MAX - 1))
def test_the_next_seed_is_a_neighbour(seed: int) -> None:
    assert math.dist(place_of_seed(seed), place_of_seed(seed + 1)) == 1


def test_small_seeds_lie_around_the_first() -> None:
    square = {seed_at(x, y) for x in range(-4, 5) for y in range(-4, 5)}
    assert square == set(range(81))


@pytest.mark.parametrize("corner", [(32768, 32768), (-32767, 32768), (32768, -32767)])
def test_the_edges_of_the_square_are_joined(corner: tuple[int, int]) -> None:
    x, y = corner
    assert seed_at(x, y) == seed_at(x + SIDE, y) == seed_at(x, y - SIDE) <= SEED_MAX


def test_the_last_seed_has_a_place_too() -> None:
    assert {abs(each) for each in place_of_seed(SEED_MAX)} == {32767, 32768}


@given(positions)
def test_a_position_is_found_again_from_its_parts(position: tuple[float, float]) -> None:
    parts = parts_at(position)
    assert 1 <= len(parts) <= 4
    assert sum(part.weight for part in parts) == pytest.approx(1)
    found = place_of(parts)
    assert found is not None
    assert math.dist(nearest(found, position), position) <= 1 / FINENESS


@given(positions)
def test_a_position_settles_once(position: tuple[float, float]) -> None:
    assert settled(settled(position)) == settled(position)


def test_small_steps_add_up_to_a_place() -> None:
    x = 0.0
    for _ in range(10):
        x, _y = settled((x + 0.1, 0.0))
    assert x == 1


def test_a_position_between_four_is_their_mix() -> None:
    shares = {part.seed: part.weight for part in parts_at((0.25, 0.5))}
    assert shares == {
        seed_at(0, 0): 0.375,
        seed_at(1, 0): 0.125,
        seed_at(0, 1): 0.375,
        seed_at(1, 1): 0.125,
    }


def test_across_the_edge_the_four_nearest_are_of_both_sides() -> None:
    parts = parts_at((SIDE / 2 + 0.5, 0))
    assert [part.seed for part in parts] == [seed_at(SIDE // 2, 0), seed_at(SIDE // 2 + 1, 0)]
    assert place_of(parts) == settled((SIDE / 2 + 0.5, 0))


@pytest.mark.parametrize(
    "parts",
    [
        (Part(0), Part(100)),
        (Part(vector=b"\0\0\0\0"),),
        (Part(0), Part(1), Part(2)),
        (Part(0), Part(0)),
        tuple(Part(seed) for seed in range(5)),
    ],
)
def test_other_mixes_have_no_place(parts: tuple[Part, ...]) -> None:
    assert place_of(parts) is None


def test_the_nearest_copy_may_be_beyond_the_edge() -> None:
    assert nearest((-SIDE / 2 + 1, 0), (SIDE / 2, 3)) == (SIDE / 2 + 1, 0)
