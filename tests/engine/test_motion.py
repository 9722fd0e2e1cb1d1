import pytest
import torch

from ganart.engine.style.motion import REFRESH, Calm, Flicker, movement


def still(count, noise=0.01, side=32):
    """Return frames of one picture with noise of their own."""
    random = torch.Generator().manual_seed(0)
    picture = torch.rand((1, 3, side, side), generator=random)
    for _ in range(count):
        yield (picture + noise * torch.randn(picture.shape, generator=random)).clamp(0, 1)


def boiling(count, side=32):
    """Return paintings that have nothing to do with each other."""
    random = torch.Generator().manual_seed(1)
    for _ in range(count):
        yield torch.rand((1, 3, side, side), generator=random)


def test_noise_is_no_movement_and_a_thing_that_comes_is():
    before, after = still(2)
    assert movement(before, after).max() < REFRESH
    after[..., 8:16, 8:16] = 1 - after[..., 8:16, 8:16].round()
    moved = movement(before, after)
    assert moved[..., 9:15, 9:15].min() > 0.9
    assert moved[..., 24:, 24:].max() == 0


def test_what_stands_still_keeps_its_painting():
    calm, flicker, plain = Calm(), Flicker(), Flicker()
    for source, painting in zip(still(8), boiling(8), strict=True):
        flicker.add(source, calm.blend(source, painting))
        plain.add(source, painting)
    assert plain.level == pytest.approx(255 / 3, rel=0.1)
    assert flicker.level < 0.1 * plain.level


def test_what_moves_is_painted_anew():
    calm = Calm()
    sources, paintings = list(boiling(3)), list(boiling(3))
    for source, painting in zip(reversed(sources), paintings, strict=True):
        result = calm.blend(source, painting)
        assert torch.allclose(result, painting, atol=0.05)


def test_a_slow_fade_is_not_lost():
    calm = Calm()
    for step in range(60):
        grey = torch.full((1, 3, 16, 16), step / 100)
        result = calm.blend(grey, grey)
        assert abs(result.mean() - grey.mean()) < 12 / 255


def test_a_cut_takes_the_new_painting_whole():
    calm = Calm()
    first, second = torch.zeros(1, 3, 16, 16), torch.ones(1, 3, 16, 16)
    calm.blend(first, first)
    assert torch.equal(calm.blend(second, second), second)


def test_a_painting_starts_from_the_one_before_where_nothing_moved():
    calm = Calm()
    source, fallback = torch.zeros(1, 3, 32, 32), torch.full((1, 3, 32, 32), 0.7)
    assert torch.equal(calm.begin(source, fallback), fallback)
    calm.blend(source, torch.full_like(source, 0.2))
    moved = source.clone()
    moved[..., :8, :8] = 1
    begun = calm.begin(moved, fallback)
    assert begun[..., 28:, 28:].max() == pytest.approx(0.2)
    assert begun[..., :4, :4].min() == pytest.approx(0.7)


def test_where_nothing_stands_still_there_is_no_flicker():
    flicker = Flicker()
    assert flicker.level == 0
    for level in (0.0, 1.0, 0.0):
        flicker.add(torch.full((1, 3, 8, 8), level), torch.full((1, 3, 8, 8), 1 - level))
    assert flicker.level == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (5, 1)])
def test_tiny_pictures(size):
    calm = Calm()
    for painting in boiling(3):
        assert calm.blend(painting[..., : size[0], : size[1]], painting[..., : size[0], : size[1]])[
            0
        ].shape == (3, *size)
