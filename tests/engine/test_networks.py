from itertools import product

import pytest
import torch
from torch.nn.functional import conv2d, interpolate

from ganart.engine.gan.checkpoint import load_checkpoint, model_info, save_checkpoint
from ganart.engine.gan.config import SIDES
from ganart.engine.gan.networks import build_discriminator, build_generator, stage_widths
from ganart.engine.gan.networks.r3 import Block, Enlarging
from ganart.engine.gan.steps import training_step
from tests.engine.toys import ARCHITECTURES, CPU, fresh, random_pixels, same, tiny, weights

ADVERSARIAL = sorted(set(ARCHITECTURES) - {"vae"})
SPARED = {
    # Coarser stages show pictures of their own only while they are the finest.
    "progressive": ("to_rgb", "from_rgb"),
}


def networks(**changes):
    config = tiny(**changes)
    torch.manual_seed(0)
    return build_generator(config), build_discriminator(config)


def judged(generator, discriminator, side, random):
    """Return the logits of generated and of real pictures, and the losses of their own."""
    real = torch.rand(2, 3, side, side)
    made, shown = generator.views(torch.randn(2, 8), random), discriminator.views(real)
    assert [each.shape for each in made] == [each.shape for each in shown]
    assert made[0].shape == (2, 3, side, side)
    logits, own = discriminator.judge_real(shown, random)
    return discriminator(*made), logits, *([] if own is None else [own])


@pytest.mark.parametrize(
    ("architecture", "side"),
    # The fully connected networks cannot be made narrow: at 512 px they take gigabytes.
    [pair for pair in product(ADVERSARIAL, SIDES) if pair[0] != "fc" or pair[1] <= 64],
)
def test_every_weight_learns_at_every_side(architecture, side):
    generator, discriminator = networks(
        architecture=architecture, side=side, width=4, width_cap=8, style_mixing=1.0
    )
    for network in (generator, discriminator):
        network.grow(1.0)
    fake, real, *own = judged(generator, discriminator, side, torch.Generator().manual_seed(1))
    assert fake.shape == real.shape
    assert len(fake) == 2
    sum((each.sum() for each in own), (real - 2 * fake).sum()).backward()
    spared = SPARED.get(architecture, ())
    for network in (generator, discriminator):
        for name, weight in network.named_parameters():
            if not name.startswith(spared):
                assert weight.grad is not None, name
                assert weight.grad.isfinite().all(), name
    with torch.no_grad():
        assert generator.eval()(torch.randn(2, 8)).shape == (2, 3, side, side)


@pytest.mark.parametrize("side", [each for each in SIDES if each > 64])
def test_shapes_of_fully_connected_networks_fit_at_every_side(side):
    with torch.device("meta"):
        config = tiny(architecture="fc", side=side)
        pictures = build_generator(config)(torch.empty(2, 8))
        assert pictures.shape == (2, 3, side, side)
        logits = build_discriminator(config)(pictures)
        assert logits.shape == (2,)
        logits.sum().backward()


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_a_seed_gives_its_picture_alone_or_in_a_batch(architecture):
    generator, _ = networks(architecture=architecture, side=16)
    generator.views(torch.randn(4, 8), torch.Generator())  # gathers statistics
    generator.eval()
    z = torch.randn(5, 8)
    with torch.no_grad():
        alone = torch.cat([generator(row[None]) for row in z])
        assert torch.allclose(generator(z), alone, atol=1e-5)
        assert torch.equal(generator(z), generator(z))


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_a_full_diversity_changes_no_picture_and_none_makes_all_alike(architecture):
    generator, _ = networks(architecture=architecture, side=16)
    generator.views(torch.randn(4, 8), torch.Generator())
    generator.eval()
    z = torch.randn(5, 8)
    with torch.no_grad():
        assert torch.equal(generator.draw(z, torch.ones(5)), generator(z))
        alike = generator.draw(z, torch.zeros(5))
    # The noise of a fast network follows the seed, even there; it is none at the start.
    assert torch.allclose(alike, alike[:1].expand_as(alike), atol=1e-5)


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_stages_can_be_frozen_at_every_side(architecture):
    for side in SIDES[:4]:
        _, discriminator = networks(architecture=architecture, side=side)
        stages = discriminator.freezable()
        assert stages
        weights = [weight for stage in stages for weight in stage.parameters()]
        ours = {id(weight) for weight in discriminator.parameters()}
        assert {id(weight) for weight in weights} < ours  # what judges is never frozen
        assert len({id(weight) for weight in weights}) == len(weights)


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_frozen_stages_stay_as_they_are_and_the_others_learn(architecture):
    config = tiny(architecture=architecture, side=16, freeze_layers=1, growing=0.0)
    state = fresh(config)
    first = state.discriminator.freezable()[0]
    before = [each.clone() for each in first.parameters()]
    moving = [each for each in state.discriminator.parameters() if each.requires_grad]
    begun = [each.clone() for each in moving]
    assert training_step(config, state).finite
    assert same(before, first.parameters())
    assert not same(begun, moving)


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_training_with_frozen_stages_goes_on_bit_for_bit(tmp_path, architecture):
    config = tiny(architecture=architecture, side=16, freeze_layers=1)
    path = tmp_path / "a.safetensors"
    whole = fresh(config)
    for _ in range(2):
        training_step(config, whole)
    save_checkpoint(path, whole, model_info(config, whole, "", "f00d"))
    other, _ = load_checkpoint(path, random_pixels(10, 16), CPU)
    for state in (whole, other):
        for _ in range(2):
            training_step(config, state)
    assert same(*(weights(each.generator, each.discriminator, each.ema) for each in (whole, other)))


