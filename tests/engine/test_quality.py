import numpy as np
import pytest
from PIL import Image, ImageFilter

from tests.conftest import SAMPLE_PICTURES
from tests.engine.pixel_measures import diversity, sliced_wasserstein


@pytest.fixture(scope="module")
def real():
    """Return 32 real pictures (32, 32, 32, 3)."""
    paths = sorted(SAMPLE_PICTURES.glob("*.png"))[:32]
    pictures = [Image.open(path).convert("RGB").resize((32, 32)) for path in paths]
    return np.stack([np.asarray(picture) for picture in pictures])


def changed(pictures, change):
    return np.stack([np.asarray(change(Image.fromarray(each))) for each in pictures])


def noisy(pictures, deviation):
    noise = np.random.default_rng(0).normal(0, deviation, pictures.shape)
    return (pictures + noise).clip(0, 255).astype(np.uint8)


def test_the_same_set_has_no_distance(real):
    assert sliced_wasserstein(real, real) == 0.0


def test_the_order_of_the_pictures_does_not_matter(real):
    assert sliced_wasserstein(real[::-1].copy(), real) == pytest.approx(0.0, abs=1e-6)


def test_it_is_deterministic_for_a_seed(real):
    other = noisy(real, 30)
    distances = [sliced_wasserstein(other, real, seed) for seed in (0, 0, 1)]
    assert distances[0] == distances[1]
    assert distances[2] != distances[0]
    assert distances[2] == pytest.approx(distances[0], rel=0.2)


DAMAGES = {
    "blur": lambda pictures, amount: changed(
        pictures, lambda each: each.filter(ImageFilter.GaussianBlur(amount))
    ),
    "noise": lambda pictures, amount: noisy(pictures, 15 * amount),
    "colour cast": lambda pictures, amount: (
        (pictures + np.array([20 * amount, 0, -20 * amount])).clip(0, 255).astype(np.uint8)
    ),
    "flatter contrast": lambda pictures, amount: (
        128 + (pictures - 128.0) * (1 - amount / 4)
    ).astype(np.uint8),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_grows_with_every_kind_of_damage(real, damage):
    distances = [sliced_wasserstein(DAMAGES[damage](real, amount), real) for amount in (1, 2, 3)]
    assert 0 < distances[0] < distances[1] < distances[2]


def test_it_is_about_the_same_both_ways(real):
    other = changed(real, lambda each: each.filter(ImageFilter.GaussianBlur(0.4)))
    there, back = sliced_wasserstein(other, real), sliced_wasserstein(real, other)
    assert back == pytest.approx(there, rel=0.6)


def test_one_picture_for_all_is_far_from_the_set(real):
    collapsed = np.repeat(real[:1], len(real), axis=0)
    assert sliced_wasserstein(collapsed, real) > sliced_wasserstein(real[:16], real[16:])


@pytest.mark.parametrize("side", [8, 16, 64])
def test_every_side_can_be_measured(side):
    pixels = np.random.default_rng(1).integers(0, 256, (6, side, side, 3), dtype=np.uint8)
    assert sliced_wasserstein(pixels, pixels) == 0.0
    assert sliced_wasserstein(255 - pixels // 2, pixels) > 0


def test_sets_of_different_length_are_compared_by_their_quantiles(real):
    twice = np.concatenate([real, real])
    assert sliced_wasserstein(twice, real) < 0.01
    assert sliced_wasserstein(real[:16], real) < sliced_wasserstein(noisy(real, 60)[:16], real)


def test_diversity_is_1_for_the_folder_itself_and_0_for_one_picture(real):
    assert diversity(real, real) == pytest.approx(1.0)
    assert diversity(np.repeat(real[:1], 32, axis=0), real) == pytest.approx(0.0, abs=1e-5)


def test_diversity_falls_when_pictures_become_alike(real):
    mean = real.mean(0, keepdims=True)
    alike = (mean + (real - mean) * 0.5).astype(np.uint8)
    assert diversity(alike, real) == pytest.approx(0.5, abs=0.03)


def test_noise_is_no_diversity(real):
    collapsed = noisy(np.repeat(real[:1], 32, axis=0), 30)
    assert diversity(collapsed, real) < 0.35


def test_a_folder_of_equal_pictures_has_no_measure(real):
    flat = np.repeat(real[:1], 4, axis=0)
    assert diversity(real[:4], flat) == 1.0
