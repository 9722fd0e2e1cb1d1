"""Writes a stylized photo with what the original brought along: EXIF, colour profile, alpha."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from ganart.errors import StudioError
from ganart.files import write_atomic
from ganart.media.metadata import EXIF_ASCII, PNG_KEYWORD
from ganart.media.pictures import Pixels
from ganart.text import QT_TRANSLATE_NOOP

LONGEST_SIDE = {".jpg": 65_500, ".jpeg": 65_500, ".webp": 16_383}
"""Pixels that a format can hold at most, where it has a limit."""

_WHITE = (255, 255, 255)
_FINE_QUALITY = 90
"""From here on JPEG keeps colour at full resolution."""
_MOST_EXIF = 65_533
"""Bytes of EXIF that fit into a JPEG."""
_MOST_DPI = 65_535
"""A JPEG keeps the resolution in 16 bits; larger numbers are none anyway."""
_Tags = dict[int, Any]
"""Values of an EXIF directory by tag."""
_WIDTH_TAG = int(ExifTags.Base.ExifImageWidth)
_HEIGHT_TAG = int(ExifTags.Base.ExifImageHeight)
_SRGB = 1
"""Value of the EXIF tag ColorSpace."""
_KEPT_TAGS = frozenset({
    ExifTags.Base.ImageDescription, ExifTags.Base.Make, ExifTags.Base.Model,
    ExifTags.Base.Software, ExifTags.Base.DateTime, ExifTags.Base.Artist,
    ExifTags.Base.Copyright, ExifTags.Base.Rating, ExifTags.Base.RatingPercent,
    ExifTags.Base.XPTitle, ExifTags.Base.XPComment, ExifTags.Base.XPAuthor,
    ExifTags.Base.XPKeywords, ExifTags.Base.XPSubject,
})  # fmt: skip
"""Tags of the main directory that still hold for a picture of other pixels."""


class TooLongForFormat(StudioError):
    """Details: `format`, `side`, `limit` (pixels)."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "A {format} file holds at most {limit} pixels a side, and the result has {side}."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Choose PNG or TIFF, or a smaller size.")


class Original(Protocol):
    """What a photo brings along; `ganart.datasets.photo.Photo` is one."""

    @property
    def alpha(self) -> npt.NDArray[np.uint8] | None:
        """(height, width), of any size: it is fitted to the result."""

    @property
    def exif(self) -> bytes:
        """An EXIF block, empty for none."""

    @property
    def profile(self) -> bytes | None:
        """An ICC profile."""

    @property
    def dpi(self) -> tuple[float, float] | None:
        """Dots an inch, across and down."""


@dataclass(frozen=True, slots=True)
class Plain:
    """An original that brings nothing along."""

    alpha: None = None
    exif: bytes = b""
    profile: None = None
    dpi: None = None


class RecipeText(Protocol):
    """A recipe of any kind."""

    def to_json(self) -> str:
        """Return ASCII JSON."""


def save_photo(
    pixels: Pixels,
    target: Path,
    like: Original,
    quality: int = 92,
    keep_gps: bool = False,
    keep_profile: bool = False,
    recipe: RecipeText | None = None,
) -> None:
    """Write `encoded_photo` to `target`, whole or not at all.

    Raises `TooLongForFormat`, `DiskFull`, `FolderNotWritable`.
    """
    content = encoded_photo(
        pixels, target.suffix.lower(), like, quality, keep_gps, keep_profile, recipe
    )
    write_atomic(target, content)


def encoded_photo(
    pixels: Pixels,
    suffix: str,
    like: Original,
    quality: int = 92,
    keep_gps: bool = False,
    keep_profile: bool = False,
    recipe: RecipeText | None = None,
) -> bytes:
    """Return the file of a result (height, width, 3), upright sRGB, in the format of `suffix`.

    Kept of the original: alpha (a JPEG is laid on white), resolution, and EXIF less orientation,
    thumbnail, XMP and, unless wanted, the place. With `keep_profile` the pixels are written in the
    original's RGB profile, otherwise as sRGB without one. `quality` (1 to 100) counts for JPEG and
    WebP. The recipe is an iTXt chunk in PNG, else the EXIF user comment. Equal arguments give equal
    bytes. Raises `TooLongForFormat`.
    """
    limit = LONGEST_SIDE.get(suffix)
    if limit is not None and max(pixels.shape[:2]) > limit:
        raise TooLongForFormat(
            format=suffix.lstrip(".").upper(), side=max(pixels.shape[:2]), limit=limit
        )
    options: dict[str, Any] = {}
    image = Image.fromarray(pixels)
    if keep_profile and like.profile is not None:
        image, converted = _in_profile(image, like.profile)
        if converted:
            options["icc_profile"] = like.profile
    image = _with_alpha(image, like.alpha, suffix)
    is_png = suffix == ".png"
    comment = None if recipe is None or is_png else recipe.to_json()
    exif = _kept_exif(like.exif, image.size, keep_gps, "icc_profile" not in options, comment)
    if len(exif):
        options["exif"] = exif.tobytes()
    if like.dpi is not None and max(like.dpi) <= _MOST_DPI:
        options["dpi"] = like.dpi
    if is_png and recipe is not None:
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_itxt(PNG_KEYWORD, recipe.to_json())
    stream = BytesIO()
    image.save(stream, **options, **_encoder(suffix, quality))
    return stream.getvalue()


