import numpy as np
import pytest
import torch
from torch.nn import functional

from ganart.engine.errors import TooFewPictures
from ganart.engine.gan import augment as module
from ganart.engine.gan.augment import (
    CAP,
    augment,
    augmented_preview,
    draw,
    jitter,
    next_probability,
)
from tests.engine.toys import random_pixels, tiny


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
    place, middle = (module._shares(torch.tensor([each]), side) for each in (draw, 0.5))
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


def test_colour_alone_leaves_every_pixel_in_its_place(random):
    ramp = torch.arange(16.0).expand(20, 3, 16, 16) / 16
    changed = augment(ramp, 1.0, random, "colour")
    assert (changed != ramp).flatten(1).any(1).all()
    # All rows stay alike, and still rise from left to right.
    assert torch.allclose(changed, changed[:, :, :1].expand_as(changed))
    assert (changed.diff(dim=3) > 0).all()


def test_place_alone_makes_no_new_colours(random):
    pictures = some_pictures(20, side=16)
    changed = augment(pictures, 1.0, random, "place")
    assert (changed != pictures).flatten(1).any(1).float().mean() > 0.9
    for before, after in zip(pictures, changed, strict=True):
        assert torch.isin(after, before).all()


@pytest.mark.parametrize("kinds", ["colour and place", "colour", "place"])
def test_the_kinds_change_no_draws(kinds):
    """So a change of kinds in the midst of a run changes nothing else."""
    generator = torch.Generator().manual_seed(2)
    augment(some_pictures(), 0.5, generator, kinds)
    expected = torch.Generator().manual_seed(2)
    draw(4, expected)
    assert torch.equal(generator.get_state(), expected.get_state())


def test_all_views_of_a_picture_are_jittered_alike(random):
    coarse = some_pictures(64, side=16)
    full = functional.interpolate(coarse, scale_factor=4.0)
    draws = draw(64, random)
    draws[:, 4:] = (draws[:, 4:] * 4).round() / 4  # shifts by whole pixels of both views
    seen, small = jitter((full, coarse), draws, 0.5)
    assert torch.allclose(functional.avg_pool2d(seen, 4), small, atol=1e-5)


def test_a_batch_may_be_cut_into_pieces(random):
    pictures, draws = some_pictures(6), draw(6, random)
    (whole,) = jitter((pictures,), draws, 0.7)
    pieces = [jitter((pictures[cut],), draws[cut], 0.7)[0] for cut in (slice(4), slice(4, 6))]
    assert torch.equal(torch.cat(pieces), whole)


def test_the_probability_grows_while_real_pictures_are_told_apart():
    assert next_probability(0.2, 0.9, 0.6, 1000, run=40_000) == pytest.approx(0.3)
    assert next_probability(0.2, 0.3, 0.6, 1000, run=40_000) == pytest.approx(0.1)


def test_in_a_long_run_the_probability_takes_the_papers_time():
    assert next_probability(0.0, 1.0, 0.6, 5000, run=1e9) == pytest.approx(0.01)


@pytest.mark.parametrize(("told_apart", "end"), [(1.0, CAP), (-1.0, 0.0)])
def test_the_probability_stays_between_0_and_the_cap(told_apart, end):
    probability = 0.4
    for _ in range(100):
        probability = next_probability(probability, told_apart, 0.6, 640, run=64_000)
        assert 0 <= probability <= CAP
    assert probability == end


def test_a_broken_sign_leaves_the_probability_as_it_is():
    assert next_probability(0.4, float("nan"), 0.6, 1000, run=1000) == 0.4


def test_the_probability_settles_where_the_target_is_met():
    """With a discriminator that augmentation confuses, from either side."""
    for probability in (0.0, 0.8):
        for _ in range(400):
            told_apart = 0.9 - 0.8 * probability
            probability = next_probability(probability, told_apart, 0.5, 64, run=32_000)
        assert probability == pytest.approx(0.5, abs=0.02)


def test_the_preview_shows_each_picture_before_any_comes_again():
    pixels = random_pixels(5)
    shown = augmented_preview(pixels, tiny(), 5)
    assert (shown.shape, shown.dtype) == (pixels.shape, np.uint8)
    assert {each.tobytes() for each in shown} == {each.tobytes() for each in pixels}
    assert len(augmented_preview(pixels, tiny(), 12)) == 12


def test_the_preview_jitters_as_many_as_the_options_say():
    pixels = random_pixels(200)
    known = {each.tobytes() for each in pixels}

    def share_changed(**changes):
        shown = augmented_preview(pixels, tiny(**changes), 200)
        return sum(each.tobytes() not in known for each in shown) / 200

    assert share_changed(augment=0.3) == pytest.approx(0.3, abs=0.1)
    # Adaptive augmentation is shown at its strongest.
    assert share_changed(augment=0.0, augment_target=0.6) == pytest.approx(CAP, abs=0.1)


def test_the_preview_mirrors_only_if_allowed():
    ramp = np.broadcast_to(
        np.arange(0, 256, 32, dtype=np.uint8)[None, None, :, None], (20, 8, 8, 3)
    )
    for mirror in (False, True):
        shown = augmented_preview(ramp, tiny(mirror=mirror), 20).astype(int)
        falling = (np.diff(shown, axis=2) < 0).all((1, 2, 3))
        assert falling.any() == mirror
        assert not falling.all()


def test_the_preview_is_the_same_each_time():
    config = tiny(augment=0.5, mirror=True, turn=True)
    previews = [augmented_preview(random_pixels(), config, 9) for _ in range(2)]
    assert np.array_equal(*previews)


def test_one_picture_has_no_preview():
    with pytest.raises(TooFewPictures):
        augmented_preview(random_pixels(1), tiny(), 4)
