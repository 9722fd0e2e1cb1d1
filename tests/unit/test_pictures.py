import numpy as np
import pytest
from PIL import Image

from ganart.errors import DiskFull, FolderNotWritable
from ganart.media.pictures import enlarged, read_recipe, save_png
from tests.unit.test_recipe import PICTURE

PIXELS = np.random.default_rng(1).integers(0, 256, (16, 24, 3), np.uint8)


def test_a_picture_keeps_its_pixels_and_its_recipe(odd_folder):
    target = odd_folder / "art.png"
    save_png(PIXELS, target, PICTURE)
    with Image.open(target) as image:
        assert image.mode == "RGB"
        assert np.array_equal(np.asarray(image), PIXELS)
    assert read_recipe(target) == PICTURE


def test_enlarging_turns_each_pixel_into_a_square(tmp_path):
    save_png(PIXELS, tmp_path / "art.png", scale=3)
    with Image.open(tmp_path / "art.png") as image:
        large = np.asarray(image)
    assert large.shape == (48, 72, 3)
    assert all(np.array_equal(large[y::3, x::3], PIXELS) for y in range(3) for x in range(3))
    with pytest.raises(ValueError):
        enlarged(PIXELS, 0)


def test_a_folder_that_cannot_be_written_is_told(read_only_folder):
    with pytest.raises(FolderNotWritable):
        save_png(PIXELS, read_only_folder / "art.png")


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_told_and_leaves_the_old_picture(tmp_path):
    target = tmp_path / "art.png"
    target.write_bytes(b"old")
    with pytest.raises(DiskFull):
        save_png(PIXELS, target, PICTURE)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
