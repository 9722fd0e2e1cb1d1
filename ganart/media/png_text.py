"""Finding a text inside a PNG file without decoding its pixels, which could fill any memory."""

import os
import zlib
from pathlib import Path
from typing import BinaryIO

from ganart.media.recipe_checks import MAX_RECIPE_BYTES

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LONGEST_KEYWORD = 79
_MOST_BYTES = MAX_RECIPE_BYTES + 4 * _LONGEST_KEYWORD
"""Of a chunk that could hold a recipe, with its keyword, languages and flags."""
_MOST_CHUNKS = 500_000
"""Large pictures have one for every few kB of pixels, animations two for every frame."""
_LONGEST_CHUNK = 2**31 - 1
_TEXTS = {b"iTXt", b"zTXt", b"tEXt"}


def png_text(path: Path, keyword: str) -> str | None:
    """Return the text of a keyword, before or behind the pixels, compressed or not; None where
    there is none that is no longer than recipes are. Raises `OSError`.
    """
    with path.open("rb") as stream:
        stream.seek(len(SIGNATURE))
        for _ in range(_MOST_CHUNKS):
            head = stream.read(8)
            length, kind = int.from_bytes(head[:4], "big"), head[4:]
            if len(head) < 8 or length > _LONGEST_CHUNK or kind == b"IEND":
                return None
            if kind in _TEXTS and length <= _MOST_BYTES:
                text = _text(kind, stream.read(length), keyword.encode("latin-1"))
                if text is not None:
                    return text
                length = 0
            _skip(stream, length)
    return None


def _skip(stream: BinaryIO, length: int) -> None:
    """Go behind the rest of a chunk and its checksum."""
    stream.seek(length + 4, os.SEEK_CUR)


def _text(kind: bytes, data: bytes, keyword: bytes) -> str | None:
    name, _, rest = data.partition(b"\0")
    if name != keyword:
        return None
    if kind == b"tEXt":
        return rest.decode("latin-1")
    if kind == b"zTXt":
        is_packed, text = True, rest[1:]
    else:
        is_packed = rest[:1] == b"\1"
        _language, _, text = rest[2:].partition(b"\0")
        _translated, _, text = text.partition(b"\0")
    if is_packed:
        try:
            text = zlib.decompressobj().decompress(text, MAX_RECIPE_BYTES + 1)
        except zlib.error:
            return None
    return text.decode("utf-8", "replace")
