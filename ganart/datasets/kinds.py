"""Which files count as pictures: by the end of the name, or by the first bytes."""

FORMATS = (
    "JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP", "JPEG2000", "PSD", "QOI", "PPM",
    "ICO", "DDS",
)  # fmt: skip
"""Pillow's decoders in use. Left out: EPS, which runs Ghostscript on the file, and rarities."""

FORMATS_BY_NAME: dict[str, tuple[str, ...]] = {".tga": ("TGA",), ".dib": ("DIB",)}
"""Further decoders by lower-case ending: such files begin like nothing else in particular."""

PICTURE_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".avif", ".tif",
    ".tiff", ".bmp", ".dib", ".jp2", ".j2k", ".jpx", ".jpf", ".psd", ".qoi", ".ppm", ".pgm",
    ".pbm", ".pnm", ".pfm", ".ico", ".dds", ".tga",
})  # fmt: skip
"""Lower-case endings of files that are decoded, and refused by name if that fails."""

UNSUPPORTED_SUFFIXES = frozenset({
    ".heic", ".heif", ".svg", ".svgz", ".eps", ".ai", ".xcf", ".kra", ".clip", ".raw", ".dng",
    ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".pef", ".srw", ".exr", ".hdr",
    ".jxl", ".pcx", ".psb", ".icns", ".sgi", ".wmf", ".emf",
})  # fmt: skip
"""Lower-case endings of pictures that Pillow cannot decode, refused by name and unopened."""

TIFF_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_SUFFIXES = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG\r\n\x1a\n": ".png",
    b"GIF87a": ".gif",
    b"GIF89a": ".gif",
    **dict.fromkeys(TIFF_SIGNATURES, ".tif"),
    b"8BPS\0": ".psd",
    b"qoif": ".qoi",
    b"\0\0\0\x0cjP  ": ".jp2",
    b"\xff\x4f\xff\x51": ".j2k",
    b"DDS \x7c\0\0\0": ".dds",
}
SIGNATURES = tuple(_SUFFIXES)
SIGNATURE_BYTES = 32
"""How many first bytes `looks_like_picture` and `looks_unsupported` want to see."""

SHORT_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".bmp": (b"BM",),
    ".dib": (b"BM",),
    ".ico": (b"\0\0\1\0",),
    ".pfm": (b"PF", b"Pf"),
    **dict.fromkeys((".ppm", ".pgm", ".pbm", ".pnm"), (b"P1", b"P2", b"P3", b"P4", b"P5", b"P6")),
}
"""What is too short to tell a picture by, unless its name claims the format too."""

_UNSUPPORTED_SIGNATURES = (
    b"\0\0\0\x0cJXL ",
    b"\xff\x0a",
    b"\x76\x2f\x31\x01",
    b"#?RADIANCE",
    b"gimp xcf",
    b"8BPS\0\2",
)
"""Of JPEG XL in two forms, OpenEXR, Radiance, GIMP, large Photoshop documents."""
_UNSUPPORTED_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PSD_BITS = slice(22, 24)


def looks_like_picture(head: bytes) -> bool:
    """Tell from a file's first `SIGNATURE_BYTES` whether it is of a common picture format."""
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[4:8] == b"ftyp":
        return head[8:12] in {b"avif", b"avis"}
    return head.startswith(SIGNATURES)


def usual_suffix(head: bytes) -> str:
    """Return how names of files end that `looks_like_picture` knows by `head`; '' for others."""
    if not looks_like_picture(head):
        return ""
    others = ".webp" if head[:4] == b"RIFF" else ".avif"
    found = (suffix for signature, suffix in _SUFFIXES.items() if head.startswith(signature))
    return next(found, others)


def looks_unsupported(head: bytes) -> bool:
    """Tell from the first bytes whether a file is of a kind that Pillow does not decode.

    Telephones and web sites call such pictures .jpg.
    """
    if head[4:8] == b"ftyp":
        return head[8:12] in _UNSUPPORTED_BRANDS
    if head.startswith(b"8BPS\0\1"):
        return head[_PSD_BITS] in {b"\0\x10", b"\0\x20"}
    return head.startswith(_UNSUPPORTED_SIGNATURES)
