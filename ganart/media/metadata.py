"""Recipes inside files: where each format keeps one, and reading it back trusting nothing."""

import html
import re
import shutil
import stat
import struct
import threading
import warnings
from pathlib import Path

from PIL import ExifTags, Image, TiffImagePlugin

from ganart.errors import StudioError
from ganart.media.png_text import SIGNATURE, png_text
from ganart.media.recipe import MAX_RECIPE_BYTES, Recipe
from ganart.media.style_recipe import StyleRecipe, any_recipe
from ganart.text import QT_TRANSLATE_NOOP

PNG_KEYWORD = "ganart:recipe"
"""Keyword of the PNG iTXt chunk."""
MP4_KEY = "comment"
XMP_ATTRIBUTE = "ganart:recipe"
PDF_KEY = "/GanArtRecipe"
"""In the dictionary of a PDF that says what it is about."""
MOST_EXIF_BYTES = 65_533
"""That fit into a JPEG."""
SEQUENCE_RECIPE = "recipe.json"
"""Lies in the folder of a loop that was saved as single pictures."""
EXIF_ASCII = b"ASCII\0\0\0"
"""The character code that opens an EXIF user comment."""
_WEBP_HAS_EXIF = 0x08
"""Bit in the flags of a WebP file's VP8X chunk."""

_COPIED_BYTES = 2**20
_MATROSKA = b"\x1a\x45\xdf\xa3"
_XMP_TAG = 700
_XMP_RECIPE = re.compile(XMP_ATTRIBUTE.encode() + b'="([^"]*)"')
_MOST_XMP_BYTES = 8 * MAX_RECIPE_BYTES
"""A recipe whose every sign is escaped."""
_PDF_TAIL_BYTES = 2 * MAX_RECIPE_BYTES + 4 * 2**20
"""Recipes stand behind the pages, in hexadecimal, before the list of objects."""
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
    """Return the recipe inside a picture, film or PDF, or in the JSON file beside it.

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
        elif start[4:8] == b"ftyp" or start.startswith(_MATROSKA):
            text = _video_text(path)
        elif start.startswith(b"%PDF"):
            text = _pdf_text(path)
        elif start.startswith(b"{") and path.suffix.lower() == ".json":
            text = _own(_start_of(path))
        else:
            text = _picture_text(path)
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror) from error
    text = text or _own(_start_of(beside(path)))
    if not text:
        raise NoRecipe(path=path)
    return any_recipe(text)


def beside(path: Path) -> Path:
    """Return where the recipe of a file lies that has no room for it."""
    return path.with_name(path.name + ".json")


def _start_of(path: Path) -> str | None:
    """Return a text file if it is no longer than recipes are."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > MAX_RECIPE_BYTES:
            return None
        return path.read_text("ascii")
    except (OSError, ValueError):
        return None


def _pdf_text(path: Path) -> str | None:
    """Return the recipe of one of the studio's own PDF files, which hold it as plain text."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _PDF_TAIL_BYTES))
            tail = stream.read()
    except OSError:
        return None
    _, key, rest = tail.rpartition(PDF_KEY.encode() + b" <")
    text = rest.partition(b">")[0]
    try:
        return _own(bytes.fromhex(text.decode("ascii")).decode("ascii")) if key else None
    except ValueError:
        return None


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
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        found = _xmp_text(image.tag_v2.get(_XMP_TAG))
        if found:
            return found
    comment = image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
    if isinstance(comment, bytes) and comment.startswith(EXIF_ASCII):
        return _own(comment.removeprefix(EXIF_ASCII))
    return None


def _xmp_text(packet: object) -> str | None:
    """Return the recipe in an XMP packet, found without reading the rest of it as XML."""
    if not isinstance(packet, bytes) or len(packet) > _MOST_XMP_BYTES:
        return None
    found = _XMP_RECIPE.search(packet)
    return _own(html.unescape(found[1].decode("ascii", "replace"))) if found else None


def _own(comment: bytes | str | None) -> str | None:
    """Return a comment if the studio wrote it; anybody may write some there."""
    text = comment.decode("ascii", "replace") if isinstance(comment, bytes) else comment
    return text if text and _OWN_MARK in text else None


def _video_text(path: Path) -> str | None:
    import av  # slow to load, and most files are pictures

    try:
        with av.open(path, metadata_errors="ignore") as container:
            found = container.metadata
            return _own(found.get(MP4_KEY) or found.get(MP4_KEY.upper()))  # as Matroska has it
    except (av.FFmpegError, ValueError):
        return None


def user_comment(recipe: AnyRecipe) -> bytes:
    """Return the value of the EXIF tag UserComment that holds a recipe."""
    return EXIF_ASCII + recipe.to_json().encode("ascii")


def insert(path: Path, place: int, content: bytes) -> None:
    """Put bytes into a file, which may be larger than the memory. Raises `OSError`."""
    longer = path.with_name(path.name + ".longer")
    try:
        with path.open("rb") as source, longer.open("wb") as target:
            target.write(source.read(place))
            target.write(content)
            shutil.copyfileobj(source, target, _COPIED_BYTES)
        longer.replace(path)
    finally:
        longer.unlink(missing_ok=True)


def add_gif_comment(path: Path, recipe: AnyRecipe) -> None:
    """Put the recipe into a GIF file as its comment, before the first frame."""
    with path.open("rb") as stream:
        start = stream.read(13 + 3 * 256 + 19)
    flags = start[10]
    place = 13 + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
    # The loop count stays in front: some viewers look for it there only.
    if start[place : place + 14] == b"\x21\xff\x0bNETSCAPE2.0":
        place += 19
    text = recipe.to_json().encode("ascii")
    blocks = (text[start : start + 255] for start in range(0, len(text), 255))
    comment = b"".join(bytes([len(block)]) + block for block in blocks)
    insert(path, place, b"\x21\xfe" + comment + b"\0")


def add_webp_exif(path: Path, recipe: AnyRecipe) -> None:
    """Put the recipe into a WebP file as the user comment of its EXIF chunk."""
    with Image.open(path) as image:
        size = image.size
    with path.open("rb") as stream:
        start = stream.read(21)
    if start[12:16] != b"VP8X":  # a still picture, which has no room for metadata
        width, height = (struct.pack("<I", side - 1)[:3] for side in size)
        insert(path, 12, b"VP8X" + struct.pack("<II", 10, 0) + width + height)
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.UserComment: user_comment(recipe)}
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    with path.open("rb+") as stream:
        stream.seek(20)
        flags = stream.read(1)[0]
        stream.seek(20)
        stream.write(bytes([flags | _WEBP_HAS_EXIF]))
        stream.seek(0, 2)
        stream.write(b"EXIF" + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2))
        length = stream.tell()
        stream.seek(4)
        stream.write(struct.pack("<I", length - 8))
