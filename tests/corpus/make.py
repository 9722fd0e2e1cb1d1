"""Makes the pictures of `made/`, sound, odd and bad ones: python -m tests.corpus.make FOLDER.

What is here was made with Pillow 13.0. Other versions may write other bytes for the same pictures,
and a few formats write the time of day.
"""

import io
import random
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, PngImagePlugin

from tests.unit import profiles

FORMATS = {"jpg": "JPEG", "tif": "TIFF", "jp2": "JPEG2000", "j2k": "JPEG2000"}
ORIENTATION = 0x0112
TO_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture is turned to be stored under an orientation."""
CHANCE = random.Random(6)


def scene() -> Image.Image:
    """Return 48 × 32 pixels: red, green, blue and yellow quarters with a little noise."""
    quarters = np.array([[[200, 40, 40], [40, 180, 60]], [[40, 60, 200], [220, 200, 40]]])
    values = quarters.repeat(16, axis=0).repeat(24, axis=1)
    noise = np.random.default_rng(6).integers(-8, 9, (32, 48, 1))
    return Image.fromarray((values + noise).astype(np.uint8))


def clear_scene() -> Image.Image:
    """Return the scene, the more transparent the further right."""
    image = scene()
    image.putalpha(Image.fromarray(np.tile(np.linspace(255, 0, 48).astype(np.uint8), (32, 1))))
    return image


def packed(image: Image.Image, suffix: str, **options) -> bytes:
    stream = io.BytesIO()
    if suffix == "j2k":
        options["no_jp2"] = True
    image.save(stream, FORMATS.get(suffix, suffix.upper()), **options)
    return stream.getvalue()


def oriented(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = number
    return exif


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes, bits: int = 8, kind: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IEND", b"")


def tiff(width: int, height: int, bits: tuple[int, ...], sample: int, pixels: bytes) -> bytes:
    """Return a TIFF by hand: `sample` 1 for integers, 3 for floats."""
    count, data = len(bits), 8 + 2 + 10 * 12 + 4
    more = struct.pack(f"<{count}H", *bits) + struct.pack(f"<{count}H", *[sample] * count)
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, count, data if count > 2 else bits[0]),
        (259, 3, 1, 1), (262, 3, 1, 2 if count > 2 else 1), (273, 4, 1, data + len(more)),
        (277, 3, 1, count), (278, 4, 1, height), (279, 4, 1, len(pixels)),
        (339, 3, count, data + 2 * count if count > 2 else sample),
    ]  # fmt: skip
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + table + bytes(4) + more + pixels


def psd(width: int, height: int, bits: int, version: int = 1) -> bytes:
    head = b"8BPS" + struct.pack(">H6xHIIHH", version, 3, height, width, bits, 3)
    pixels = bytes(width * height * 3 * bits // 8) if width < 100 else b""
    return head + bytes(12) + b"\0\0" + pixels


def sound() -> Iterator[tuple[str, bytes]]:
    image, clear = scene(), clear_scene()
    deep = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)
    for number, turn in TO_STORED.items():
        stored = image if turn is None else image.transpose(turn)
        yield f"turned-{number}.jpg", packed(stored, "jpg", quality=92, exif=oriented(number))
    stored = image.transpose(TO_STORED[6])
    for suffix in ("png", "webp", "tif", "avif"):
        yield f"turned-6.{suffix}", packed(stored, suffix, exif=oriented(6))
    yield "turned-9.png", packed(image, "png", exif=oriented(9))
    for mode in ("1", "L", "LA", "P", "RGBA"):
        yield f"mode-{mode.lower()}.png", packed(clear.convert(mode), "png")
    yield "deep.png", packed(deep, "png")
    yield "deep.tif", packed(deep, "tif")
    yield "float.tif", packed(image.convert("F"), "tif")
    yield "integers.tif", packed(image.convert("I"), "tif")
    yield "lab.tif", packed(image.convert("LAB"), "tif")
    yield "large-offsets.tif", packed(image, "tif", big_tiff=True)
    yield "fax.tif", packed(image.convert("1"), "tif", compression="group4")
    yield "inks.tif", packed(image.convert("CMYK"), "tif")
    yield "inks.jpg", packed(image.convert("CMYK"), "jpg", quality=92)
    yield (
        "inks-profile.jpg",
        packed(image.convert("CMYK"), "jpg", quality=92, icc_profile=profiles.inks()),
    )
    yield "wide-gamut.jpg", packed(image, "jpg", quality=92, icc_profile=profiles.adobe_rgb())
    yield "wide-gamut.png", packed(clear, "png", icc_profile=profiles.adobe_rgb())
    yield "damaged-profile.jpg", packed(image, "jpg", quality=92, icc_profile=b"no profile")
    palette = image.quantize(4)
    yield "palette-clear.png", packed(palette, "png", transparency=bytes([0, 255, 255, 255]))
    yield "palette-clear.gif", packed(palette, "gif", transparency=0)
    frames = [image.transpose(TO_STORED[number]) for number in (2, 3, 4)]
    for suffix in ("gif", "webp", "png", "avif", "tif"):
        many = packed(image, suffix, save_all=True, append_images=frames)
        yield f"animated.{suffix}", many
    for gamma in (100_000, 55_556, 45_455):
        data = zlib.compress(b"".join(b"\0" + row.tobytes() for row in np.asarray(image)))
        lines = chunk(b"gAMA", struct.pack(">I", gamma)), chunk(b"IDAT", data)
        yield f"gamma-{gamma}.png", png(48, 32, *lines, kind=2)
        if gamma == 100_000:
            lines = chunk(b"sRGB", b"\0"), *lines
            yield "gamma-and-srgb.png", png(48, 32, *lines, kind=2)
    yield "all-clear.png", packed(Image.new("RGBA", (9, 9), (5, 6, 7, 0)), "png")
    yield "pixel.png", packed(Image.new("RGB", (1, 1), "teal"), "png")
    yield "strip.png", packed(Image.new("RGB", (5000, 3), "teal"), "png")
    yield "long.png", packed(Image.new("L", (10, 30_000), 77), "png")
    for suffix in ("bmp", "jp2", "j2k", "ppm", "qoi", "ico", "dds", "tga", "webp", "avif"):
        yield f"clear.{suffix}", packed(image if suffix == "ppm" else clear, suffix)
    yield "clipboard.dib", packed(image, "dib")
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "history " * 400_000, zip=True)
    yield "long-history.png", packed(image, "png", pnginfo=info)
    yield "is-a-png.jpg", packed(image, "png")
    yield "is-a-jpeg.png", packed(image, "jpg")
    yield "is-a-webp.gif", packed(image, "webp")
    yield "no-ending", packed(image, "jpg")
    for suffix in ("jpg", "png", "gif", "webp", "tif", "bmp"):
        yield f"tail.{suffix}", packed(image, suffix) + CHANCE.randbytes(300)


def damaged() -> Iterator[tuple[str, bytes]]:
    image = scene()
    yield "empty.png", b""
    yield "page.jpg", b"<!DOCTYPE html><html><body>404</body></html>"
    yield "text.png", b"to be drawn\n"
    yield "zeros.png", bytes(4096)
    yield "noise.jpg", CHANCE.randbytes(999)
    for suffix in (
        "jpg", "png", "gif", "webp", "tif", "avif", "bmp", "jp2", "j2k", "ppm", "qoi", "ico", "dds",
        "tga",
    ):  # fmt: skip
        whole = packed(image, suffix)
        yield f"half.{suffix}", whole[: len(whole) // 2]
        yield f"head.{suffix}", whole[:20]
    whole = bytearray(packed(image, "png"))
    whole[60] ^= 0x40
    yield "flipped.png", bytes(whole)


def unsupported() -> Iterator[tuple[str, bytes]]:
    box = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    yield "telephone.jpg", box + CHANCE.randbytes(200)
    yield "telephone.heic", box + CHANCE.randbytes(200)
    yield "jpeg-xl.jpg", b"\xff\x0a" + CHANCE.randbytes(200)
    yield "jpeg-xl-boxes.png", b"\0\0\0\x0cJXL \r\n\x87\n" + CHANCE.randbytes(200)
    yield "light.png", b"\x76\x2f\x31\x01" + CHANCE.randbytes(200)
    yield "gimp.png", b"gimp xcf v011\0" + CHANCE.randbytes(200)
    yield "drawing.svg", b"<svg/>"
    yield "deep.psd", psd(4, 4, 16)
    yield "light.psd", psd(4, 4, 32)
    yield "large-document.psd", psd(4, 4, 8, version=2)
    colours = struct.pack("<12f", *[0.5] * 12)
    yield "float-colours.tif", tiff(2, 2, (32, 32, 32), 3, colours)
    yield "doubles.tif", tiff(2, 2, (64,), 3, struct.pack("<4d", *[0.5] * 4))


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "claims.png", png(40_000, 40_000, chunk(b"IDAT", b""), kind=2)
    yield "claims-all.png", png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", b""), kind=2)
    row = bytes(1 + 20_000 // 8)
    yield "unfolds.png", png(20_000, 20_000, chunk(b"IDAT", zlib.compress(row * 20_000, 9)), bits=1)
    head = struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, 0, 0, 1, 1, 0, 0)
    yield "claims.bmp", b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head
    yield (
        "claims.gif",
        b"GIF89a\xff\xff\xff\xff\0\0\0," + bytes(4) + b"\xff\xff\xff\xff\0\x08\1\0\0;",
    )
    yield "claims.tif", tiff(60_000, 60_000, (8,), 1, bytes(9))
    canvas = b"VP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0"
    yield "claims.webp", b"RIFF" + struct.pack("<I", 4 + len(canvas)) + b"WEBP" + canvas
    whole = packed(scene(), "jpg")
    at = whole.index(b"\xff\xc0") + 5
    yield "claims.jpg", whole[:at] + struct.pack(">HH", 65_500, 65_500) + whole[at + 4 :]
    yield "claims.psd", psd(30_000, 30_000, 8)
    yield "claims.tga", struct.pack("<BBBHHBHHHHBB", 0, 0, 2, 0, 0, 0, 0, 0, 65_535, 65_535, 24, 0)
    inner = png(40_000, 40_000, chunk(b"IDAT", b""), kind=6)
    entry = struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(inner), 22)
    yield "claims.ico", b"\0\0\1\0\1\0" + entry + inner
    yield "claims.qoi", b"qoif" + struct.pack(">IIBB", 60_000, 60_000, 3, 0) + bytes(9)
    yield "claims.ppm", b"P6 60000 60000 255\n" + bytes(9)
    whole = packed(scene(), "dds")
    yield "claims.dds", whole[:12] + struct.pack("<II", 60_000, 60_000) + whole[20:]
    whole = packed(scene(), "j2k")
    yield "claims.j2k", whole[:8] + struct.pack(">II", 60_000, 60_000) + whole[16:]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for making in (sound, damaged, unsupported, bombs):
        for name, content in making():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