def _encoder(suffix: str, quality: int) -> dict[str, Any]:
    match suffix:
        case ".jpg" | ".jpeg":
            fine = quality >= _FINE_QUALITY
            return {"format": "JPEG", "quality": quality, "subsampling": 0 if fine else 2}
        case ".webp":
            return {"format": "WEBP", "quality": quality}
        case ".tif" | ".tiff":
            # Uncompressed: libtiff, which compresses for Pillow, takes no EXIF directory.
            return {"format": "TIFF", "compression": "raw"}
        case ".png":
            return {"format": "PNG"}
    raise ValueError(f"photos are not written as {suffix}")


def _in_profile(image: Image.Image, profile: bytes) -> tuple[Image.Image, bool]:
    """Turn sRGB into `profile`; False where that is no RGB profile or damaged."""
    with suppress(OSError, ImageCms.PyCMSError):
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if str(own.profile.xcolor_space).strip() == "RGB":
            turned = ImageCms.profileToProfile(
                image,
                ImageCms.createProfile("sRGB"),
                own,
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            if turned is not None:
                return turned, True
    return image, False


def _with_alpha(
    image: Image.Image, alpha: npt.NDArray[np.uint8] | None, suffix: str
) -> Image.Image:
    if alpha is None:
        return image
    mask = Image.fromarray(alpha)
    if mask.size != image.size:
        mask = mask.resize(image.size, Image.Resampling.LANCZOS)
    if suffix in {".jpg", ".jpeg"}:
        flat = Image.new("RGB", image.size, _WHITE)
        flat.paste(image, mask=mask)
        return flat
    image.putalpha(mask)
    return image


def _kept_exif(
    block: bytes, size: tuple[int, int], keep_gps: bool, is_srgb: bool, comment: str | None
) -> Image.Exif:
    """Return what of an EXIF block still holds for a result of `size`, with the comment."""
    main, details, place = _directories(block)
    if details:
        details |= {_WIDTH_TAG: size[0], _HEIGHT_TAG: size[1]}
        if is_srgb:
            details[ExifTags.Base.ColorSpace] = _SRGB
    if comment is not None:
        details[ExifTags.Base.UserComment] = EXIF_ASCII + comment.encode("ascii")
    exif = _exif(main, details, place if keep_gps else {})
    if _fits(exif):
        return exif
    details.pop(ExifTags.Base.MakerNote, None)
    exif = _exif(main, details, place if keep_gps else {})
    if _fits(exif):
        return exif
    comments = {tag: each for tag, each in details.items() if tag == ExifTags.Base.UserComment}
    exif = _exif({}, comments if comment is not None else {}, {})
    return exif if _fits(exif) else Image.Exif()


def _directories(block: bytes) -> tuple[_Tags, _Tags, _Tags]:
    """Return what is kept of the main directory, and the directories of the shot and the place."""
    exif = Image.Exif()
    try:
        exif.load(block)
        main: _Tags = {tag: exif[tag] for tag in _KEPT_TAGS & exif.keys()}
        details = dict(exif.get_ifd(ExifTags.IFD.Exif))
        place = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # Damaged EXIF raises nearly anything, and is no reason to lose a result.
        return {}, {}, {}
    details.pop(ExifTags.IFD.Interop, None)  # names the colour space of the original
    return main, details, place


def _exif(main: _Tags, details: _Tags, place: _Tags) -> Image.Exif:
    exif = Image.Exif()
    for tag in sorted(main):
        exif[tag] = main[tag]
    if details:
        exif[ExifTags.IFD.Exif] = details
    if place:
        exif[ExifTags.IFD.GPSInfo] = place
    return exif


def _fits(exif: Image.Exif) -> bool:
    try:
        return len(exif.tobytes()) <= _MOST_EXIF
    except Exception:  # Values that were read from damaged EXIF cannot always be written again.
        return False
