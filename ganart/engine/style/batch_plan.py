"""What a batch is to do, as plain records, and how its results are named. Imports no torch."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, get_args

from ganart.engine.errors import BadOption
from ganart.engine.style.looks import Look
from ganart.media.names import safe_stem
from ganart.media.style_recipe import MAX_STYLES

Existing = Literal["skip", "number", "overwrite"]
NAME_PARTS = ("name", "look", "folder", "number")
"""What may stand in braces in a name pattern."""
FORMAT_SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "tiff": ".tif"}
LONG_SIDE_MAX = 10_000
"""Pixels; the largest square result is then no larger than the largest photo that is read."""
THREADS_MAX = 256

_SAME_FORMAT = {
    ".jpg": ".jpg", ".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".mpo": ".jpg",
    ".webp": ".webp", ".tif": ".tif", ".tiff": ".tif",
}  # fmt: skip
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Output:
    """How the results of a batch are written."""

    folder: Path
    pattern: str = "{name}_{look}"
    """File name without suffix; {name}, {look}, {folder} (below the source) and {number} (of the
    photo, 0001 and on) stand for parts. A slash makes a folder."""
    format: str = "same"
    """"same" as the photo (PNG for kinds that are only read), "jpeg", "png", "webp" or "tiff"."""
    quality: int = 92
    """1 to 100, of JPEG and WebP."""
    existing: Existing = "skip"
    """What becomes of a result whose name is taken. What another batch wrote since this one began
    is never overwritten, nor are the batch's own photos: the result is numbered then."""
    keep_gps: bool = False
    keep_profile: bool = False
    """Write the pixels in the photo's own colour profile instead of sRGB."""
    long_side: int = 0
    """Longer side of the results in pixels; 0 keeps the photo's size."""
    sheet: bool = False
    """Also write a contact sheet of all results."""


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Several looks times many photos."""

    sources: tuple[Path, ...]
    """Photos, folders (with all below them) and ZIP files."""
    looks: tuple[Look, ...]
    output: Output
    watch: bool = False
    """Go on with whatever arrives in the folders until stopped."""
    device: str = "auto"
    threads: int = 0


def check_plan(plan: BatchPlan) -> None:
    """Raise `BadOption` for a plan that cannot be followed."""
    output = plan.output
    for name, value, choices in (
        ("format", output.format, ("same", *FORMAT_SUFFIXES)),
        ("existing", output.existing, get_args(Existing)),
    ):
        if value not in choices:
            raise BadOption(option=name, value=value, allowed=", ".join(choices))
    for name, number, low, high in (
        ("quality", output.quality, 1, 100),
        ("long_side", output.long_side, 0, LONG_SIDE_MAX),
        ("threads", plan.threads, 0, THREADS_MAX),
    ):
        if not low <= number <= high:
            raise BadOption(option=name, value=number, allowed=f"{low} ... {high}")
    if not plan.looks:
        raise BadOption(option="looks", value="none", allowed="one look at least")
    for look in plan.looks:
        count = len(look.ingredients)
        if not 1 <= count <= MAX_STYLES:
            raise BadOption(option="look", value=f"{count} styles", allowed=f"1 ... {MAX_STYLES}")
    check_pattern(output.pattern)


def check_pattern(pattern: str) -> None:
    """Raise `BadOption` for a name pattern with an unknown part or a lone brace."""
    rest = _PART.sub("", pattern)
    unknown = [part for part in _PART.findall(pattern) if part not in NAME_PARTS]
    if unknown or "{" in rest or "}" in rest or not pattern.strip(" /."):
        allowed = ", ".join(f"{{{part}}}" for part in NAME_PARTS)
        raise BadOption(option="pattern", value=pattern, allowed=allowed)


def look_name(look: Look) -> str:
    """Return the name of a look in file names: its styles' names, joined by "+"."""
    return "+".join(each.name for each in look.ingredients)


def result_name(pattern: str, name: str, look: str, folder: str, number: int) -> PurePosixPath:
    """Return the path of a result below the output folder, without suffix.

    `folder` is the photo's below its source, parts divided by slashes. Every part of the path is a
    name that all systems accept; none leads out of the output folder.
    """
    values = {"name": name, "look": look, "folder": folder, "number": f"{number:04}"}
    parts: list[str] = []
    for component in pattern.split("/"):
        if component == "{folder}":
            parts.extend(folder.split("/"))
        else:
            parts.append(_PART.sub(lambda part: values[part[1]].replace("/", "-"), component))
    return PurePosixPath(*[safe_stem(part) for part in parts if part.strip()] or [safe_stem("")])


def result_suffix(format_name: str, photo: Path) -> str:
    """Return the suffix of a result in `format_name`, "same" going by the photo's own suffix."""
    return FORMAT_SUFFIXES.get(format_name) or _SAME_FORMAT.get(photo.suffix.lower(), ".png")
