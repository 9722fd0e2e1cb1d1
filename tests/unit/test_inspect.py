import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets import inspect as inspecting
from ganart.datasets.inspect import THUMBNAIL_SIDE, inspect, pixel_hash


def noise(width, height, seed=0):
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 3))
    return Image.fromarray(values.astype(np.uint8))


def test_same_pixels_in_other_files_have_one_hash(tmp_path):
    picture = noise(30, 20)
    picture.save(tmp_path / "a.png")
    picture.save(tmp_path / "b.tif")
    picture.save(tmp_path / "c.webp", lossless=True)
    hashes = {inspect(path).pixel_hash for path in tmp_path.iterdir()}
    assert hashes == {pixel_hash(picture)}


@given(st.integers(0, 29), st.integers(0, 19), st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_any_changed_pixel_changes_the_hash(x, y, band):
    picture = noise(30, 20)
    before = pixel_hash(picture)
    colour = list(picture.getpixel((x, y)))
    colour[band] ^= 1
    picture.putpixel((x, y), tuple(colour))
    assert pixel_hash(picture) != before


def test_shape_is_part_of_the_hash():
    assert pixel_hash(Image.new("RGB", (4, 6))) != pixel_hash(Image.new("RGB", (6, 4)))


def test_strips_do_not_change_the_hash(monkeypatch):
    picture = noise(50, 40)
    whole = pixel_hash(picture)
    monkeypatch.setattr(inspecting, "_STRIP_BYTES", 200)
    assert pixel_hash(picture) == whole


def test_small_picture_is_its_own_thumbnail(tmp_path):
    picture = noise(64, 64)
    picture.save(tmp_path / "small.png")
    with Image.open(io.BytesIO(inspect(tmp_path / "small.png").thumbnail)) as thumbnail:
        assert (np.asarray(thumbnail) == np.asarray(picture)).all()


def test_large_picture_has_a_small_thumbnail_of_its_shape(tmp_path):
    noise(600, 300).save(tmp_path / "large.png")
    inspected = inspect(tmp_path / "large.png")
    assert (inspected.width, inspected.height) == (600, 300)
    with Image.open(io.BytesIO(inspected.thumbnail)) as thumbnail:
        assert thumbnail.size == (THUMBNAIL_SIDE, THUMBNAIL_SIDE // 2)


def test_very_long_picture_has_a_thumbnail(tmp_path):
    Image.new("RGB", (5000, 3)).save(tmp_path / "strip.png")
    with Image.open(io.BytesIO(inspect(tmp_path / "strip.png").thumbnail)) as thumbnail:
        assert thumbnail.size == (THUMBNAIL_SIDE, 1)
