import pytest
import torch

from ganart.engine.gan import augment as module
from ganart.engine.gan.augment import augment


@pytest.fixture
def random():
    return torch.Generator().manual_seed(5)


def some_pictures(count=4, side=8, dtype=torch.float32):
    generator = torch.Generator().manual_seed(3)
    return torch.rand(count, 3, side, side, generator=generator, dtype=dtype) * 2 - 1


@pytest.mark.parametrize("probability", [0.0, -0.1])
def test_at_probability_0_nothing_changes_and_nothing_is_drawn(random, probability):
    pictures, before = some_pictures(), random.get_state()
    assert torch.equal(augment(pictures, probability, random), pictures)
    assert torch.equal(random.get_state(), before)


def test_at_probability_1_every_picture_changes(random):
    pictures = some_pictures(32)
    changed = augment(pictures, 1.0, random)
    assert changed.shape == pictures.shape
    assert (changed != pictures).flatten(1).any(1).all()


def test_the_probability_is_the_share_of_pictures_that_change(random):
    pictures = some_pictures(2000, side=8)
    changed = (augment(pictures, 0.3, random) != pictures).flatten(1).any(1)
    assert changed.float().mean().item() == pytest.approx(0.3, abs=0.04)


def test_the_same_random_state_gives_the_same_jitter():
    pictures = some_pictures()
    results = [augment(pictures, 0.7, torch.Generator().manual_seed(9)) for _ in range(2)]
    assert torch.equal(*results)


@pytest.mark.parametrize("probability", [0.5, 1.0])
def test_it_is_twice_differentiable(probability):
    """First and second derivatives along a direction agree with finite differences."""
    pictures = some_pictures(dtype=torch.float64).requires_grad_()
    direction = torch.randn_like(pictures)

    def bent(x):
        return augment(x, probability, torch.Generator().manual_seed(4)).pow(3).sum()

    (gradient,) = torch.autograd.grad(bent(pictures), pictures, create_graph=True)
    slope = (gradient * direction).sum()
    (change,) = torch.autograd.grad(slope, pictures)
    bend = (change * direction).sum()
    with torch.no_grad():
        step = 1e-3 * direction
        below, here, above = (bent(pictures + each * step) for each in (-1, 0, 1))
    assert slope.item() == pytest.approx(((above - below) / 2e-3).item(), rel=1e-4)
    assert bend.item() == pytest.approx(((above - 2 * here + below) / 1e-6).item(), rel=1e-4)


@pytest.mark.parametrize(("draw", "shift"), [(0.0, -2), (0.5, 0), (0.999999, 2), (1.0, 2)])
def test_a_shift_is_filled_from_the_edge(draw, shift):
    """Draws 0 ... 1 reach from one eighth of the side one way to one eighth the other way."""
    side = 16
    ramp = torch.arange(side, dtype=torch.float32)
    expected = (ramp - shift).clamp(0, side - 1)
    place, middle = torch.tensor([draw]), torch.tensor([0.5])
    sideways = ramp.expand(1, 3, side, side)
    moved = module._shift(sideways, middle, place)
    assert torch.equal(moved, expected.expand(1, 3, side, side))
    moved = module._shift(sideways.mT, place, middle)
    assert torch.equal(moved, expected.expand(1, 3, side, side).mT)


def test_colours_stay_within_the_papers_ranges(random):
    """Brightness within 0.5, saturation up to twofold, contrast half to one and a half."""
    flat_grey = torch.full((500, 3, 8, 8), 0.25)
    changed = augment(flat_grey, 1.0, random)
    # Shifting, saturation and contrast leave a flat grey as it is.
    offsets = changed.mean((1, 2, 3)) - 0.25
    assert torch.allclose(changed, changed[:, :, :1, :1].expand_as(changed), atol=1e-6)
    assert -0.5 <= offsets.min().item() < -0.4
    assert 0.4 < offsets.max().item() <= 0.5

    pictures = some_pictures(500)
    deviation = module._colour(
        pictures,
        torch.full((500, 1, 1, 1), 0.5),
        torch.full((500, 1, 1, 1), 0.5),
        torch.linspace(0, 1, 500)[:, None, None, None],
    ).std((1, 2, 3))
    ratio = deviation / pictures.std((1, 2, 3))
    assert ratio.min().item() == pytest.approx(0.5, rel=1e-3)
    assert ratio.max().item() == pytest.approx(1.5, rel=1e-3)
