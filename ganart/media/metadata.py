"""Recipes inside files: where each format keeps one, and reading it back trusting nothing."""

import warnings
from pathlib import Path

from PIL import ExifTags, Image, PngImagePlugin

from ganart.errors import StudioError
from ganart.media.recipe import Recipe
from ganart.text import QT_TRANSLATE_NOOP

PNG_KEYWORD = "ganart:recipe"
"""Keyword of the PNG iTXt chunk."""
MP4_KEY = "comment"
EXIF_ASCII = b"ASCII\0\0\0"
"""The character code that opens an EXIF user comment."""

_BROKEN_PICTURE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises for files that are damaged or built to harm."""


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


def read_recipe(path: Path) -> Recipe:
    """Return the recipe inside a PNG, GIF, WebP or MP4 file.

    Raises `NoRecipe` where there is none, `BadRecipe` where it is no good, `CannotOpen` where the
    file is missing or locked.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(16)
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror) from error
    text = _video_text(path) if start[4:8] == b"ftyp" else _picture_text(path)
    if not text:
        raise NoRecipe(path=path)
    return Recipe.from_json(text)


def _picture_text(path: Path) -> str | bytes | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd tags and large sizes: only the text is wanted
        try:
            with Image.open(path, formats=("PNG", "GIF", "WEBP")) as image:
                return _text_of(image)
        except _BROKEN_PICTURE:
            return None


def _text_of(image: Image.Image) -> str | bytes | None:
    if isinstance(image, PngImagePlugin.PngImageFile):
        # Some programs move the texts behind the pixels; `text` reads on to find them there.
        return image.info.get(PNG_KEYWORD) or image.text.get(PNG_KEYWORD)
    if image.format == "GIF":
        return image.info.get("comment")
    comment = image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
    if isinstance(comment, bytes) and comment.startswith(EXIF_ASCII):
        return comment.removeprefix(EXIF_ASCII)
    return None


def _video_text(path: Path) -> str | None:
    import av  # slow to load, and most files are pictures

    try:
        with av.open(path, metadata_errors="ignore") as container:
            return container.metadata.get(MP4_KEY)
    except (av.FFmpegError, ValueError):
        return None


def exif_with(recipe: Recipe) -> bytes:
    """Return an EXIF block whose user comment is the recipe."""
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.UserComment: EXIF_ASCII + recipe.to_json().encode("ascii")
    }
    return exif.tobytes()
