"""Networks whose pictures are no squares: every architecture begins with their shape."""

import math
from itertools import product

import numpy as np
import pytest
import torch

from ganart.engine.errors import BadOption
from ganart.engine.gan.batches import Batches
from ganart.engine.gan.checkpoint import load_checkpoint, model_info, save_checkpoint
from ganart.engine.gan.config import NETWORK, SHAPES, SIDES, TrainConfig, shape_of_size
from ganart.engine.gan.networks import beginning, build_discriminator, build_generator
from ganart.engine.gan.quality.copies import CopyCheck
from ganart.engine.gan.quality.yardstick import Yardstick
from ganart.engine.gan.steps import training_step
from tests.engine.pixel_measures import finish
from tests.engine.toys import ARCHITECTURES, CPU, fresh, random_pixels, same, tiny, weights

EXTREMES = ("1:3", "2:1", "3:2", "4:3", "7:4")


def test_a_square_stays_what_it_was():
    for side in SIDES:
        config = TrainConfig(side=side)
        assert config.size == (side, side)
        assert beginning(config) == (4, 4)
    assert TrainConfig.from_mapping({"side": 64}) == TrainConfig(side=64, shape="1:1")


@pytest.mark.parametrize(("shape", "side"), [*product(SHAPES, SIDES)])
def test_every_size_is_its_beginning_doubled(shape, side):
    config = TrainConfig(side=side, shape=shape)
    width, height = config.size
    assert 0.49 < width * height / side**2 < 2.01
    rows, columns = beginning(config)
    assert (columns * side // 4, rows * side // 4) == (width, height)
    assert min(rows, columns) >= 2
    assert shape_of_size(width, height) == {"side": side, "shape": shape}


def test_a_size_that_no_network_reaches_is_refused_with_near_ones():
    with pytest.raises(BadOption) as refused:
        shape_of_size(100, 64)
    assert "96x64" in str(refused.value)


def test_the_shape_belongs_to_the_networks():
    assert "shape" in NETWORK


@pytest.mark.parametrize(
    ("architecture", "shape", "side"), [*product(ARCHITECTURES, EXTREMES, (8, 32, 64))]
)
def test_every_weight_learns_in_every_shape(architecture, shape, side):
    torch.manual_seed(0)
    config = tiny(architecture=architecture, shape=shape, side=side, width=4, style_mixing=1.0)
    generator, discriminator = build_generator(config), build_discriminator(config)
    width, height = config.size
    real = torch.rand(2, 3, height, width)
    for network in (generator, discriminator):
        network.grow(1.0)
    random = torch.Generator().manual_seed(1)
    made, shown = generator.views(torch.randn(2, 8), random), discriminator.views(real)
    assert made[0].shape == real.shape
    if architecture == "vae":
        assert discriminator(real).shape == (2, 16)
        return
    assert [each.shape for each in made] == [each.shape for each in shown]
    logits, own = discriminator.judge_real(shown, random)
    loss = (logits - 2 * discriminator(*made)).sum()
    (loss if own is None else loss + own).backward()
    for network in (generator, discriminator):
        for name, weight in network.named_parameters():
            if not name.startswith(("to_rgb", "from_rgb")):
                assert weight.grad is not None, name
                assert weight.grad.isfinite().all(), name


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_going_on_is_the_same_as_never_having_stopped(architecture, tmp_path):
    config = tiny(architecture=architecture, shape="3:2", side=16, augment=0.5, mirror=True)
    whole, stopped = fresh(config), fresh(config)
    for _ in range(6):
        training_step(config, whole)
    for _ in range(3):
        training_step(config, stopped)
    path = tmp_path / "half.safetensors"
    save_checkpoint(path, stopped, model_info(config, stopped, "toy", ""))
    resumed, info = load_checkpoint(path, random_pixels(10, config.size), CPU)
    assert info.config.size == (24, 16)
    for _ in range(3):
        training_step(config, resumed)
    assert same(
        weights(whole.ema, whole.generator, whole.discriminator),
        weights(resumed.ema, resumed.generator, resumed.discriminator),
    )


def test_pictures_that_may_be_turned_are_only_turned_upside_down():
    pixels = random_pixels(6, (12, 8))
    batches = Batches(pixels, 6, mirror=False, turn=True, seed=3, device=CPU)
    known = {each.tobytes(): number for number, each in enumerate(pixels)}
    known |= {
        np.ascontiguousarray(each[::-1, ::-1]).tobytes(): number + 100
        for number, each in enumerate(pixels)
    }
    seen = set()
    for _ in range(6):
        for each in ((batches.next() + 1) * 127.5).round().to(torch.uint8):
            seen.add(known[each.permute(1, 2, 0).contiguous().numpy().tobytes()])
    assert any(number >= 100 for number in seen)
    assert any(number < 100 for number in seen)


@pytest.mark.parametrize("size", [(48, 32), (32, 96), (12, 8)])
def test_quality_is_measured_in_the_pictures_own_shape(size):
    real = torch.from_numpy(random_pixels(12, size)).permute(0, 3, 1, 2)
    other = torch.from_numpy(random_pixels(12, size, seed=1)).permute(0, 3, 1, 2)
    yardstick = Yardstick(real)
    own, strange = finish(yardstick.outside(real)), finish(yardstick.outside(other // 2))
    assert own.likeness == 0 < strange.likeness
    assert own.diversity == pytest.approx(1)
    assert finish(yardstick.inside(real)).coverage == 1
    inside = finish(yardstick.inside(other))
    assert all(math.isfinite(each) for each in (inside.frechet, inside.kernel, inside.density))


def test_a_mirrored_copy_is_found():
    real = torch.from_numpy(random_pixels(12, (48, 32))).permute(0, 3, 1, 2)
    found = finish(finish(CopyCheck.of(real)).measure(real[3:5].flip(3)))
    assert found.row.tolist() == [3, 4]
    assert found.mirrored.all()
    assert found.share == 1
