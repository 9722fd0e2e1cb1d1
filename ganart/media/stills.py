"""Still pictures as files in every format, with colour profile, resolution and recipe."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from ganart.files import atomic_new_path, write_atomic
from ganart.media import png_file
from ganart.media.metadata import (
    MOST_EXIF_BYTES,
    PNG_KEYWORD,
    XMP_ATTRIBUTE,
    AnyRecipe,
    beside,
    user_comment,
)
from ganart.media.photo_files import LONGEST_SIDE, TooLongForFormat
from ganart.media.sizing import AnyPixels, to_8_bits

SUFFIXES = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "tiff": ".tif"}
_FINE_QUALITY = 90
"""From here on JPEG keeps colour at full resolution."""
_XMP_TAG = 700
_INCH = 2
"""Value of the EXIF tag ResolutionUnit."""
_COMPRESSIONS = {"deflate": "tiff_adobe_deflate", "lzw": "tiff_lzw", "none": "raw"}
_MADE = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)
"""1 January 2000: else equal pictures made at two times would be two different files."""


@dataclass(frozen=True, slots=True)
class StillForm:
    """How a still picture is written."""

    format: str = "png"
    """A key of `SUFFIXES`."""
    quality: int = 92
    """1 ... 100, of JPEG and lossy WebP."""
    lossless: bool = True
    """Of WebP."""
    compression: str = "deflate"
    """Of TIFF: "deflate", "lzw" or "none"."""
    dpi: int = 300

    @property
    def suffix(self) -> str:
        """The suffix of its files."""
        return SUFFIXES[self.format]


@cache
def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB, always the same bytes."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + _MADE + made[36:84] + bytes(16) + made[100:]


def save_still(
    pixels: AnyPixels,
    folder: Path,
    choose: Callable[[], Path],
    form: StillForm,
    recipe: AnyRecipe | None = None,
) -> tuple[Path, Path | None]:
    """Write a file to the free name in `folder` that `choose` gives, whole or not at all.

    Pixels of 16 bits need PNG, the rest becomes 8. Returns the file, and where its recipe went if
    it is too long for the format: a JSON file beside. Raises `TooLongForFormat`, `DiskFull` and
    `FolderNotWritable`.
    """
    limit = LONGEST_SIDE.get(form.suffix)
    if limit is not None and max(pixels.shape[:2]) > limit:
        raise TooLongForFormat(format=form.format.upper(), side=max(pixels.shape[:2]), limit=limit)
    content, is_inside = encoded_still(pixels, form, recipe)
    target = folder

    def remember() -> Path:
        nonlocal target
        target = choose()
        return target

    with atomic_new_path(folder, form.suffix, remember) as temporary:
        temporary.write_bytes(content)
    if recipe is None or is_inside:
        return target, None
    write_atomic(beside(target), recipe.to_json().encode("ascii"))
    return target, beside(target)


def encoded_still(
    pixels: AnyPixels, form: StillForm, recipe: AnyRecipe | None = None
) -> tuple[bytes, bool]:
    """Return a file, and whether the recipe is inside; equal arguments give equal bytes."""
    text = "" if recipe is None else recipe.to_json()
    if form.format == "png":
        return _png(pixels, form, text), True
    options: dict[str, Any] = {"icc_profile": srgb_profile(), "dpi": (form.dpi, form.dpi)}
    is_inside = True
    if form.format == "tiff":
        options |= {"format": "TIFF", "compression": _COMPRESSIONS[form.compression]}
        if text:
            options["tiffinfo"] = {_XMP_TAG: _xmp(text)}
    else:
        exif = Image.Exif()
        if form.format == "webp":  # has no other place for it
            exif[ExifTags.Base.XResolution] = exif[ExifTags.Base.YResolution] = float(form.dpi)
            exif[ExifTags.Base.ResolutionUnit] = _INCH
        if recipe is not None:
            exif[ExifTags.IFD.Exif] = {ExifTags.Base.UserComment: user_comment(recipe)}
            is_inside = form.format != "jpeg" or len(exif.tobytes()) <= MOST_EXIF_BYTES
        if len(exif) and is_inside:
            options["exif"] = exif.tobytes()
        if form.format == "jpeg":
            fine = form.quality >= _FINE_QUALITY
            options |= {"format": "JPEG", "quality": form.quality}
            options |= {"subsampling": 0 if fine else 2, "optimize": True}
        else:
            options |= {"format": "WEBP", "quality": form.quality, "lossless": form.lossless}
            options |= {"exact": True, "method": 4}
    stream = BytesIO()
    Image.fromarray(to_8_bits(pixels)).save(stream, **options)
    return stream.getvalue(), is_inside


def _png(pixels: AnyPixels, form: StillForm, text: str) -> bytes:
    if pixels.dtype == np.uint16:
        texts = (png_file.text_chunk(PNG_KEYWORD, text),) if text else ()
        return png_file.encoded_16(
            pixels.astype(np.uint16, copy=False), srgb_profile(), form.dpi, texts
        )
    info = PngImagePlugin.PngInfo()
    if text:
        info.add_itxt(PNG_KEYWORD, text)
    stream = BytesIO()
    Image.fromarray(pixels).save(
        stream, format="PNG", pnginfo=info, dpi=(form.dpi, form.dpi), icc_profile=srgb_profile()
    )
    return stream.getvalue()


def _xmp(text: str) -> bytes:
    """Return an XMP packet with the recipe as a property of its own."""
    value = html.escape(text, quote=True)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        f'xmlns:ganart="urn:ganart:1" {XMP_ATTRIBUTE}="{value}"/></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()
