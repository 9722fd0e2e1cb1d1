from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from ganart.datasets.photo import read_photo
from ganart.errors import DiskFull
from ganart.media.metadata import read_recipe
from ganart.media.photo_files import Plain, TooLongForFormat, encoded_photo, save_photo
from ganart.media.style_recipe import Source, StyleRecipe
from tests.unit import profiles

SUFFIXES = (".jpg", ".png", ".webp", ".tif")
# Smooth, so that JPEG changes it little.
DOWN, ACROSS = np.mgrid[:30, :40]
PIXELS = np.dstack([8 * DOWN, 6 * ACROSS, np.full_like(DOWN, 99)]).astype(np.uint8)
RECIPE = StyleRecipe("stylized", Source("a.jpg"), (Source("starry"),), {"strength": 0.5})


@dataclass
class Original:
    alpha: object = None
    exif: bytes = b""
    profile: bytes | None = None
    dpi: tuple[float, float] | None = None


def camera_exif(note=b"x" * 100):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera"
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Zoë"
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.ISOSpeedRatings: 200,
        ExifTags.Base.MakerNote: note,
        ExifTags.Base.ExifImageWidth: 4000,
    }
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitudeRef: "N"}
    return exif.tobytes()


def exif_of(path):
    with Image.open(path) as image:
        exif = image.getexif()
        for directory in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
            exif.get_ifd(directory)  # a TIFF reads them only while it is open
        return exif


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_exif_is_kept_but_for_what_no_longer_holds(tmp_path, suffix):
    target = tmp_path / f"a{suffix}"
    save_photo(PIXELS, target, Original(exif=camera_exif(), dpi=(300, 300)))
    exif = exif_of(target)
    assert exif[ExifTags.Base.Make] == "Camera"
    assert exif.get(ExifTags.Base.Orientation, 1) == 1
    details = exif.get_ifd(ExifTags.IFD.Exif)
    assert details[ExifTags.Base.ISOSpeedRatings] == 200
    assert details[ExifTags.Base.ExifImageWidth] == 40
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
    photo = read_photo(target)
    assert abs(photo.pixels.astype(int) - PIXELS).max() <= 12
    assert suffix == ".webp" or photo.dpi == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize(("keep_profile", "told"), [(False, 1), (True, 65535)])
def test_exif_names_the_colour_space_of_the_result(tmp_path, keep_profile, told):
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.ColorSpace: 65535}
    like = Original(exif=exif.tobytes(), profile=profiles.adobe_rgb())
    save_photo(PIXELS, tmp_path / "a.jpg", like, keep_profile=keep_profile)
    details = exif_of(tmp_path / "a.jpg").get_ifd(ExifTags.IFD.Exif)
    assert details[ExifTags.Base.ColorSpace] == told


