"""Which files count as pictures: by the end of the name, or by the first bytes."""

FORMATS = (
    "JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP", "JPEG2000", "PSD", "QOI", "PPM",
    "ICO", "DDS",
)  # fmt: skip
"""Pillow's decoders in use. Left out: EPS, which runs Ghostscript on the file, and rarities."""

PICTURE_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".avif", ".tif",
    ".tiff", ".bmp", ".dib", ".jp2", ".j2k", ".jpx", ".jpf", ".psd", ".qoi", ".ppm", ".pgm",
    ".pbm", ".pnm", ".pfm", ".ico", ".dds", ".tga",
})  # fmt: skip
"""Lower-case endings of files that are decoded, and refused by name if that fails."""

UNSUPPORTED_SUFFIXES = frozenset({
    ".heic", ".heif", ".svg", ".svgz", ".eps", ".ai", ".xcf", ".kra", ".clip", ".raw", ".dng",
    ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".pef", ".srw", ".exr", ".hdr",
    ".jxl", ".pcx", ".icns", ".sgi", ".wmf", ".emf",
})  # fmt: skip
"""Lower-case endings of pictures that Pillow cannot decode, refused by name and unopened."""

SIGNATURES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"8BPS\0",
    b"qoif",
    b"\0\0\0\x0cjP  ",
)
SIGNATURE_BYTES = 16
"""How many first bytes `looks_like_picture` wants to see."""


def looks_like_picture(head: bytes) -> bool:
    """Tell from a file's first `SIGNATURE_BYTES` whether it is of a common picture format."""
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[4:8] == b"ftyp":
        return head[8:12] in {b"avif", b"avis"}
    return head.startswith(SIGNATURES)
