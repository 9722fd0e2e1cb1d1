"""Reads a photo with everything its result is to keep: transparency, EXIF, colour profile."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.datasets.colour import WHITE, split_alpha
from ganart.datasets.decode import loaded, turned


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo in memory, upright."""

    pixels: npt.NDArray[np.uint8]
    """(height, width, 3), sRGB. Fully clear parts have the mean colour of the visible ones."""
    alpha: npt.NDArray[np.uint8] | None
    """(height, width), 0 clear ... 255 opaque; None where everything is opaque."""
    exif: bytes
    """The EXIF block as Pillow writes it, the stored orientation included; empty for none."""
    profile: bytes | None
    """The embedded ICC profile, of any colour space; the pixels went through it already."""
    dpi: tuple[float, float] | None
    format: str
    """Pillow's name, such as "JPEG"."""


def read_photo(path: Path, content: bytes | None = None) -> Photo:
    """Read the photo in `path`, or in `content`, which `path` then only names.

    Of an animation the first frame is taken. Raises `Unreadable`, whatever is wrong with the file;
    odd metadata in a sound picture is left out. Safe in several threads.
    """
    with loaded(path, content) as image:
        colours, alpha = split_alpha(image)
        pixels = np.array(turned(colours, image))
        mask = None if alpha is None else np.array(turned(alpha, image))
        details = _exif(image), image.info.get("icc_profile"), image.info.get("dpi"), image.format
    exif, profile, dpi, kind = details
    if mask is not None and mask.min() == 255:
        mask = None
    if mask is not None:
        _fill_clear(pixels, mask)
    return Photo(
        pixels=pixels,
        alpha=mask,
        exif=exif,
        profile=profile if isinstance(profile, bytes) and profile else None,
        dpi=_dpi(dpi),
        format=kind or "",
    )


def _fill_clear(pixels: npt.NDArray[np.uint8], alpha: npt.NDArray[np.uint8]) -> None:
    """Give fully clear parts a quiet colour: files hold anything there, and a style spreads it."""
    clear = alpha == 0
    pixels[clear] = WHITE if clear.all() else pixels[~clear].mean(axis=0).round()


def _exif(image: Image.Image) -> bytes:
    try:
        return image.getexif().tobytes() if len(image.getexif()) else b""
    except Exception:  # Damaged EXIF raises nearly anything, and is no reason to lose a picture.
        return b""


def _dpi(value: object) -> tuple[float, float] | None:
    """Return the resolution where it is two sensible numbers."""
    try:
        across, down = (float(each) for each in value)  # type: ignore[attr-defined]  # any value
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if 1 <= across <= 100_000 and 1 <= down <= 100_000 else None
