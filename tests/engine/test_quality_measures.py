"""Density, coverage, Fréchet and kernel distance, the copy check, on sets whose answer is known."""

import numpy as np
import pytest
import torch
from PIL import Image

from ganart.engine.gan.augment import augment
from ganart.engine.gan.batches import to_pictures, to_pixels
from ganart.engine.gan.quality.copies import CopyCheck
from ganart.engine.gan.quality.coverage import CoverageMap
from ganart.engine.gan.quality.distances import frechet, kernel_distance
from ganart.engine.gan.quality.features import features
from ganart.engine.gan.quality.leak import LeakCheck
from ganart.engine.gan.quality.yardstick import Yardstick
from tests.conftest import SAMPLE_PICTURES
from tests.engine.pixel_measures import as_pictures, finish


def normal(count, size=4, seed=0):
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed))


def pictures(first, last, side=32):
    paths = sorted(SAMPLE_PICTURES.glob("*.png"))[first:last]
    opened = [Image.open(path).convert("RGB").resize((side, side)) for path in paths]
    return as_pictures(np.stack([np.asarray(each) for each in opened]))


@pytest.fixture(scope="module")
def real():
    """Return 64 real pictures (64, 3, 32, 32)."""
    return pictures(0, 64)


@pytest.fixture(scope="module")
def others():
    """Return 64 other pictures of the same kind: what a perfect model would make."""
    return pictures(64, 128)


@pytest.fixture(scope="module")
def check(real):
    return finish(CopyCheck.of(real))


def noisy(those, deviation):
    noise = torch.randn(those.shape, generator=torch.Generator().manual_seed(3)) * deviation
    return (those + noise).clamp(0, 255).to(torch.uint8)


def blurred(those):
    small = torch.nn.functional.avg_pool2d(those.float(), 2)
    return torch.nn.functional.interpolate(small, scale_factor=2.0, mode="bilinear").to(torch.uint8)


def test_the_frechet_distance_of_gaussians_is_that_of_the_formula():
    ours, theirs = normal(20_000) * 2 + 1, normal(20_000, seed=1)
    # |mean|² + the sum over the axes of (2 - 1)²
    assert frechet(ours, theirs) == pytest.approx(4 * 1 + 4 * 1, rel=0.03)


def test_sets_that_are_alike_have_no_distance():
    ours = normal(50, 100)
    assert frechet(ours, ours) == pytest.approx(0.0, abs=1e-3)
    assert abs(kernel_distance(normal(500), normal(500, seed=1))) < 0.05
    assert kernel_distance(normal(500) + 1, normal(500, seed=1)) > 1


def test_more_features_than_pictures_are_no_trouble():
    assert frechet(normal(3, 512), normal(2, 512, 1)) > 0


def test_a_perfect_model_covers_everything():
    real = normal(400)
    density, ratios = finish(finish(CoverageMap.of(real, 400)).measure(normal(400, seed=1)))
    assert density == pytest.approx(1.0, abs=0.15)
    assert (ratios < 1).float().mean() > 0.93


def test_coverage_expects_no_more_of_fewer_pictures():
    real = normal(400)
    _, ratios = finish(finish(CoverageMap.of(real, 100)).measure(normal(100, seed=1)))
    assert (ratios < 1).float().mean() > 0.93


def test_a_dropped_kind_of_picture_is_named():
    real = torch.cat([normal(391), normal(9, seed=5) * 0.2 + 6])
    _, ratios = finish(finish(CoverageMap.of(real, 400)).measure(normal(400, seed=1)))
    assert set(ratios.argsort(descending=True)[:9].tolist()) == set(range(391, 400))
    assert (ratios[391:] > 1).all()


def test_two_pictures_are_enough():
    real = normal(2)
    _, ratios = finish(finish(CoverageMap.of(real, 64)).measure(real))
    assert (ratios < 1).all()


def test_other_pictures_of_the_kind_are_no_copies(check, others):
    assert finish(check.measure(others)).share < 0.05


@pytest.mark.parametrize("change", [lambda x: x, lambda x: noisy(x, 25), lambda x: x.flip(3)])
def test_copies_are_found_with_their_original(check, real, change):
    found = finish(check.measure(change(real)))
    assert found.share > 0.95
    assert (found.row == torch.arange(len(real))).float().mean() > 0.95


def test_mirrored_copies_are_known_as_such(check, real):
    assert finish(check.measure(real.flip(3))).mirrored.float().mean() > 0.9
    assert not finish(check.measure(real)).mirrored.any()


def test_equal_pictures_can_be_checked(real):
    same = real[:1].expand(8, -1, -1, -1)
    check = finish(CopyCheck.of(same))
    assert finish(check.measure(same)).share == 1.0
    assert finish(check.measure(real[1:9])).share == 0.0


def test_the_network_sees_every_side():
    for side in (8, 16, 128):
        noise = torch.randint(0, 256, (2, 3, side, side), generator=torch.Generator())
        assert finish(features(noise.to(torch.uint8))).shape == (2, 512)


def test_the_network_tells_good_pictures_from_blurred_and_from_few(real, others):
    yardstick = Yardstick(real)
    with torch.inference_mode():
        good, soft, few = (
            finish(yardstick.inside(each))
            for each in (others, blurred(others), noisy(real[:4].repeat(16, 1, 1, 1), 10))
        )
    assert good.frechet < min(soft.frechet, few.frechet) / 2
    assert good.kernel < min(soft.kernel, few.kernel) / 2
    assert good.coverage > 0.85 > 0.5 > max(soft.coverage, few.coverage)


def test_pixels_tell_variety_and_copies(real, others):
    yardstick = Yardstick(real)
    good, copied = (finish(yardstick.outside(each)) for each in (others, noisy(real, 10)))
    assert good.diversity == pytest.approx(1.0, abs=0.15)
    assert good.nearest.share < 0.05 < 0.95 < copied.nearest.share
    assert copied.likeness < good.likeness * 2


def test_a_leak_of_the_augmentation_is_told_from_bad_pictures(real, others):
    check = finish(LeakCheck.of(real))

    def leak(those):
        return finish(check.measure(those))

    jittered = augment(to_pictures(others), 0.8, torch.Generator().manual_seed(0))
    leaked = as_pictures(to_pixels(jittered))
    few = real[:1].expand(64, -1, -1, -1)
    assert leak(real) == pytest.approx(0.0, abs=1e-4)
    assert max(leak(others), leak(noisy(others, 20)), leak(few)) < 0.35 < leak(leaked)
