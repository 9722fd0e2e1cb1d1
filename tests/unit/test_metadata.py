import os
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from ganart.errors import StudioError
from ganart.media.metadata import EXIF_ASCII, PNG_KEYWORD, CannotOpen, NoRecipe, read_recipe
from ganart.media.pictures import save_png
from ganart.media.recipe import BadRecipe, Recipe
from tests.films import save_animation
from tests.unit.test_animations import LOOP, moving
from tests.unit.test_recipe import PICTURE

PIXELS = np.zeros((8, 8, 3), np.uint8)
SUFFIXES = (".png", ".gif", ".webp", ".mp4")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a folder with a file of each kind, all with recipes."""
    folder = tmp_path_factory.mktemp("saved")
    save_png(PIXELS, folder / "art.png", PICTURE)
    for suffix in SUFFIXES[1:]:
        save_animation(moving(3), folder / f"art{suffix}", 24, LOOP)
    return folder


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_recipe_is_found_by_content_not_by_name(saved, tmp_path, suffix):
    renamed = tmp_path / "anything.bin"
    renamed.write_bytes((saved / f"art{suffix}").read_bytes())
    assert read_recipe(renamed) == (PICTURE if suffix == ".png" else LOOP)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damaged_files_end_in_words(saved, tmp_path_factory, suffix, data):
    content = bytearray((saved / f"art{suffix}").read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / f"damaged{suffix}"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    with suppress(StudioError):
        assert isinstance(read_recipe(path), Recipe)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_of_other_programs_have_no_recipe(tmp_path, suffix):
    path = tmp_path / f"other{suffix}"
    if suffix == ".mp4":
        save_animation(moving(2), path, 24)
    else:
        Image.fromarray(PIXELS).save(path)
    with pytest.raises(NoRecipe):
        read_recipe(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"GIF89a", b"\0\0\0\x18ftypisom" * 9])
def test_what_is_no_picture_has_no_recipe(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NoRecipe):
        read_recipe(path)


def test_missing_files_and_folders_cannot_be_opened(tmp_path):
    for path in (tmp_path, tmp_path / "missing.png"):
        with pytest.raises(CannotOpen):
            read_recipe(path)


def test_a_recipe_behind_the_pixels_is_found(saved, tmp_path):
    content = (saved / "art.png").read_bytes()
    start = content.index(b"iTXt") - 4
    end = start + 12 + struct.unpack(">I", content[start : start + 4])[0]
    chunk, rest = content[start:end], content[:start] + content[end:]
    path = tmp_path / "moved.png"
    path.write_bytes(rest[:-12] + chunk + rest[-12:])
    assert read_recipe(path) == PICTURE


def test_a_text_that_swells_when_unpacked_is_refused(tmp_path):
    bomb = zlib.compress(b"9" * 50_000_000)
    for kind, head in ((b"zTXt", b"\0\0"), (b"iTXt", b"\0\1\0\0\0")):
        texts = PngImagePlugin.PngInfo()
        texts.add(kind, PNG_KEYWORD.encode() + head + bomb)
        path = tmp_path / "bomb.png"
        Image.fromarray(PIXELS).save(path, pnginfo=texts)
        with pytest.raises((NoRecipe, BadRecipe)):
            read_recipe(path)


def test_a_picture_of_absurd_size_is_not_unpacked(tmp_path):
    def chunk(kind, body):
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    path = tmp_path / "huge.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b""))
    with pytest.raises(NoRecipe):
        read_recipe(path)


def test_a_recipe_that_is_no_good_says_so(tmp_path):
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt(PNG_KEYWORD, "{}")
    Image.fromarray(PIXELS).save(tmp_path / "art.png", pnginfo=texts)
    with pytest.raises(BadRecipe):
        read_recipe(tmp_path / "art.png")


@pytest.mark.parametrize("text", ["hello", '{"filter":0,"mirror":true}'])
@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".gif"])
def test_comments_of_cameras_and_other_programs_are_no_recipes(tmp_path, suffix, text):
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.UserComment: EXIF_ASCII + text.encode()}
    options = {"comment": text.encode()} if suffix == ".gif" else {"exif": exif}
    path = tmp_path / f"photo{suffix}"
    Image.fromarray(PIXELS).save(path, **options)
    with pytest.raises(NoRecipe):
        read_recipe(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_fifo_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(CannotOpen):
        read_recipe(tmp_path / "pipe.png")