@pytest.mark.parametrize("blocks", [0, 1, 3])
def test_blocks_deepen_r3(blocks):
    config = tiny(side=16, blocks=blocks)
    generator, discriminator = build_generator(config), build_discriminator(config)
    for network in (generator, discriminator):
        found = [module for module in network.modules() if isinstance(module, Block)]
        assert len(found) == 2 * blocks
    assert discriminator(generator(torch.randn(2, 8))).shape == (2,)


def test_a_new_residual_block_is_the_identity():
    x = torch.randn(2, 16, 4, 4)
    assert torch.equal(Block(16, depth=5)(x), x)


def test_residual_blocks_do_not_change_how_a_network_begins():
    """With the same start and stages, a deep new network gives what the shallow one gives."""
    shallow, deep = (build_generator(tiny(side=16, blocks=blocks)) for blocks in (0, 2))
    deep.load_state_dict(shallow.state_dict(), strict=False)
    z = torch.randn(3, 8)
    assert torch.equal(shallow(z), deep(z))


def test_a_block_learns_at_once():
    """Its last layer is zero, yet gradients reach it."""
    block = Block(8, depth=1)
    block(torch.randn(2, 8, 4, 4)).square().sum().backward()
    assert block.out.weight.grad.abs().sum() > 0


@pytest.mark.parametrize("side", [1, 4, 5])
def test_enlarging_is_a_convolution_of_the_enlarged_picture(side):
    layer = Enlarging(6, 5).double()
    x = torch.randn(2, 6, side, side, dtype=torch.float64, requires_grad=True)
    enlarged = interpolate(x, scale_factor=2.0)
    plain = conv2d(enlarged, layer.weight, layer.bias, padding=1)
    assert torch.allclose(layer(x), plain)
    wanted = [x, *layer.parameters()]
    gradients = (torch.autograd.grad(y.square().sum(), wanted) for y in (layer(x), plain))
    for ours, theirs in zip(*gradients, strict=True):
        assert torch.allclose(ours, theirs)


@pytest.mark.parametrize(
    ("width", "cap", "last_side", "expected"),
    [
        (64, 192, 16, [192, 128, 64]),
        (8, 1024, 64, [128, 64, 32, 16, 8]),
        (8, 16, 4, [8]),
        (64, 32, 16, [64, 64, 64]),  # the finest stage is never narrowed
    ],
)
def test_stages_double_towards_4_px_up_to_the_cap(width, cap, last_side, expected):
    assert stage_widths(tiny(width=width, width_cap=cap), last_side) == expected


def test_r3_starts_with_a_sound_scale():
    """Signals neither die nor explode on their way through a new, deep network."""
    torch.manual_seed(0)
    config = tiny(side=64, width=16, width_cap=64, latent_size=64)
    pictures = build_generator(config)(torch.randn(16, 64))
    logits = build_discriminator(config)(pictures)
    assert 0.1 < pictures.std().item() < 3
    assert 0.01 < logits.std().item() < 10
