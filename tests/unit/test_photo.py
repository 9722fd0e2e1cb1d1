import numpy as np
import pytest
from PIL import ExifTags, Image

from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.photo import read_photo
from tests.unit import profiles

RANDOM = np.random.default_rng(1).integers(0, 256, (20, 30, 3)).astype(np.uint8)


def save(path, pixels=RANDOM, **options):
    Image.fromarray(pixels).save(path, **options)
    return path


def test_a_photo_brings_everything_along(tmp_path):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera"
    path = save(tmp_path / "a.png", exif=exif, icc_profile=profiles.adobe_rgb(), dpi=(300, 150))
    photo = read_photo(path)
    assert photo.pixels.shape == (20, 30, 3)
    assert photo.alpha is None
    assert photo.profile == profiles.adobe_rgb()
    assert photo.dpi == pytest.approx((300, 150), abs=0.1)
    assert photo.format == "PNG"
    kept = Image.Exif()
    kept.load(photo.exif)
    assert kept[ExifTags.Base.Make] == "Camera"


def test_alpha_is_apart_and_clear_parts_are_quiet(tmp_path):
    pixels = np.dstack([RANDOM, np.full((20, 30), 255, np.uint8)])
    pixels[:5, :, 3] = 0
    pixels[5:10, :, 3] = 90
    photo = read_photo(save(tmp_path / "a.png", pixels))
    assert np.array_equal(photo.alpha, pixels[..., 3])
    assert np.array_equal(photo.pixels[5:], RANDOM[5:])
    assert abs(photo.pixels[:5] - RANDOM[5:].mean(axis=(0, 1))).max() <= 0.51


def test_a_fully_transparent_photo_is_white_under_its_alpha(tmp_path):
    photo = read_photo(save(tmp_path / "a.webp", np.zeros((4, 6, 4), np.uint8), lossless=True))
    assert photo.pixels.min() == 255
    assert photo.alpha.max() == 0


def test_alpha_that_hides_nothing_is_none(tmp_path):
    opaque = np.dstack([RANDOM, np.full((20, 30), 255, np.uint8)])
    assert read_photo(save(tmp_path / "a.png", opaque)).alpha is None


def test_pixels_and_alpha_are_turned_upright(tmp_path):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    pixels = np.dstack([RANDOM, np.arange(1, 601).reshape(20, 30).astype(np.uint8) | 1])
    photo = read_photo(save(tmp_path / "a.png", pixels, exif=exif))
    assert np.array_equal(photo.pixels, np.rot90(RANDOM, -1))
    assert np.array_equal(photo.alpha, np.rot90(pixels[..., 3], -1))


@pytest.mark.parametrize(
    ("mode", "shape"),
    [("L", (3, 5)), ("CMYK", (3, 5)), ("I;16", (3, 5)), ("1", (3, 5)), ("P", (1, 1))],
)
def test_every_mode_comes_as_rgb(tmp_path, mode, shape):
    path = tmp_path / "a.tif"
    Image.new(mode, shape[::-1]).save(path)
    assert read_photo(path).pixels.shape == (*shape, 3)


def test_sides_of_one_and_of_thirty_thousand_pixels(tmp_path):
    long = np.zeros((1, 30_000, 3), np.uint8)
    assert read_photo(save(tmp_path / "a.png", long)).pixels.shape == long.shape


def test_a_photo_may_lie_in_memory(tmp_path):
    content = save(tmp_path / "a.png").read_bytes()
    photo = read_photo(tmp_path / "gone.png", content)
    assert np.array_equal(photo.pixels, RANDOM)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<html>", Reason.NOT_A_PICTURE),
        (b"\x89PNG\r\n\x1a\n", Reason.DAMAGED),
    ],
)
def test_bad_content_in_memory_is_told(tmp_path, content, reason):
    with pytest.raises(Unreadable) as caught:
        read_photo(tmp_path / "a.zip" / "b.png", content)
    assert caught.value.reason is reason


def test_odd_metadata_is_left_out(tmp_path):
    path = save(tmp_path / "a.jpg", exif=b"Exif\0\0nonsense", icc_profile=b"nonsense")
    photo = read_photo(path)
    assert photo.exif == b""
    assert photo.pixels.shape == RANDOM.shape
