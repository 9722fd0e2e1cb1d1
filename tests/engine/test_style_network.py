import math
from dataclasses import replace

import pytest
import torch

from ganart.engine.gan.networks import build_generator
from ganart.engine.gan.networks.style import AVERAGE_DECAY
from ganart.engine.gan.networks.style_layers import ModulatedConvolution, Noise, enlarge
from ganart.engine.gan.recipes import recipe
from ganart.engine.gan.steps import training_step
from tests.engine.toys import fresh, same, tiny, weights


def new_generator(**changes):
    torch.manual_seed(0)
    return build_generator(tiny(architecture="style", **{"side": 32} | changes))


@pytest.fixture
def generator():
    return new_generator()


def seeded(number):
    return torch.Generator().manual_seed(number)


def latents(count, seed=0):
    return torch.randn(count, 8, generator=seeded(seed))


def noisy(generator):
    """Give the noise a strength, which it lacks at the start."""
    for module in generator.modules():
        if isinstance(module, Noise):
            module.strength.data.fill_(0.3)
    return generator


@torch.no_grad()
def test_a_picture_is_what_is_made_of_its_styles(generator):
    z = latents(3)
    styles = generator.styles(z)
    assert styles.shape == (3, 8, 8)  # two layers for each of 4, 8, 16 and 32 px
    assert torch.equal(generator.synthesise(styles), generator(z))


@torch.no_grad()
def test_only_the_direction_of_a_latent_counts(generator):
    z = latents(3)
    assert torch.allclose(generator.styles(z), generator.styles(3 * z), atol=1e-5)


@torch.no_grad()
def test_the_style_of_every_layer_counts(generator):
    ours, theirs = generator.styles(latents(2)), generator.styles(latents(2, seed=1))
    before = generator.synthesise(ours)
    for layer in range(generator.layers):
        mixed = ours.clone()
        mixed[:, layer] = theirs[:, layer]
        assert not torch.allclose(generator.synthesise(mixed), before, atol=1e-3)


@torch.no_grad()
def test_mixing_takes_a_second_style_for_its_share_of_the_pictures():
    z = latents(200)
    alone = new_generator(side=8, style_mixing=0.0).eval()
    (pictures,) = alone.views(z, seeded(1))
    assert torch.allclose(pictures, alone(z), atol=1e-5)  # its noise has no strength yet
    mixing = new_generator(side=8, style_mixing=0.5).eval()
    (mixed,) = mixing.views(z, seeded(1))
    changed = (mixed - pictures).abs().amax((1, 2, 3)) > 1e-4
    assert changed.float().mean().item() == pytest.approx(0.5, abs=0.12)


@torch.no_grad()
def test_a_batch_gets_the_same_styles_and_noise_in_pieces():
    generator = noisy(new_generator(style_mixing=0.9)).eval()
    z, random = latents(6), seeded(1)
    (whole,) = generator.views(z, seeded(1))
    pieces = [generator.views(piece, random)[0] for piece in z.split(2)]
    assert torch.allclose(torch.cat(pieces), whole, atol=1e-5)


@torch.no_grad()
def test_noise_is_rolled_while_training_and_stays_for_people():
    generator = noisy(new_generator(style_mixing=0.0)).eval()
    z = latents(3)
    assert torch.equal(generator(z), generator(z))
    views = [generator.views(z, seeded(number))[0] for number in (1, 1, 2)]
    assert torch.equal(views[0], views[1])
    assert not torch.allclose(views[0], views[2], atol=1e-3)


@torch.no_grad()
def test_rolling_moves_the_noise_and_changes_no_number_of_it():
    noise = Noise((8, 8))
    noise.strength.fill_(1.0)
    x = torch.zeros(1, 1, 8, 8)
    still = noise(x, None)[0, 0]
    rolled = noise(x, torch.tensor([[2 / 8 + 0.01, 7 / 8 + 0.01]]))[0, 0]
    assert torch.equal(rolled, still.roll((-2, -7), (0, 1)))


@torch.no_grad()
def test_truncation_acts_on_styles():
    generator = new_generator().eval()
    z = latents(6)
    styles = generator.styles(z)
    generator.running_style.copy_(generator.styles(latents(500, seed=9)).mean((0, 1)))
    average_picture = generator.synthesise(generator.running_style.expand(1, 8, -1))
    none = generator.draw(z, torch.zeros(6))
    assert torch.allclose(none, average_picture.expand_as(none), atol=1e-5)
    assert torch.equal(generator.draw(z, torch.ones(6)), generator(z))
    halves = generator.truncate(styles, torch.full((6,), 0.5))
    assert torch.allclose(halves, (styles + generator.running_style) / 2, atol=1e-6)
    spreads = [
        generator.draw(z, torch.full((6,), share)).std(0).mean() for share in (1.0, 0.5, 0.0)
    ]
    assert spreads[0] > spreads[1] > spreads[2]


