import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.errors import TooFewPictures
from ganart.engine.gan.batches import Batches, to_pictures, to_pixels
from tests.engine.toys import CPU, random_pixels


def numbered(count, side=8):
    """Return pictures that tell their number in every pixel."""
    numbers = np.arange(count, dtype=np.uint8)[:, None, None, None]
    return np.broadcast_to(numbers, (count, side, side, 3)).copy()


def numbers(batch):
    return to_pixels(batch)[:, 0, 0, 0].tolist()


def make(pixels, batch=4, *, mirror=False, turn=False, seed=1, weights=None):
    return Batches(pixels, batch, mirror=mirror, turn=turn, seed=seed, device=CPU, weights=weights)


@given(st.integers(2, 23), st.integers(2, 50), st.integers(0, 2**32 - 1))
def test_every_picture_comes_once_an_epoch(count, batch, seed):
    """Whatever the sizes: batches wrap around, a batch may even span several epochs."""
    batches = make(numbered(count), batch, seed=seed)
    assert len(batches) == count
    drawn = []
    while len(drawn) < 3 * count:
        got = numbers(batches.next())
        assert len(got) == batch
        drawn += got
    for epoch in range(3):
        assert sorted(drawn[epoch * count : (epoch + 1) * count]) == list(range(count))


def test_each_epoch_has_an_order_of_its_own():
    batches = make(numbered(50), 50)
    assert numbers(batches.next()) != numbers(batches.next())


def test_the_seed_decides_the_order():
    first, again, other = (make(numbered(50), 50, seed=seed) for seed in (1, 1, 2))
    order = numbers(first.next())
    assert numbers(again.next()) == order
    assert numbers(other.next()) != order


def test_mirrored_pictures_are_whole_and_about_half():
    pixels = random_pixels(1, 8).repeat(2, axis=0)
    batches = make(pixels, 400, mirror=True)
    drawn = to_pixels(batches.next())
    plain = (drawn == pixels[0]).all((1, 2, 3))
    turned = (drawn == pixels[0][:, ::-1]).all((1, 2, 3))
    assert (plain ^ turned).all()
    assert 0.4 < turned.mean() < 0.6


@pytest.mark.parametrize(("mirror", "ways"), [(False, 4), (True, 8)])
def test_turned_pictures_are_whole_and_come_all_ways_alike(mirror, ways):
    pixels = random_pixels(1, 8).repeat(2, axis=0)
    drawn = to_pixels(make(pixels, 800, mirror=mirror, turn=True).next())
    turned = [np.rot90(pixels[0], quarters) for quarters in range(4)]
    expected = [*turned, *(each[:, ::-1] for each in turned)][:ways]
    shares = np.array([(drawn == each).all((1, 2, 3)).mean() for each in expected])
    assert shares.sum() == pytest.approx(1)
    assert (abs(shares * ways - 1) < 0.35).all()


def test_without_leave_nothing_is_mirrored_or_turned():
    pixels = random_pixels(3, 8)
    drawn = to_pixels(make(pixels, 3).next())
    assert sorted(map(bytes, drawn)) == sorted(map(bytes, pixels))


def test_weights_decide_how_often_a_picture_comes():
    weights = [1, 2, 0.5, 4, 1]
    batches = make(numbered(5), 17_000, weights=weights)
    counts = np.bincount(numbers(batches.next()), minlength=5)
    assert counts / 2000 == pytest.approx(weights, rel=0.1)


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=20), st.integers(0, 99))
def test_an_epoch_holds_whole_shares(weights, seed):
    """Never more than one picture away from its share, whatever the weights."""
    count = len(weights)
    batches = make(numbered(count), count, weights=weights, seed=seed)
    counts = np.bincount(numbers(batches.next()), minlength=count)
    shares = np.array(weights) / sum(weights) * count
    assert counts.sum() == count
    assert (abs(counts - shares) < 1 + 1e-9).all()


def test_equal_weights_are_no_weights():
    plain, weighted = make(numbered(9)), make(numbered(9), weights=[2.0] * 9)
    for _ in range(5):
        assert torch.equal(plain.next(), weighted.next())


def test_other_pictures_are_shown_from_the_next_batch_on():
    batches = make(numbered(9), 4)
    batches.next()
    batches.show(numbered(20)[12:], [1.0] * 7 + [3.0])
    assert len(batches) == 8
    drawn = [number for _ in range(50) for number in numbers(batches.next())]
    assert set(drawn) == set(range(12, 20))
    assert drawn.count(19) > 2 * drawn.count(12)
    with pytest.raises(TooFewPictures):
        batches.show(numbered(1))
    assert len(batches) == 8


LEAVES = [{}, {"mirror": True}, {"mirror": True, "turn": True}, {"weights": [1, 2, 1, 3, 1, 1, 9]}]


@pytest.mark.parametrize("leave", LEAVES)
def test_going_on_gives_the_batches_that_would_have_come(leave):
    pixels = random_pixels(7)
    batches = make(pixels, **leave)
    for _ in range(5):
        batches.next()
    state = {name: each.clone() for name, each in batches.state_dict().items()}
    expected = [batches.next() for _ in range(6)]
    resumed = make(pixels, **leave, seed=99)
    resumed.load_state_dict(state)
    assert all(torch.equal(resumed.next(), each) for each in expected)


def test_a_changed_folder_begins_a_new_epoch():
    batches = make(numbered(7))
    batches.next()
    resumed = make(numbered(9), batch=9)
    resumed.load_state_dict(batches.state_dict())
    assert sorted(numbers(resumed.next())) == list(range(9))


@pytest.mark.parametrize(
    ("order", "position"),
    [([0, 1, 2, 3, 4, 5, 7], 0), ([-1, 0, 1, 2, 3, 4, 5], 0), (range(7), 8), (range(7), -1)],
)
def test_an_impossible_place_is_refused(order, position):
    batches = make(numbered(7))
    state = batches.state_dict() | {
        "order": torch.tensor(list(order)),
        "position": torch.tensor(position),
    }
    with pytest.raises(ValueError):
        batches.load_state_dict(state)


@pytest.mark.parametrize("count", [0, 1])
def test_one_picture_is_not_enough(count):
    with pytest.raises(TooFewPictures, match=f"at least 2 .* there are {count}"):
        make(random_pixels(count))


def test_pixels_and_pictures_are_the_same_thing():
    """All 256 levels survive the way there and back; black is -1 and white 1."""
    levels = torch.arange(256, dtype=torch.uint8).view(1, 1, 16, 16).expand(1, 3, 16, 16)
    pictures = to_pictures(levels)
    assert pictures.min() == -1
    assert pictures.max() == 1
    assert np.array_equal(to_pixels(pictures), levels.permute(0, 2, 3, 1).numpy())


def test_pixels_are_clamped():
    extremes = torch.tensor([-9.0, 9.0, 0.0]).view(3, 1, 1, 1).expand(3, 3, 2, 2)
    assert to_pixels(extremes)[:, 0, 0, 0].tolist() == [0, 255, 128]
