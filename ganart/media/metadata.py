"""Recipes inside files: where each format keeps one, and reading it back trusting nothing."""

import stat
import struct
import threading
import warnings
from pathlib import Path

from PIL import ExifTags, Image

from ganart.errors import StudioError
from ganart.media.png_text import SIGNATURE, png_text
from ganart.media.recipe import Recipe
from ganart.media.style_recipe import StyleRecipe, any_recipe
from ganart.text import QT_TRANSLATE_NOOP

PNG_KEYWORD = "ganart:recipe"
"""Keyword of the PNG iTXt chunk."""
MP4_KEY = "comment"
EXIF_ASCII = b"ASCII\0\0\0"
"""The character code that opens an EXIF user comment."""
_WEBP_HAS_EXIF = 0x08
"""Bit in the flags of a WebP file's VP8X chunk."""

_OWN_MARK = '"app_version"'
"""Stands in every recipe, and hardly in a comment that a camera or another program wrote."""
_filters_turn = threading.Lock()
"""Python's warning filters belong to all threads: two that change them at once leave a mix."""


class NoRecipe(StudioError):
    """Details: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "There is no recipe in {path}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Choose a file that the studio has saved. Programs and websites that change or send "
        "pictures often remove the recipe.",
    )


class CannotOpen(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The file {path} cannot be opened ({reason}).")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Check that it is still there and may be read.")


AnyRecipe = Recipe | StyleRecipe


def read_recipe(path: Path) -> AnyRecipe:
    """Return the recipe inside a PNG, JPEG, WebP, GIF or MP4 file.

    Raises `NoRecipe` where there is none, `BadRecipe` where it is no good, `CannotOpen` where the
    file is missing or locked.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a FIFO would block for ever
            raise CannotOpen(path=path, reason="not an ordinary file")
        with path.open("rb") as stream:
            start = stream.read(16)
        if start.startswith(SIGNATURE):
            text = png_text(path, PNG_KEYWORD)
        elif start[4:8] == b"ftyp":
            text = _video_text(path)
        else:
            text = _picture_text(path)
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror) from error
    if not text:
        raise NoRecipe(path=path)
    return any_recipe(text)


def _picture_text(path: Path) -> str | None:
    with _filters_turn, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd tags and large sizes: only the text is wanted
        try:
            with Image.open(path, formats=("GIF", "WEBP", "JPEG", "TIFF")) as image:
                return _text_of(image)
        except Exception:  # damaged pictures and EXIF raise nearly anything, as `decode` found
            return None


def _text_of(image: Image.Image) -> str | None:
    if image.format == "GIF":
        return _own(image.info.get("comment"))
    comment = image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
    if isinstance(comment, bytes) and comment.startswith(EXIF_ASCII):
        return _own(comment.removeprefix(EXIF_ASCII))
    return None


def _own(comment: bytes | str | None) -> str | None:
    """Return a comment if the studio wrote it; anybody may write some there."""
    text = comment.decode("ascii", "replace") if isinstance(comment, bytes) else comment
    return text if text and _OWN_MARK in text else None


def _video_text(path: Path) -> str | None:
    import av  # slow to load, and most files are pictures

    try:
        with av.open(path, metadata_errors="ignore") as container:
            return _own(container.metadata.get(MP4_KEY))
    except (av.FFmpegError, ValueError):
        return None


def user_comment(recipe: AnyRecipe) -> bytes:
    """Return the value of the EXIF tag UserComment that holds a recipe."""
    return EXIF_ASCII + recipe.to_json().encode("ascii")


def add_gif_comment(path: Path, recipe: AnyRecipe) -> None:
    """Put the recipe into a GIF file as its comment, before the first frame."""
    content = path.read_bytes()
    flags = content[10]
    place = 13 + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
    # The loop count stays in front: some viewers look for it there only.
    if content[place : place + 14] == b"\x21\xff\x0bNETSCAPE2.0":
        place += 19
    text = recipe.to_json().encode("ascii")
    blocks = (text[start : start + 255] for start in range(0, len(text), 255))
    comment = b"".join(bytes([len(block)]) + block for block in blocks)
    path.write_bytes(content[:place] + b"\x21\xfe" + comment + b"\0" + content[place:])


def add_webp_exif(path: Path, recipe: AnyRecipe) -> None:
    """Put the recipe into a WebP file as the user comment of its EXIF chunk."""
    with Image.open(path) as image:
        size = image.size
    content = bytearray(path.read_bytes())
    if content[12:16] != b"VP8X":  # a still picture, which has no room for metadata
        width, height = (struct.pack("<I", side - 1)[:3] for side in size)
        content[12:12] = b"VP8X" + struct.pack("<II", 10, 0) + width + height
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.UserComment: user_comment(recipe)}
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    content[20] |= _WEBP_HAS_EXIF
    content += b"EXIF" + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2)
    content[4:8] = struct.pack("<I", len(content) - 8)
    path.write_bytes(content)