@torch.no_grad()
def test_each_picture_has_its_own_diversity(generator):
    generator.eval()
    z, diversities = latents(3), torch.tensor([0.0, 0.4, 1.0])
    together = generator.draw(z, diversities)
    for number in range(3):
        alone = generator.draw(z[number : number + 1], diversities[number : number + 1])
        assert torch.allclose(alone[0], together[number], atol=1e-5)


@torch.no_grad()
def test_the_average_style_is_gathered_only_while_training(generator):
    z = latents(4)
    generator.eval().views(z, seeded(1))
    assert (generator.running_style == 0).all()
    generator.train().views(z, seeded(1))
    step = (1 - AVERAGE_DECAY) * generator.styles(z).mean((0, 1))
    assert torch.allclose(generator.running_style, step, atol=1e-6)


@torch.no_grad()
def test_demodulated_features_keep_their_variance():
    torch.manual_seed(0)
    layer = ModulatedConvolution(32, 32, 3, 8)
    x = torch.randn(8, 32, 16, 16)
    for strength in (1, 5):
        y = layer(x, strength * torch.randn(8, 8))
        assert y[:, :, 1:-1, 1:-1].std().item() == pytest.approx(1, abs=0.1)


@torch.no_grad()
def test_scaling_features_is_scaling_weights():
    """As section 2.2 writes it: weights scaled for each picture, then normalised."""
    torch.manual_seed(0)
    layer = ModulatedConvolution(4, 6, 3, 8)
    x, style = torch.randn(1, 4, 8, 8), torch.randn(1, 8)
    weight = layer.weight * layer.gain * layer.style(style)[0][None, :, None, None]
    weight = weight / (weight.square().sum((1, 2, 3), keepdim=True) + 1e-8).sqrt()
    expected = torch.nn.functional.conv2d(x, weight, padding=1)
    assert torch.allclose(layer(x, style), expected, atol=1e-5)


def test_enlarging_keeps_flat_colours():
    flat = enlarge(torch.full((1, 3, 6, 6), 0.7))
    assert flat.shape == (1, 3, 12, 12)
    assert torch.allclose(flat[:, :, 1:-1, 1:-1], torch.tensor(0.7))


def test_the_penalty_on_real_pictures_is_lazy():
    """R1 acts at every n-th step, and there with n times the weight."""
    config = tiny(architecture="style", penalty_interval=2, gamma=3.0, gamma_end=3.0)
    assert recipe(config).penalty == "r1"

    def after_a_step(step, **changes):
        state = fresh(config)
        state.step = step
        training_step(replace(config, **changes), state)
        return weights(state.discriminator)

    assert same(after_a_step(1), after_a_step(1, gamma=50.0, gamma_end=50.0))
    assert not same(after_a_step(0), after_a_step(0, gamma=50.0, gamma_end=50.0))
    often = after_a_step(0, penalty_interval=1, gamma=6.0, gamma_end=6.0)
    assert same(after_a_step(0), often)


def test_the_path_length_penalty_acts_when_wanted():
    def after_a_step(path_length):
        config = tiny(architecture="style", path_length=path_length)
        state = fresh(config)
        training_step(config, state)
        return weights(state.generator), state.generator.running_path.item()

    without, with_it = after_a_step(0.0), after_a_step(2.0)
    assert without[1] == 0
    assert with_it[1] > 0
    assert not same(without[0], with_it[0])


def test_the_path_length_penalty_evens_the_lengths_out():
    """Descending it makes equal steps through the styles change pictures more equally."""
    generator = new_generator(side=8)
    optimizer = torch.optim.Adam(generator.parameters(), lr=1e-3)
    with torch.no_grad():
        generator.running_path.fill_(1.0)
    penalties = []
    for number in range(20):
        penalty = generator.own_penalty(latents(8, seed=number), seeded(number))
        optimizer.zero_grad()
        penalty.backward()
        optimizer.step()
        penalties.append(penalty.item())
    assert all(math.isfinite(each) for each in penalties)
    assert sum(penalties[-5:]) < sum(penalties[:5])


@pytest.mark.parametrize("precision", ["full", "bf16"])
def test_half_the_digits_while_training_and_all_of_them_for_people(precision):
    generator = new_generator(precision=precision, style_mixing=0.0)
    z = latents(2)
    (seen,) = generator.views(z, seeded(1))
    shown = generator.eval()(z)
    assert seen.dtype == shown.dtype == torch.float32
    assert torch.allclose(seen, shown, atol=0.2)
    assert torch.allclose(seen, shown, atol=1e-5) == (precision == "full")
    assert torch.equal(shown, new_generator(precision="full").eval()(z))


def test_coarse_stages_behind_fine_ones_of_fewer_digits_learn_too():
    """From 128 px on the coarse stages compute with all digits, after the finer ones did not."""
    config = tiny(architecture="style", side=128, precision="bf16", batch=2, width=4, width_cap=8)
    state = fresh(config, count=4)
    for _ in range(2):
        assert training_step(config, state).finite
