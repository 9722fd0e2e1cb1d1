import errno
import io
import os
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets import decode as decoding
from ganart.datasets.decode import MAX_PIXELS, decode
from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.reasons import reason_of

COLOURS = np.array(
    [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[9, 9, 9], [99, 99, 99], [200, 200, 200]]]
)
TURNED = {
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: stored[::-1, ::-1].swapaxes(0, 1),
    8: lambda stored: np.rot90(stored),
}


@pytest.fixture
def picture() -> Image.Image:
    return Image.fromarray(COLOURS.astype(np.uint8))


@pytest.fixture
def photo() -> Image.Image:
    rows, columns = np.mgrid[0:120, 0:160]
    return Image.fromarray(np.stack([rows, columns, rows + columns], -1).astype(np.uint8))


def refusal(path) -> Reason:
    with pytest.raises(Unreadable) as caught:
        decode(path)
    assert caught.value.path == path
    return caught.value.reason


@pytest.mark.parametrize("suffix", ["png", "tif", "bmp", "webp", "ppm", "tga", "qoi", "jp2"])
def test_lossless_formats_keep_every_pixel(tmp_path, picture, suffix):
    path = tmp_path / f"picture.{suffix}"
    picture.save(path, lossless=True)
    decoded = decode(path)
    assert decoded.mode == "RGB"
    assert (np.asarray(decoded) == COLOURS).all()


@pytest.mark.parametrize("suffix", ["jpg", "avif", "gif"])
def test_lossy_formats_keep_the_look(tmp_path, photo, suffix):
    path = tmp_path / f"photo.{suffix}"
    photo.save(path)
    difference = np.asarray(decode(path)).astype(int) - np.asarray(photo)
    assert abs(difference).mean() < 8


def test_ending_of_the_name_does_not_matter(tmp_path, picture):
    path = tmp_path / "really a png.jpg"
    picture.save(path, "PNG")
    assert (np.asarray(decode(path)) == COLOURS).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["png", "webp", "tif"])
def test_pictures_are_turned_upright(tmp_path, picture, orientation, suffix):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix}"
    picture.save(path, exif=exif, lossless=True)
    assert (np.asarray(decode(path)) == TURNED[orientation](COLOURS)).all()


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_orientation_out_of_range_turns_nothing(tmp_path, picture, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "odd.png"
    picture.save(path, exif=exif)
    assert (np.asarray(decode(path)) == COLOURS).all()


@pytest.mark.filterwarnings("ignore::UserWarning")  # as decode() asks, and pytest overrules
def test_damaged_exif_loses_no_picture(tmp_path, photo):
    path = tmp_path / "odd.jpg"
    photo.save(path, exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12\0\x03")
    assert decode(path).size == photo.size


def test_first_frame_stands_for_an_animation(tmp_path):
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "lime", "blue")]
    for suffix in ("gif", "webp", "png"):
        path = tmp_path / f"animation.{suffix}"
        frames[0].save(path, save_all=True, append_images=frames[1:], lossless=True)
        assert decode(path).getpixel((0, 0)) == (255, 0, 0)


def test_jpeg_may_come_smaller_but_not_below_the_wish(tmp_path, photo):
    path = tmp_path / "photo.jpg"
    photo.save(path, quality=95)
    assert decode(path, shortest=30).size == (40, 30)
    assert decode(path, shortest=31).size == (80, 60)
    assert decode(path, shortest=1000).size == (160, 120)


def test_result_carries_no_metadata(tmp_path, photo):
    path = tmp_path / "photo.png"
    photo.save(path, dpi=(72, 72))
    assert decode(path).info == {}


def test_very_long_pictures_are_decoded(tmp_path):
    path = tmp_path / "strip.png"
    Image.new("L", (30_000, 10)).save(path)
    assert decode(path).size == (30_000, 10)


@pytest.mark.parametrize("name", ["empty.png", "empty.jpg"])
def test_empty_file(tmp_path, name):
    (tmp_path / name).touch()
    assert refusal(tmp_path / name) is Reason.EMPTY


