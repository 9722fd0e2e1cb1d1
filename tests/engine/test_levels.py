from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.style.config import PaintConfig
from ganart.engine.style.levels import MAX_RATIO, painting_size, schedule

sides = st.integers(1, 4000)


@given(sides, sides, st.integers(0, 4096))
def test_levels_grow_in_small_steps_to_the_full_size(width, height, coarsest):
    levels = schedule(PaintConfig(coarsest=coarsest, iterations=7), width, height)
    assert (levels[-1].width, levels[-1].height) == (width, height)
    for coarser, finer in pairwise(levels):
        assert coarser.side < finer.side <= MAX_RATIO * coarser.side + 2
        assert coarser.width >= 1
        assert coarser.height >= 1


def test_the_first_level_is_the_coarsest():
    levels = schedule(PaintConfig(coarsest=256), 1024, 512)
    assert [(each.width, each.height) for each in levels] == [(256, 128), (512, 256), (1024, 512)]


def test_a_small_picture_or_no_coarsest_size_has_one_level():
    assert len(schedule(PaintConfig(coarsest=256), 200, 100)) == 1
    assert len(schedule(PaintConfig(coarsest=0), 2000, 1000)) == 1


@given(st.integers(1, 30_000), st.integers(1, 30_000), st.integers(1, 16_384))
def test_a_painting_has_the_proportions_of_its_photo(width, height, side):
    found = painting_size(width, height, side)
    assert max(found) == side
    assert min(found) >= 1
    assert abs(min(found) - side * min(width, height) / max(width, height)) <= 1


def test_no_longer_side_keeps_the_size_of_the_photo():
    assert painting_size(640, 427, 0) == (640, 427)
