from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.style.painting_memory import TILES, choose_tile, memory_estimate

GB = 2**30
sides = st.integers(1, 20_000)


@given(sides, sides, st.integers(0, 64 * GB))
def test_the_largest_tile_that_fits_is_chosen(width, height, free):
    tile = choose_tile(width, height, free)
    assert tile in (0, *TILES)
    if free and tile != TILES[-1]:
        assert memory_estimate(width, height, tile) <= free


def test_small_pictures_and_unknown_memory_need_no_tiles():
    assert choose_tile(512, 512, 8 * GB) == 0
    assert choose_tile(10_000, 10_000, 0) == 0


def test_tiles_save_memory_where_pictures_are_large():
    assert choose_tile(3600, 2400, 8 * GB) > 0
    assert memory_estimate(3600, 2400, 256) < memory_estimate(3600, 2400, 0) / 4
