import pytest
import torch

from ganart.engine.gan.config import SIDES
from ganart.engine.gan.networks import build_discriminator, build_generator, stage_widths
from ganart.engine.gan.networks.r3 import Block
from tests.engine.toys import ARCHITECTURES, tiny


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_shapes_fit_at_every_side(architecture, side):
    config = tiny(architecture=architecture, side=side, width=4, width_cap=8)
    # Two hidden layers of 512 and 1024 are fixed in the lesson's network.
    pictures = build_generator(config)(torch.randn(2, config.latent_size))
    assert pictures.shape == (2, 3, side, side)
    assert build_discriminator(config)(pictures).shape == (2,)


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


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_weight_learns(architecture):
    config = tiny(architecture=architecture, side=16, blocks=0)
    generator, discriminator = build_generator(config), build_discriminator(config)
    discriminator(generator(torch.randn(4, 8))).sum().backward()
    for network in (generator, discriminator):
        for name, weight in network.named_parameters():
            assert weight.grad is not None, name


def test_r3_starts_with_a_sound_scale():
    """Signals neither die nor explode on their way through a new, deep network."""
    torch.manual_seed(0)
    config = tiny(side=64, width=16, width_cap=64, latent_size=64)
    pictures = build_generator(config)(torch.randn(16, 64))
    logits = build_discriminator(config)(pictures)
    assert 0.1 < pictures.std().item() < 3
    assert 0.01 < logits.std().item() < 10
