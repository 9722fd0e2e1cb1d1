from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.gan.retention import Kept, best, surplus


def checkpoint(step, likeness=None, size=10):
    return Kept(Path(f"{step:09d}.safetensors"), step, size, likeness)


@st.composite
def histories(draw):
    steps = draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=20, unique=True))
    likenesses = st.none() | st.floats(0.0, 10.0)
    return [checkpoint(step, draw(likenesses), draw(st.integers(1, 100))) for step in sorted(steps)]


@given(histories(), st.integers(2, 40), st.integers(0, 3000))
def test_the_newest_and_the_best_stay_and_the_limits_hold(kept, keep, budget):
    gone = surplus(kept, keep, budget)
    assert len(set(gone)) == len(gone)
    left = [each for each in kept if each not in gone]
    assert max(kept, key=lambda each: each.step) in left
    if best(kept):
        assert best(kept) in left
    at_limit = len(left) <= keep and sum(each.size_bytes for each in left) <= budget
    assert at_limit or len(left) <= 2


@given(histories())
def test_nothing_goes_without_need(kept):
    assert surplus(kept, len(kept) + 2, 10**9) == []


def test_the_kept_lie_evenly_over_the_run():
    """A run that saves at every step and keeps five leaves no hole much larger than the others."""
    kept = []
    for step in range(1, 101):
        kept.append(checkpoint(step))
        gone = surplus(kept, 5, 10**9)
        kept = [each for each in kept if each not in gone]
    steps = [each.step for each in kept]
    assert steps[-1] == 100
    holes = [after - before for before, after in zip([0, *steps], steps, strict=False)]
    # Halving and doubling is the best that can be done without knowing the future.
    assert max(holes) <= 50
    assert len(kept) == 5
    assert steps[0] <= 50


def test_the_budget_thins_out_what_the_count_would_keep():
    kept = [checkpoint(step, size=10) for step in range(1, 11)]
    gone = surplus(kept, keep=100, budget_bytes=35)
    assert len(kept) - len(gone) == 3
    assert kept[-1] not in gone


@pytest.mark.parametrize(
    ("likenesses", "expected"),
    [([], None), ([None, None], None), ([0.5, None, 0.2, 0.3], 2), ([0.0, 0.1], 0)],
)
def test_the_best_is_the_closest_that_was_measured(likenesses, expected):
    kept = [checkpoint(step, likeness) for step, likeness in enumerate(likenesses)]
    assert best(kept) == (None if expected is None else kept[expected])


@given(histories(), st.integers(2, 40), st.integers(0, 3000))
def test_starred_ones_stay_and_leave_the_others_their_room(kept, keep, budget):
    stars = {each.step for each in kept[::3]}
    gone = surplus(kept, keep, budget, stars)
    assert not stars & {each.step for each in gone}
    assert best(kept) not in gone
    others = [each for each in kept if each.step not in stars]
    left = [each for each in others if each not in gone]
    assert len(left) <= max(keep, 2)
    if not others:
        assert gone == []
