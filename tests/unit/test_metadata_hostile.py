"""Files made to harm whoever reads their recipe: each ends in a sentence, soon, without ado."""

import io
import json
import resource
import struct
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganart.errors import StudioError
from ganart.media.metadata import EXIF_ASCII, PNG_KEYWORD, read_recipe
from ganart.media.pictures import save_png
from ganart.media.point import Point
from ganart.media.recipe import Recipe

SECONDS = 4.0
"""Much longer than any of them takes."""
MEMORY = 300 * 2**20
PLAIN = Recipe(
    kind="picture",
    points=(Point.at(7),),
    model_hash="0123456789abcdef",
    architecture="r3",
    width=16,
    height=16,
    preset="sketch-32",
    steps=100,
    pictures=12_345,
    data_hash="d",
    app_version="1",
    created="2026-01-02T03:04:05+00:00",
)


def swollen(letter: bytes, size: int) -> bytes:
    """Return what unpacks to `size` times a letter, without ever holding it unpacked."""
    packer = zlib.compressobj(9)
    block = letter * 2**20
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, packer.compress(letter * (size % len(block))), packer.flush()])


BOMB = swollen(b"[", 2**28)
"""268 MB in 260 kB."""


def refuse(path: Path) -> str:
    """Read a file that must be refused, and return the sentence."""
    before, began = _peak(), time.monotonic()
    with pytest.raises(StudioError) as refused:
        read_recipe(path)
    assert time.monotonic() - began < SECONDS
    assert _peak() - before < MEMORY
    return str(refused.value)


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


# Containers that lie


def chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    told = len(data) if length is None else length
    return struct.pack(">I", told) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, width: int = 1, height: int = 1, after: tuple[bytes, ...] = ()) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    row = zlib.compress(b"\0" * (3 * min(width, 100) + 1))
    parts = (header, *chunks, chunk(b"IDAT", row), *after, chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def itxt(text: bytes, keyword: str = PNG_KEYWORD, *, packed: bool = False) -> bytes:
    flags = b"\0\1\0\0\0" if packed else b"\0\0\0\0\0"
    return chunk(b"iTXt", keyword.encode() + flags + text)


def ztxt(text: bytes) -> bytes:
    return chunk(b"zTXt", PNG_KEYWORD.encode() + b"\0\0" + text)


def gif(comment: bytes) -> bytes:
    stream = io.BytesIO()
    Image.new("P", (1, 1)).save(stream, "GIF")
    content = stream.getvalue()
    blocks = b"".join(
        bytes([len(part)]) + part
        for part in (comment[begin : begin + 255] for begin in range(0, len(comment), 255))
    )
    place = 13 + 3 * 2 ** ((content[10] & 7) + 1) * bool(content[10] & 0x80)
    return content[:place] + b"\x21\xfe" + blocks + b"\0" + content[place:]


def tiff_ifd(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following)


def exif_jpeg(exif: bytes) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG")
    block = b"Exif\0\0" + exif
    head, rest = stream.getvalue()[:2], stream.getvalue()[2:]
    return head + b"\xff\xe1" + struct.pack(">H", min(len(block) + 2, 0xFFFF)) + block + rest


def webp(chunk_size: int, exif: bytes) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "WEBP", exif=b"Exif\0\0" + exif)
    content = bytearray(stream.getvalue())
    place = content.index(b"EXIF")
    content[place + 4 : place + 8] = struct.pack("<I", chunk_size)
    return bytes(content)