def test_page_saved_as_a_picture(tmp_path):
    path = tmp_path / "download.jpg"
    path.write_text("<html><body>404</body></html>")
    assert refusal(path) is Reason.NOT_A_PICTURE


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "webp", "tif", "avif", "bmp"])
def test_half_a_file(tmp_path, photo, suffix):
    whole = tmp_path / f"whole.{suffix}"
    photo.save(whole)
    half = tmp_path / f"half.{suffix}"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(half) is Reason.DAMAGED


def test_few_bytes_of_a_picture(tmp_path):
    path = tmp_path / "stub.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert refusal(path) is Reason.DAMAGED


def test_bomb_is_refused_before_it_is_unpacked(tmp_path):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    path = tmp_path / "bomb.png"
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b""))
    assert refusal(path) is Reason.TOO_LARGE


def test_limit_is_the_one_that_the_reason_names(tmp_path, picture, monkeypatch):
    assert f"{MAX_PIXELS // 10**6} megapixels" in Reason.TOO_LARGE
    path = tmp_path / "picture.png"
    picture.save(path)
    monkeypatch.setattr(decoding, "MAX_PIXELS", 5)
    assert refusal(path) is Reason.TOO_LARGE


def test_kinds_that_need_other_programs_are_not_opened(tmp_path):
    path = tmp_path / "drawing.SVG"
    path.write_text("<svg/>")
    assert refusal(path) is Reason.UNSUPPORTED
    script = tmp_path / "postscript.png"
    script.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")
    assert refusal(script) is Reason.NOT_A_PICTURE


def test_missing_file(tmp_path):
    assert refusal(tmp_path / "gone.png") is Reason.MISSING


def test_folder_named_like_a_picture(tmp_path):
    assert refusal(tmp_path) is Reason.NOT_A_FILE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert refusal(tmp_path / "pipe.png") is Reason.NOT_A_FILE


def test_links_that_lead_nowhere(tmp_path):
    dangling, circle = tmp_path / "dangling.png", tmp_path / "circle.png"
    try:
        dangling.symlink_to(tmp_path / "nothing.png")
        circle.symlink_to(circle)
    except OSError:
        pytest.skip("links are not allowed here")
    assert refusal(dangling) is Reason.BROKEN_LINK
    assert refusal(circle) is Reason.BROKEN_LINK


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, Reason.FORBIDDEN),
        (errno.EIO, Reason.DISK),
        (errno.ENOENT, Reason.MISSING),
        (errno.EINVAL, Reason.DAMAGED),
        (None, Reason.DAMAGED),
    ],
)
def test_troubles_of_the_system_are_told_apart(tmp_path, number, reason):
    error = OSError("from a decoder") if number is None else OSError(number, "from the system")
    assert reason_of(error, tmp_path / "a.png") is reason


def test_memory_that_runs_out_is_told(tmp_path, picture, monkeypatch):
    def load(image):
        raise MemoryError

    path = tmp_path / "picture.png"
    picture.save(path)
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", load)
    assert refusal(path) is Reason.NO_MEMORY


@given(st.binary(max_size=200), st.sampled_from(["PNG", "GIF", "JPEG", "WEBP", "TIFF", "BMP"]))
@settings(max_examples=150, deadline=None)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_any_bytes_are_a_picture_or_are_refused(tmp_path_factory, noise, kind):
    stream = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(stream, kind)
    content = bytearray(stream.getvalue())
    for where, value in zip(noise[::2], noise[1::2], strict=False):
        content[where * len(content) // 256] = value
    path = tmp_path_factory.mktemp("noise") / "noise.png"
    path.write_bytes(content)
    with suppress(Unreadable):
        assert decode(path).mode == "RGB"


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.tuples(*[st.integers(0, 255)] * 3),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=60, deadline=None)
def test_clear_pictures_are_mixed_with_any_background(
    tmp_path_factory, width, height, background, seed
):
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 4))
    path = tmp_path_factory.mktemp("clear") / "clear.png"
    Image.fromarray(values.astype(np.uint8)).save(path)
    share = values[..., 3:] / 255
    expected = values[..., :3] * share + np.array(background) * (1 - share)
    assert abs(np.asarray(decode(path, background)) - expected).max() <= 1
