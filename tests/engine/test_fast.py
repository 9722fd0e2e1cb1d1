from weakref import ref

import pytest
import torch
from torch.nn import functional

from ganart.engine.gan.config import SIDES
from ganart.engine.gan.networks import build_discriminator, build_generator
from ganart.engine.gan.networks.fast import seed_noise, side_of_small, unlikeness
from ganart.engine.gan.networks.fast_layers import Excitation, Noise, Spectral
from tests.engine.learning import squares
from tests.engine.toys import tiny


@pytest.fixture
def networks():
    config = tiny(architecture="fast", side=32)
    torch.manual_seed(0)
    return build_generator(config), build_discriminator(config)


def noisy(generator):
    """Give the noise a strength, which it lacks at the start."""
    for module in generator.modules():
        if isinstance(module, Noise):
            module.strength.data.fill_(0.5)
    return generator


def seeded(number):
    return torch.Generator().manual_seed(number)


def test_the_noise_of_a_seed_is_its_own_and_always_the_same():
    z = torch.randn(6, 16, generator=seeded(0))
    noise = seed_noise(z, 32, 32)
    assert torch.equal(noise, seed_noise(z, 32, 32))
    assert noise.std().item() == pytest.approx(1, abs=0.1)
    assert torch.allclose(seed_noise(z[3:4], 32, 32), noise[3:4], atol=1e-6)
    assert not torch.allclose(noise[0], noise[1], atol=0.1)
    # It neither fades nor jumps when a latent is drawn towards zero, or moved a little.
    assert torch.allclose(seed_noise(z / 2, 32, 32), noise, atol=1e-5)
    assert (seed_noise(z + 1e-3, 32, 32) - noise).abs().max() < 0.02


def test_people_see_the_seeds_noise_and_the_discriminator_fresh_one(networks):
    generator = noisy(networks[0]).eval()
    z = torch.randn(3, 8, generator=seeded(0))
    with torch.no_grad():
        assert torch.equal(generator(z), generator(z))
        views = [generator.views(z, seeded(number))[0] for number in (1, 1, 2)]
    assert torch.equal(views[0], views[1])
    assert not torch.allclose(views[0], views[2], atol=1e-3)


@pytest.mark.parametrize("side", SIDES)
def test_a_small_picture_goes_with_the_full_one(side):
    discriminator = build_discriminator(tiny(architecture="fast", side=side, width=4, width_cap=8))
    real = torch.rand(2, 3, side, side)
    full, small = discriminator.views(real)
    assert torch.equal(full, real)
    assert small.shape[-1] == side_of_small(side) == min(side // 2, 128)
    factor = side // small.shape[-1]
    assert torch.allclose(small, functional.avg_pool2d(real, factor), atol=1e-6)


def test_both_pictures_are_judged_by_places(networks):
    _, discriminator = networks
    discriminator.eval()
    full, small = discriminator.views(torch.rand(3, 3, 32, 32))
    with torch.no_grad():
        logits = discriminator(full, small)
        assert logits.shape == (3, 50)
        assert torch.equal(discriminator(full), logits)
        other = discriminator(full, small.flip(0))
    assert torch.equal(other[:, :25], logits[:, :25])
    assert not torch.equal(other[:, 25:], logits[:, 25:])


def test_weights_are_divided_by_their_largest_singular_value():
    torch.manual_seed(0)
    spectral, weight = Spectral(12), torch.randn(12, 6, 3, 3)
    for _ in range(50):
        spectral(weight)
    largest = torch.linalg.matrix_norm(spectral(weight).flatten(1), 2)
    assert largest.item() == pytest.approx(1, abs=1e-3)


def test_seeing_a_picture_leaves_no_trace_in_the_shown_model():
    torch.manual_seed(0)
    spectral, weight = Spectral(12).eval(), torch.randn(12, 6, 3, 3)
    before = spectral.vector.clone()
    assert torch.equal(spectral(weight), spectral(weight))
    assert torch.equal(spectral.vector, before)


def test_coarse_features_gate_the_channels_of_finer_ones():
    torch.manual_seed(0)
    gate = Excitation(4, 6)
    fine = torch.rand(2, 6, 16, 16)
    ratios = gate(torch.randn(2, 4, 4, 4), fine) / fine
    # One number between 0 and 1 for each channel of each picture.
    assert torch.allclose(ratios, ratios[:, :, :1, :1].expand_as(ratios), atol=1e-5)
    assert ((ratios > 0) & (ratios < 1)).all()
    assert ratios.std() > 0


def test_unlikeness_counts_colours_and_edges():
    picture = torch.rand(2, 3, 32, 32, generator=seeded(0))
    assert unlikeness(picture, picture) == 0
    darker, blurred = picture - 0.2, functional.avg_pool2d(picture, 3, 1, 1)
    assert unlikeness(darker, picture) > 0
    assert unlikeness(blurred, picture) > unlikeness(0.5 * (blurred + picture), picture)


def test_the_discriminator_learns_to_redraw_what_it_sees():
    torch.manual_seed(0)
    discriminator = build_discriminator(tiny(architecture="fast", side=16))
    real = torch.from_numpy(squares(8)).permute(0, 3, 1, 2) / 127.5 - 1
    optimizer = torch.optim.Adam(discriminator.parameters(), lr=2e-3)
    errors = []
    for number in range(30):
        _, loss = discriminator.judge_real(discriminator.views(real), seeded(number))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        errors.append(loss.item())
    assert sum(errors[-4:]) < 0.5 * sum(errors[:4])


def test_redrawing_draws_only_the_quarter(networks):
    _, discriminator = networks
    discriminator.eval()
    shown = discriminator.views(torch.rand(2, 3, 32, 32))

    def redrawn(number):
        return discriminator.judge_real(shown, seeded(number))[1]

    assert torch.equal(redrawn(3), redrawn(3))
    assert len({redrawn(number).item() for number in range(12)}) == 4


def test_what_was_seen_is_let_go(networks):
    """Features of a batch are the largest thing that a training holds."""
    _, discriminator = networks
    kept = []
    discriminator.body.register_forward_hook(lambda _m, _i, output: kept.append(ref(output[0])))
    shown = discriminator.views(torch.rand(2, 3, 32, 32))
    with torch.no_grad():
        discriminator.judge_real(shown, seeded(0))
        discriminator(*shown)
    assert [each() for each in kept] == [None, None]
