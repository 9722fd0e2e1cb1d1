"""What the choices of an output mean: its size in pixels and bytes, its pages, its marks."""

from collections.abc import Mapping
from typing import Any

from ganart.engine.errors import BadOption
from ganart.engine.latent.output import (
    CODECS,
    LoopOutput,
    Output,
    PrintOutput,
    SheetOutput,
    StillOutput,
)
from ganart.engine.latent.output_parts import AS_DRAWN, AS_PICTURES, SIDE_MAX, Sized
from ganart.media.drawn import Drawn
from ganart.media.marks import Mark
from ganart.media.prints import PageLayout

PIXELS_MAX = 400_000_000
"""Of one picture or page: 20,000 a side."""
_BYTES_PER_PIXEL = {
    "png": 1.8, "tiff": 2.4, "webp": 1.4, "jpeg": 0.6, "gif": 0.9, "mp4": 0.15, "webm": 0.12,
}  # fmt: skip


def idle(values: Mapping[str, Any]) -> set[str]:
    """Return the names of the options of an output that do nothing with these values."""
    kind = values["format"]
    found = set()
    if kind != "png":
        found.add("bits")
    if "lossless" in values:
        found |= {"lossless"} if kind != "webp" else set()
        found |= {"compression"} if kind != "tiff" else set()
        exact = kind in {"png", "tiff"} or (kind == "webp" and values["lossless"])
        found |= {"quality"} if exact else set()
    if "codec" in values and kind not in CODECS:
        found |= {"codec", "quality"}
    if "scale" in values and values["size"]:
        found.add("scale")
    if values.get("merge"):
        found |= {"gap", "captions"}
    if not values["sign"] and not values.get("edition"):
        found |= {"sign_opacity", "sign_corner", "sign_size"}
    return found


def picture_size(output: Sized, drawn: Drawn) -> tuple[int, int]:
    """Return width and height in pixels of a picture that a model draws like this.

    Raises `BadOption` where it would be too large for anything.
    """
    own = drawn.unstretched if output.aspect == AS_PICTURES else (drawn.width, drawn.height)
    longer = output.size or max(1, round(max(own) * output.scale))
    width, height = shaped(longer, output.aspect, drawn)
    if longer > SIDE_MAX or width * height > PIXELS_MAX:
        raise BadOption(option="size", value=longer, allowed=f"fewer pixels than {PIXELS_MAX}")
    return width, height


def estimated_bytes(output: Output, drawn: Drawn, pictures: int = 1, frames: int = 0) -> int:
    """Return about how large the files become at most, for what a model draws.

    `pictures` are on a sheet or a print, `frames` those of a loop. Measured on photos; what is
    enlarged by clear squares takes a fraction of it.
    """
    if isinstance(output, PrintOutput):
        pages = -(-pictures // (output.rows * output.columns)) * max(1, output.edition)
        dots = (output.dpi / 2.54) ** 2 * output.width_cm * output.height_cm
        return round(pages * dots * _BYTES_PER_PIXEL["png"])
    width, height = picture_size(output, drawn)
    if isinstance(output, LoopOutput):
        kind = "png" if output.format in {"apng", "webp"} else output.format
        return round(frames * width * height * _BYTES_PER_PIXEL[kind])
    count = pictures if isinstance(output, SheetOutput) else max(1, output.edition)
    deep = 2 if isinstance(output, StillOutput) and output.bits == 16 else 1
    return round(deep * count * width * height * _BYTES_PER_PIXEL[output.format])


def shaped(longer: float, aspect: str, drawn: Drawn) -> tuple[int, int]:
    """Return width and height in whole pixels, 1 or more, of a shape with this longer side.

    `aspect` is the option of that name, for a model that draws like this.
    """
    across, down = _proportion(aspect, drawn)
    largest = max(across, down)
    return max(1, round(longer * across / largest)), max(1, round(longer * down / largest))


def _proportion(aspect: str, drawn: Drawn) -> tuple[float, float]:
    """Return width and height, in any unit."""
    if aspect == AS_DRAWN:
        return drawn.width, drawn.height
    if aspect == AS_PICTURES:
        return drawn.unstretched
    across, _, down = aspect.partition(":")
    return int(across), int(down)


def layout_of(output: PrintOutput, drawn: Drawn) -> PageLayout:
    """Return where the pictures of a model that draws like this stand on a page."""
    across, down = _proportion(output.aspect, drawn)
    return PageLayout(
        width_mm=output.width_cm * 10,
        height_mm=output.height_cm * 10,
        rows=output.rows,
        columns=output.columns,
        margin_mm=output.margin_mm,
        gap_mm=output.gap_mm,
        bleed_mm=output.bleed_mm,
        crop_marks=output.crop_marks,
        captions=output.captions,
        aspect=across / down,
    )


def marks_of(output: Output, number: int = 0) -> tuple[Mark, ...]:
    """Return what is drawn on pictures; `number` is that of a copy, 0 for none."""
    size, opacity = output.sign_size / 100, output.sign_opacity / 100
    marks = []
    corner = output.sign_corner
    if output.sign:
        marks.append(Mark(output.sign, size, corner, opacity))
        side = "left" if corner.endswith("right") else "right"
        corner = f"{corner.split()[0]} {side}"
    total = 0 if isinstance(output, SheetOutput | LoopOutput) else output.edition
    if number and total:
        marks.append(Mark(f"{number}/{total}", size, corner, opacity))
    return tuple(marks)
