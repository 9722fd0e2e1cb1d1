import pytest
import torch
from torch.nn import functional

from ganart.engine.gan.config import SIDES
from ganart.engine.gan.networks import build_discriminator, build_generator
from tests.engine.toys import tiny


def networks(side=32):
    config = tiny(architecture="msg", side=side, width=4, width_cap=16)
    torch.manual_seed(0)
    return build_generator(config), build_discriminator(config)


@pytest.mark.parametrize("side", SIDES)
def test_pictures_of_all_sides_are_judged_together(side):
    generator, discriminator = networks(side)
    z, real = torch.randn(2, 8), torch.rand(2, 3, side, side)
    sides = [each.shape[-1] for each in generator.views(z, torch.Generator())]
    assert sides == [side >> number for number in range(len(sides))]
    assert sides[-1] == 4
    assert [each.shape[-1] for each in discriminator.views(real)] == sides


def test_people_see_the_full_picture():
    generator, _ = networks()
    z = torch.randn(2, 8)
    with torch.no_grad():
        assert torch.equal(generator(z), generator.views(z, torch.Generator())[0])


def test_coarser_real_pictures_are_averages():
    _, discriminator = networks()
    real = torch.rand(2, 3, 32, 32)
    for number, view in enumerate(discriminator.views(real)):
        expected = functional.adaptive_avg_pool2d(real, 32 >> number)
        assert torch.allclose(view, expected, atol=1e-6)


def test_the_full_picture_alone_implies_the_others():
    _, discriminator = networks()
    real = torch.rand(2, 3, 32, 32)
    assert torch.equal(discriminator(real), discriminator(*discriminator.views(real)))


@pytest.mark.parametrize("which", range(4))
def test_every_side_counts(which):
    _, discriminator = networks()
    views = list(discriminator.views(torch.rand(2, 3, 32, 32)))
    before = discriminator(*views)
    views[which] = -views[which]
    assert not torch.allclose(discriminator(*views), before)


def test_gradients_reach_the_coarse_stages_directly():
    """Of the coarsest picture they pass through no finer stage."""
    generator, _ = networks()
    generator.views(torch.randn(2, 8), torch.Generator())[-1].sum().backward()
    reached = {name for name, weight in generator.named_parameters() if weight.grad is not None}
    assert {name.partition(".")[0] for name in reached} == {"start", "to_rgb"}
