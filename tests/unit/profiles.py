"""Small ICC profiles made from numbers, so that colours can be checked against known equations."""

import itertools
import struct

import numpy as np

D50 = np.array([0.9642, 1.0, 0.8249])
# Columns are the D50-adapted primaries of Adobe RGB (1998).
ADOBE_TO_XYZ = np.array(
    [[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]]
)
SRGB_TO_XYZ = np.array(
    [[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]]
)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _gamma(exponent: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256)) + b"\0\0"


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78) + bytes(1),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _xyz(D50),
    } | tags
    offset = 128 + 4 + 12 * len(tags)
    table = struct.pack(">I", len(tags))
    data = b""
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", offset + len(data), len(content))
        data += content
    size = offset + len(data)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, kind, space, connection)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += b"".join(_fixed(value) for value in D50)
    return head.ljust(128, b"\0") + table + data


def adobe_rgb() -> bytes:
    """Return a matrix profile: Adobe RGB primaries, gamma 2.2."""
    red, green, blue = ADOBE_TO_XYZ.T
    curve = _gamma(2.2)
    return _profile(
        b"mntr",
        b"RGB ",
        b"XYZ ",
        {
            b"rXYZ": _xyz(red),
            b"gXYZ": _xyz(green),
            b"bXYZ": _xyz(blue),
            b"rTRC": curve,
            b"gTRC": curve,
            b"bTRC": curve,
        },
    )


def grey(exponent: float) -> bytes:
    """Return a grey profile with a pure power curve."""
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": _gamma(exponent)})


def inks() -> bytes:
    """Return a CMYK profile in which only K darkens, and C, M, Y move the colour.

    L* = 100 (1 - K), a* = 20 (M - C), b* = 20 (Y - M): linear, so that every way of interpolating
    between the corners of the table gives the same.
    """
    corners = (
        (255 * (1 - k), 128 + 20 * (m - c), 128 + 20 * (y - m))
        for c, m, y, k in itertools.product((0, 1), repeat=4)
    )
    nodes = bytes(itertools.chain.from_iterable(corners))
    ramp = bytes(range(256))
    one = struct.pack(">9i", *(65536 * int(i % 4 == 0) for i in range(9)))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + one + ramp * 4 + nodes + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table, b"A2B1": table})


def xyz_to_srgb(xyz: np.ndarray) -> np.ndarray:
    """Return sRGB 0..255 (clipped, rounded) of D50 XYZ values (..., 3)."""
    linear = np.clip(xyz @ np.linalg.inv(SRGB_TO_XYZ).T, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(255 * encoded)


def lab_to_srgb(lab: np.ndarray) -> np.ndarray:
    """Return sRGB 0..255 of CIE L*a*b* values (..., 3) under D50."""
    fy = (lab[..., 0] + 16) / 116
    f = np.stack([fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200], axis=-1)
    t = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29))
    return xyz_to_srgb(t * D50)