HEAD = b"II*\0\x08\0\0\0"
USER_COMMENT, EXIF_IFD = 0x9286, 0x8769
CASES: dict[str, Callable[[], bytes]] = {
    "a text that unpacks to 268 MB": lambda: png(itxt(BOMB, packed=True)),
    "the same behind the pixels": lambda: png(after=(itxt(BOMB, packed=True),)),
    "an old text that unpacks to 268 MB": lambda: png(ztxt(BOMB)),
    "many of them": lambda: png(*[ztxt(BOMB) for _ in range(40)]),
    "a text of 60 MB": lambda: png(itxt(b"[" * 60_000_000)),
    "a text longer than the file": lambda: png(chunk(b"iTXt", b"x", 0x7FFFFFFF)),
    "a text of impossible length": lambda: png(chunk(b"iTXt", b"x", 0xFFFFFFFF)),
    "twenty thousand texts": lambda: png(*[itxt(b"x", f"k{n}") for n in range(20_000)]),
    "a picture of 3600 million pixels": lambda: png(itxt(b"{}"), width=60_000, height=60_000),
    "no recipe, and 150 million pixels": lambda: png(width=15_000, height=10_000),
    "a hundred million pixels that are there": lambda: (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", swollen(b"\0", 36_001 * 12_000))
    ),
    "a million chunks": lambda: png(after=(chunk(b"tIME", b"") * 1_000_000,)),
    "a profile that unpacks to 268 MB": lambda: png(chunk(b"iCCP", b"x\0\0" + BOMB)),
    "a text with no end of its keyword": lambda: png(chunk(b"iTXt", b"k" * 5000)),
    "a comment of 30 MB": lambda: gif(b'{"app_version":' + b"[" * 30_000_000),
    "a comment cut short": lambda: gif(b'"app_version"' * 100)[:200],
    "a list of tags that leads to itself": lambda: HEAD + tiff_ifd([], following=8),
    "four thousand million values": lambda: HEAD + tiff_ifd([(700, 1, 0xFFFFFFFF, 8)]),
    "tags outside the file": lambda: HEAD + tiff_ifd([(EXIF_IFD, 4, 1, 0xFFFFFFF0)]),
    "tags inside themselves": lambda: exif_jpeg(HEAD + tiff_ifd([(EXIF_IFD, 4, 1, 8)])),
    "a comment outside the tags": lambda: exif_jpeg(
        HEAD + tiff_ifd([(EXIF_IFD, 4, 1, 26)]) + tiff_ifd([(USER_COMMENT, 7, 2**31, 0)])
    ),
    "numbers where there should be a text": lambda: exif_jpeg(
        HEAD + tiff_ifd([(EXIF_IFD, 4, 1, 26)]) + tiff_ifd([(USER_COMMENT, 12, 4, 0)])
    ),
    "sixty-five thousand tags": lambda: exif_jpeg(HEAD + struct.pack("<H", 65_535)),
    "a chunk longer than the file": lambda: webp(0xFFFFFFF0, HEAD),
    "a chunk shorter than its text": lambda: webp(1, HEAD + tiff_ifd([])),
    "a film of one box that never ends": lambda: b"\0\0\0\1ftypisom" + b"\xff" * 4096,
    "a film whose boxes are inside each other": lambda: (
        struct.pack(">I", 24) + b"ftypisom\0\0\2\0isommp41"
        + b"".join(struct.pack(">I4s", 2**31 - 1, b"moov") for _ in range(20_000))
    ),
    "a film of another kind that never ends": lambda: b"\x1a\x45\xdf\xa3" + b"\xff" * 4096,
    "nothing": lambda: b"",
    "noise": lambda: np.random.default_rng(0).bytes(5000),
    "a program": lambda: b"\x7fELF" + bytes(100),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("suffix", [".png", ".webm"])
def test_a_file_that_lies_about_itself_ends_in_a_sentence(tmp_path, case, suffix):
    path = tmp_path / f"art{suffix}"
    path.write_bytes(CASES[case]())
    assert refuse(path).endswith(".")


# Texts that lie


def with_values(**changes: object) -> str:
    return json.dumps(json.loads(PLAIN.to_json()) | changes)


TEXTS = {
    "deep": '{"app_version":' + "[" * 100_000,
    "deep and whole": '{"app_version":' + "[" * 50_000 + "]" * 50_000 + "}",
    "a long number": '{"version": ' + "9" * 100_000 + ', "app_version": 1}',
    "infinity": with_values(steps=1).replace('"steps": 1', '"steps": 1e999'),
    "not a number": with_values(width=1).replace('"width": 1', '"width": NaN'),
    "too long": with_values(preset="x" * 600_000),
    "no list": with_values(points={"0": {}}),
    "points within points": with_values(points=[[[[]]]]),
    "a thousand points": with_values(kind="sheet", points=[{"parts": [{"seed": 1}]}] * 1000),
    "no vector": with_values(points=[{"parts": [{"vector": 5}]}]),
    "a vector that is no text": with_values(
        points=[{"parts": [{"vector": 0}]}], vectors=[{"a": 1}]
    ),
    "a vector of infinities": with_values(
        points=[{"parts": [{"vector": 0}]}], vectors=["AACAfwAAgH8="]
    ),
    "a vector cut short": with_values(points=[{"parts": [{"vector": 0}]}], vectors=["AAA="]),
    "a negative vector": with_values(points=[{"parts": [{"vector": -1}]}], vectors=["AAAAAA=="]),
    "a seed that is true": with_values(points=[{"parts": [{"seed": True}]}]),
    "a hidden turn of the text": with_values(preset="\u202egnp.exe"),
    "a terminal's command": with_values(preset="\x1b]0;owned\x07"),
    "half a letter": with_values(preset="\ud800"),
    "a hash that is a path": with_values(model_hash="../" * 60),
    "an unknown part": with_values(__class__="os.system"),
    "a newer version": with_values(version=99),
    "no version": with_values(version=None),
    "a loop of no time": with_values(kind="loop", points=[], frames=1, fps=0),
    "a loop of endless time": with_values(
        kind="loop", points=[], frames=10**9, fps=1,
        composition={"keyframes": [{"point": {"parts": [{"seed": 1}]}, "at": 0}], "seconds": 1e9},
    ),
    "options within options": with_values(output={"size": {"width": 1}}),
    "an option with an odd name": with_values(output={"a b": 1}),
    "a list": "[1]",
    "a text": '"app_version"',
    "nothing": "",
    "a name with folders": json.dumps({
        "kind": "stylized", "photo": {"name": "../../secret.png", "hash": "", "weight": 1.0},
        "styles": [], "options": {}, "iterations": 0, "app_version": "1",
        "created": "2026-01-02T03:04:05+00:00", "version": 1,
    }),
    "a name on another drive": json.dumps({
        "kind": "stylized", "photo": {"name": "C:\\secret.png", "hash": "", "weight": 1.0},
        "styles": [], "options": {}, "iterations": 0, "app_version": "1",
        "created": "2026-01-02T03:04:05+00:00", "version": 1,
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_recipe_that_lies_ends_in_a_sentence(tmp_path, name):
    text = TEXTS[name].encode("utf-8", "surrogatepass")
    path = tmp_path / "art.png"
    path.write_bytes(png(itxt(text)))
    assert refuse(path).endswith(".")
    path.write_bytes(png(itxt(zlib.compress(text), packed=True)))
    assert refuse(path).endswith(".")
    path.write_bytes(gif(text))
    assert refuse(path).endswith(".")
    comment = EXIF_ASCII + text[:60_000]
    ifds = tiff_ifd([(EXIF_IFD, 4, 1, 26)]) + tiff_ifd([(USER_COMMENT, 7, len(comment), 44)])
    path.write_bytes(exif_jpeg(HEAD + ifds + comment))
    assert refuse(path).endswith(".")


def test_recipes_of_other_programs_are_none(tmp_path):
    path = tmp_path / "art.png"
    prompt = json.dumps({"prompt": "a cat", "seed": 7, "app_version": "3.0"}).encode()
    for keyword in ("parameters", "prompt", "invokeai_metadata", "Comment"):
        path.write_bytes(png(itxt(prompt, keyword)))
        assert "no recipe" in refuse(path)
    comment = EXIF_ASCII + b"made with a camera"
    ifds = tiff_ifd([(EXIF_IFD, 4, 1, 26)]) + tiff_ifd([(USER_COMMENT, 7, len(comment), 44)])
    path.write_bytes(exif_jpeg(HEAD + ifds + comment))
    assert "no recipe" in refuse(path)


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path):
    import os

    fifo = tmp_path / "art.png"
    os.mkfifo(fifo)
    assert "not an ordinary file" in refuse(fifo)
    assert refuse(tmp_path)
    assert refuse(tmp_path / "none.png")
    assert refuse(tmp_path / ("x" * 300 + ".png"))


def test_a_good_recipe_among_junk_is_read(tmp_path):
    path = tmp_path / "art.png"
    save_png(np.zeros((4, 4, 3), np.uint8), path, PLAIN)
    content = path.read_bytes()
    junk = b"".join(itxt(b"y" * 1000, f"junk{number}") for number in range(50))
    path.write_bytes(content[:33] + junk + content[33:])
    assert read_recipe(path) == PLAIN
