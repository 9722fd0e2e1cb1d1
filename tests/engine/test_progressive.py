import itertools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.gan.checkpoint import load_checkpoint, model_info, save_checkpoint
from ganart.engine.gan.config import SIDES
from ganart.engine.gan.networks import build_discriminator, build_generator
from ganart.engine.gan.networks.progressive import Growth
from ganart.engine.gan.steps import training_step
from tests.engine.toys import CPU, fresh, random_pixels, same, tiny, weights


def networks(**changes):
    config = tiny(architecture="progressive", **{"side": 32, "growing": 0.6} | changes)
    torch.manual_seed(0)
    return build_generator(config), build_discriminator(config)


def grown(progress, **changes):
    pair = networks(**changes)
    for network in pair:
        network.grow(progress)
    return pair


def test_it_begins_at_4_px_and_is_grown_after_its_share_of_the_run():
    growth = Growth(last=3, share=0.6)
    seen = {}
    for progress in (0.0, 0.05, 0.1, 0.15, 0.2, 0.35, 0.59, 0.6, 0.8, 1.0):
        growth.grow(progress)
        seen[progress] = growth.level.item()
    # Three turns of a fifth of the run; in each, half to learn and half to fade the next one in.
    assert seen[0.0] == seen[0.05] == 0
    assert seen[0.15] == pytest.approx(0.5)
    assert seen[0.35] == pytest.approx(1.5)
    assert 2.8 < seen[0.59] < 3
    assert seen[0.6] == seen[0.8] == seen[1.0] == 3


@given(st.integers(1, 7), st.floats(0, 0.95), st.lists(st.floats(0, 1), min_size=2))
def test_it_never_shrinks(last, share, moments):
    growth = Growth(last, share)
    levels = []
    for progress in sorted(moments):
        growth.grow(progress)
        levels.append(growth.level.item())
        stage, part = growth.stage()
        assert 0 <= stage <= last
        assert 0 < part <= 1
        assert stage > 0 or part == 1
    assert levels == sorted(levels)


def test_without_time_to_grow_it_is_full_from_the_start():
    generator, _ = grown(0.0, growing=0.0)
    assert generator.growth.stage() == (3, 1)


@pytest.mark.parametrize("side", SIDES)
def test_every_side_learns_at_every_stage(side):
    generator, discriminator = networks(side=side, width=4, width_cap=8)
    real = torch.rand(2, 3, side, side)
    turns = len(generator.stages)
    for turn in range(turns + 1):
        for network in (generator, discriminator):
            network.grow(0.6 * (turn + 0.7) / turns)
        made = generator.views(torch.randn(2, 8), torch.Generator())
        shown = discriminator.views(real)
        assert [each.shape for each in made] == [each.shape for each in shown]
        logits = discriminator(*made) - discriminator(*shown)
        assert logits.shape == (2,)
        logits.sum().backward()
    with torch.no_grad():
        assert generator(torch.randn(2, 8)).shape == (2, 3, side, side)
    for network in (generator, discriminator):
        for name, weight in network.named_parameters():
            assert weight.grad is not None, name


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_new_stage_comes_in_without_a_jolt(turn):
    """Right before it fades in and right after, pictures and judgements are the same."""
    middle = 0.2 * (turn - 0.5)
    z, real = torch.randn(2, 8), torch.rand(2, 3, 32, 32)
    seen = []
    for progress in (middle, middle + 1e-5):
        generator, discriminator = grown(progress)
        with torch.no_grad():
            seen.append((generator(z), discriminator(*discriminator.views(real))))
    assert generator.growth.stage()[0] == turn
    for before, after in zip(*seen, strict=True):
        assert torch.allclose(before, after, atol=2e-3)


def test_real_pictures_are_shown_as_coarse_as_generated_ones_can_be():
    _, discriminator = grown(0.0)
    real = torch.rand(2, 3, 32, 32)
    (shown,) = discriminator.views(real)
    assert torch.allclose(shown, torch.nn.functional.avg_pool2d(real, 8))
    (full,) = grown(1.0)[1].views(real)
    assert torch.equal(full, real)


def test_full_pictures_are_judged_at_the_stage_of_the_growth():
    _, discriminator = grown(0.2)
    real = torch.rand(2, 3, 32, 32)
    assert torch.equal(discriminator(real), discriminator(*discriminator.views(real)))


@pytest.mark.parametrize("progress", [0.0, 0.35, 1.0])
def test_a_seed_gives_its_picture_alone_or_in_a_batch(progress):
    generator, _ = grown(progress)
    z = torch.randn(5, 8)
    with torch.no_grad():
        together = generator.eval()(z)
        alone = torch.cat([generator(row[None]) for row in z])
    assert torch.allclose(together, alone, atol=1e-5)


def test_latents_nearer_to_zero_are_less_varied():
    """As the diversity of Explore promises, which a normalised latent would break."""
    generator, _ = grown(1.0)
    z = torch.randn(32, 8)
    with torch.no_grad():
        spreads = [generator(z * share).std(0).mean().item() for share in (1.0, 0.5, 0.0)]
    assert spreads[0] > 1.15 * spreads[1]
    assert spreads[2] < 1e-5


def test_the_averaged_model_grows_along():
    config = tiny(architecture="progressive", side=16, ema_pictures=50)
    state = fresh(config)
    for progress in (0.0, 0.5, 1.0):
        state.progress = progress
        training_step(config, state)
        levels = [each.growth.level for each in (state.generator, state.discriminator, state.ema)]
        assert len({each.item() for each in levels}) == 1
    assert levels[0] == 2


def test_a_training_step_does_not_ask_the_device_how_far_it_has_grown(monkeypatch):
    """A graphics card would stand still until it had answered."""
    asked = []

    config = tiny(architecture="progressive", side=16)
    state = fresh(config)
    item = torch.Tensor.item

    def noted(tensor):
        asked.extend(
            each for each in (state.generator, state.discriminator) if tensor is each.growth.level
        )
        return item(tensor)

    monkeypatch.setattr(torch.Tensor, "item", noted)
    training_step(config, state)
    assert not asked
    state.generator.load_state_dict(state.ema.state_dict())
    state.generator.growth.stage()
    assert asked == [state.generator]


@pytest.mark.parametrize("n", [4, 7])
def test_training_goes_on_bit_for_bit_while_it_grows(tmp_path, n):
    config = tiny(architecture="progressive", side=16, growing=0.8, augment=0.5)
    pixels = random_pixels(10, 16)
    path = tmp_path / "a.safetensors"

    def steps(state, numbers):
        for number in numbers:
            state.progress = number / (2 * n)
            training_step(config, state)

    whole, first = fresh(config), fresh(config)
    steps(whole, range(2 * n))
    steps(first, range(n))
    assert 0 < first.generator.growth.level < 2
    save_checkpoint(path, first, model_info(config, first, "", "f00d"))
    second, _ = load_checkpoint(path, pixels, CPU)
    steps(second, range(n, 2 * n))
    ends = [weights(each.generator, each.discriminator, each.ema) for each in (whole, second)]
    assert same(*ends)


def test_the_stages_to_freeze_begin_at_the_finest():
    _, discriminator = networks()
    sides = [each[1].first.weight.shape[1] for each in discriminator.freezable()]
    assert len(sides) == 3
    assert all(fine <= coarse for fine, coarse in itertools.pairwise(sides))