def test_a_resolution_that_a_jpeg_cannot_hold_is_left_out(tmp_path):
    save_photo(PIXELS, tmp_path / "a.jpg", Original(dpi=(70_000, 70_000)))
    with Image.open(tmp_path / "a.jpg") as image:
        assert "dpi" not in image.info


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_place_is_kept_only_where_wanted(tmp_path, suffix):
    target = tmp_path / f"a{suffix}"
    save_photo(PIXELS, target, Original(exif=camera_exif()), keep_gps=True)
    assert exif_of(target).get_ifd(ExifTags.IFD.GPSInfo) == {ExifTags.GPS.GPSLatitudeRef: "N"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_recipe_is_read_back(tmp_path, suffix):
    target = tmp_path / f"a{suffix}"
    save_photo(PIXELS, target, Original(exif=camera_exif()), recipe=RECIPE)
    assert read_recipe(target) == RECIPE


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_alpha_is_kept_where_the_format_has_it(tmp_path, suffix):
    alpha = np.zeros((30, 40), np.uint8)
    alpha[:, 20:] = 255
    target = tmp_path / f"a{suffix}"
    save_photo(PIXELS, target, Original(alpha=alpha))
    photo = read_photo(target)
    if suffix == ".jpg":
        assert photo.alpha is None
        assert photo.pixels[:, :16].min() > 240
    else:
        assert np.array_equal(photo.alpha, alpha)


def test_alpha_of_another_size_is_fitted(tmp_path):
    target = tmp_path / "a.png"
    save_photo(PIXELS, target, Original(alpha=np.full((3, 4), 77, np.uint8)))
    assert (read_photo(target).alpha == 77).all()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_pixels_are_srgb_or_in_the_profile_of_the_photo(tmp_path, suffix):
    target, like = tmp_path / f"a{suffix}", Original(profile=profiles.adobe_rgb())
    save_photo(PIXELS, target, like)
    assert read_photo(target).profile is None
    save_photo(PIXELS, target, like, keep_profile=True)
    with Image.open(target) as stored:
        assert abs(np.asarray(stored.convert("RGB")).astype(int) - PIXELS).mean() > 3
    photo = read_photo(target)
    assert photo.profile == profiles.adobe_rgb()
    assert abs(photo.pixels.astype(int) - PIXELS).mean() < 3


@pytest.mark.parametrize("profile", [b"nonsense", profiles.inks(), profiles.grey(2.2)])
def test_a_profile_that_does_not_fit_is_left_out(tmp_path, profile):
    target = tmp_path / "a.png"
    save_photo(PIXELS, target, Original(profile=profile), keep_profile=True)
    photo = read_photo(target)
    assert photo.profile is None
    assert np.array_equal(photo.pixels, PIXELS)


def test_too_much_exif_loses_the_makers_note_first(tmp_path):
    target = tmp_path / "a.jpg"
    save_photo(PIXELS, target, Original(exif=camera_exif(b"x" * 65_400)), recipe=RECIPE)
    exif = exif_of(target)
    assert exif[ExifTags.Base.Make] == "Camera"
    assert ExifTags.Base.MakerNote not in exif.get_ifd(ExifTags.IFD.Exif)
    assert read_recipe(target) == RECIPE


def test_exif_that_is_too_long_altogether_leaves_the_recipe(tmp_path):
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "x" * 70_000
    target = tmp_path / "a.jpg"
    save_photo(PIXELS, target, Original(exif=exif.tobytes()), recipe=RECIPE)
    assert read_recipe(target) == RECIPE


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_exif_never_costs_the_picture(data):
    block = bytearray(camera_exif())
    places = st.integers(6, len(block) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=12)):
        block[place] = data.draw(st.integers(0, 255))
    content = encoded_photo(PIXELS, ".jpg", Original(exif=bytes(block)), keep_gps=True)
    assert content.startswith(b"\xff\xd8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_equal_arguments_give_equal_bytes(suffix):
    like = Original(exif=camera_exif(), profile=profiles.adobe_rgb(), dpi=(72, 72))
    first, second = (
        encoded_photo(PIXELS, suffix, like, keep_profile=True, recipe=RECIPE) for _ in range(2)
    )
    assert first == second


def test_quality_makes_smaller_files():
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3)).astype(np.uint8)
    for suffix in (".jpg", ".webp"):
        sizes = [len(encoded_photo(noise, suffix, Plain(), quality=each)) for each in (20, 92)]
        assert sizes[0] < 0.7 * sizes[1]


def test_a_side_that_the_format_cannot_hold_is_told(tmp_path):
    line = np.zeros((1, 20_000, 3), np.uint8)
    with pytest.raises(TooLongForFormat, match="WEBP file holds at most 16383 pixels"):
        save_photo(line, tmp_path / "a.webp", Plain())
    assert not list(tmp_path.iterdir())
    save_photo(line, tmp_path / "a.jpg", Plain())


def test_a_full_disk_leaves_nothing(tmp_path, full_disk):
    with pytest.raises(DiskFull):
        save_photo(PIXELS, tmp_path / "a.png", Plain())
    assert not list(tmp_path.iterdir())


def test_odd_folders_are_fine(odd_folder):
    save_photo(PIXELS, odd_folder / "نقاشی.jpg", Plain())
    assert read_photo(odd_folder / "نقاشی.jpg").pixels.shape == PIXELS.shape


def test_a_recipe_that_no_jpeg_holds_does_not_cost_the_picture():
    styles = tuple(Source("🎨" * 255) for _ in range(40))
    recipe = StyleRecipe("stylized", Source("a.jpg"), styles, {})
    content = encoded_photo(PIXELS, ".jpg", Plain(), recipe=recipe)
    with Image.open(BytesIO(content)) as image:
        assert image.size == (40, 30)
