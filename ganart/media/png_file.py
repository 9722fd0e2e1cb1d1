"""PNG files by hand: 16 bits a channel, which Pillow does not write, and texts as chunks."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER_BYTES = 33
"""Signature and first chunk: what is put into a finished file stands behind them."""
_RGB = 2
_UP = 2
"""The filter of a row that stores how it differs from the one above."""
_METRE_PER_INCH = 0.0254


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk with its length and checksum."""
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def text_chunk(keyword: str, text: str) -> bytes:
    """Return an uncompressed iTXt chunk."""
    return chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode())


def encoded_16(
    pixels: npt.NDArray[np.uint16], profile: bytes, dpi: int, texts: tuple[bytes, ...] = ()
) -> bytes:
    """Return a PNG file of (height, width, 3) pixels; `texts` are whole chunks."""
    height, width, _ = pixels.shape
    rows = pixels.astype(">u2").view(np.uint8).reshape(height, width * 6)
    filtered = np.empty((height, 1 + width * 6), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])  # wraps around, as the format wants it
    per_metre = round(dpi / _METRE_PER_INCH)
    return b"".join((
        SIGNATURE,
        chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, _RGB, 0, 0, 0)),
        chunk(b"iCCP", b"sRGB\0\0" + zlib.compress(profile)),
        chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        *texts,
        chunk(b"IDAT", zlib.compress(filtered.tobytes(), 6)),
        chunk(b"IEND", b""),
    ))  # fmt: skip
