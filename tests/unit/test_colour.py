"""Colours are checked as numbers, against the equations of the colour spaces themselves."""

import numpy as np
import pytest
from PIL import Image

from ganart.datasets.colour import to_srgb
from tests.unit import profiles

RANDOM = np.random.default_rng(7)


def image_of(values, mode: str | None = None, **info) -> Image.Image:
    image = Image.fromarray(np.asarray(values, dtype=np.uint8))
    if mode is not None:
        image = Image.frombytes(mode, image.size, image.tobytes())
    image.info.update(info)
    return image


def pixels(image: Image.Image) -> np.ndarray:
    assert image.mode == "RGB"
    return np.asarray(image).astype(int)


def test_rgb_without_profile_passes_unchanged():
    values = RANDOM.integers(0, 256, (5, 7, 3))
    assert (pixels(to_srgb(image_of(values))) == values).all()


def test_wide_gamut_profile_is_followed():
    values = RANDOM.integers(0, 256, (16, 16, 3))
    result = pixels(to_srgb(image_of(values, icc_profile=profiles.adobe_rgb())))
    # The profile stores its gamma of 2.2 as 563 / 256.
    expected = profiles.xyz_to_srgb((values / 255) ** (563 / 256) @ profiles.ADOBE_TO_XYZ.T)
    assert abs(result - expected).max() <= 1
    assert abs(result - values).mean() > 5


@pytest.mark.parametrize("gamma", [1.0, 0.55556])
def test_stated_gamma_is_followed_as_browsers_do(gamma):
    values = np.arange(256)[np.newaxis]
    result = pixels(to_srgb(image_of(values, gamma=gamma)))
    light = (values / 255) ** (1 / gamma)
    expected = profiles.xyz_to_srgb(light[..., np.newaxis] * profiles.D50)
    assert abs(result - expected).max() <= 1
    assert abs(result[..., 0] - values).max() > 10


@pytest.mark.parametrize(
    "info", [{"gamma": 0.45455}, {"gamma": 1.0, "srgb": 0}, {"gamma": 0.0}, {"gamma": 450.0}]
)
def test_gamma_that_says_nothing_changes_nothing(info):
    values = np.arange(256)[np.newaxis]
    assert (pixels(to_srgb(image_of(values, **info)))[..., 0] == values).all()


def test_grey_profile_is_followed():
    values = np.arange(16, 256)[np.newaxis]
    result = pixels(to_srgb(image_of(values, icc_profile=profiles.grey(1.5))))
    expected = profiles.xyz_to_srgb((values / 255)[..., np.newaxis] ** 1.5 * profiles.D50)
    assert abs(result - expected).max() <= 1


def test_rgb_profile_in_a_grey_picture_keeps_it_grey():
    values = np.arange(256)[np.newaxis]
    result = pixels(to_srgb(image_of(values, icc_profile=profiles.adobe_rgb())))
    assert np.ptp(result, axis=2).max() <= 1


def test_inks_with_a_profile_follow_it():
    inks = RANDOM.integers(0, 256, (16, 16, 4))
    inks[..., 3] = RANDOM.integers(40, 130, (16, 16))
    picture = image_of(inks, "CMYK", icc_profile=profiles.inks())
    c, m, y, k = np.moveaxis(inks / 255, -1, 0)
    lab = np.stack([100 * (1 - k), 20 * (m - c), 20 * (y - m)], axis=-1)
    assert abs(pixels(to_srgb(picture)) - profiles.lab_to_srgb(lab)).max() <= 3


def test_inks_without_a_profile_darken_as_filters_do():
    inks = RANDOM.integers(0, 256, (8, 8, 4))
    light = 1 - inks / 255
    expected = 255 * light[..., :3] * light[..., 3:]
    assert abs(pixels(to_srgb(image_of(inks, "CMYK"))) - expected).max() <= 1


@pytest.mark.parametrize("profile", [b"junk", profiles.adobe_rgb()[:200], profiles.inks()])
def test_profile_that_is_damaged_or_of_another_kind_is_ignored(profile):
    values = RANDOM.integers(0, 256, (4, 4, 3))
    assert (pixels(to_srgb(image_of(values, icc_profile=profile))) == values).all()


def test_lab_pictures_become_their_colours():
    # L* is 0..255 for 0..100, a* and b* are signed bytes.
    stored = [[[128, 0, 0], [255, 0, 0], [0, 0, 0], [128, 40, 216], [200, 236, 30]]]
    lab = np.array([[[50.2, 0, 0], [100, 0, 0], [0, 0, 0], [50.2, 40, -40], [78.4, -20, 30]]])
    result = pixels(to_srgb(image_of(stored, "LAB")))
    assert abs(result - profiles.lab_to_srgb(lab)).max() <= 2


def test_sixteen_bit_grey_keeps_its_range():
    values = np.array([[0, 257, 128 * 257, 65535]], dtype=np.uint16)
    assert pixels(to_srgb(Image.fromarray(values)))[0, :, 0].tolist() == [0, 1, 128, 255]


@pytest.mark.parametrize(
    ("top", "kind"),
    [(1.0, np.float32), (255, np.float32), (65535, np.int32), (10**6, np.int32)],
)
def test_white_of_wide_grey_is_the_least_usual_limit_that_holds_it(top, kind):
    values = (np.array([[0, 0.5, 1]]) * top).astype(kind)
    grey = pixels(to_srgb(Image.fromarray(values)))[0, :, 1]
    assert grey.tolist() == pytest.approx([0, 127.5, 255], abs=1)


def test_numbers_that_are_none_become_black():
    values = np.array([[np.nan, np.inf, -np.inf, 1.0]], dtype=np.float32)
    assert pixels(to_srgb(Image.fromarray(values)))[0, :, 0].tolist() == [0, 0, 0, 255]


def test_bits_become_black_and_white():
    picture = Image.frombytes("1", (8, 1), b"\xaa")
    assert pixels(to_srgb(picture))[0, :4, 2].tolist() == [255, 0, 255, 0]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "RGBa"])
def test_clear_parts_show_the_background(mode):
    picture = Image.new("RGBA", (1, 1), (10, 10, 10, 0)).convert(mode)
    assert pixels(to_srgb(picture, (1, 2, 3)))[0, 0].tolist() == [1, 2, 3]


def test_half_clear_parts_are_mixed():
    values = RANDOM.integers(0, 256, (6, 6, 4))
    share = values[..., 3:] / 255
    expected = values[..., :3] * share + np.array([250, 100, 0]) * (1 - share)
    result = pixels(to_srgb(image_of(values, "RGBA"), (250, 100, 0)))
    assert abs(result - expected).max() <= 1


def test_clear_colour_of_a_palette_shows_the_background():
    picture = Image.frombytes("P", (3, 1), bytes([0, 1, 2]))
    picture.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    picture.info["transparency"] = 1
    assert pixels(to_srgb(picture, (9, 9, 9)))[0].tolist() == [[255, 0, 0], [9, 9, 9], [0, 0, 255]]


@pytest.mark.parametrize(
    ("picture", "clear"),
    [
        (image_of([[0, 255]]), 255),
        (image_of([[[0, 0, 0], [255, 255, 255]]]), (255, 255, 255)),
        (Image.fromarray(np.array([[0, 65535]], dtype=np.uint16)), 65535),
    ],
)
def test_one_colour_named_clear_shows_the_background(picture, clear):
    picture.info["transparency"] = clear
    assert pixels(to_srgb(picture, (5, 6, 7)))[0].tolist() == [[0, 0, 0], [5, 6, 7]]
