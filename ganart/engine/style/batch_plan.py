"""What a batch is to do, as plain records. Imports no torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ganart.engine.style.looks import Look

Existing = Literal["skip", "number", "overwrite"]


@dataclass(frozen=True, slots=True)
class Output:
    """How the results of a batch are written."""

    folder: Path
    pattern: str = "{name}_{look}"
    """File name without suffix; {name}, {look}, {folder} (below the source) and {number} stand
    for parts."""
    format: str = "same"
    """"same" as the photo, "jpeg", "png", "webp" or "tiff"."""
    quality: int = 92
    """1 to 100, of JPEG and WebP."""
    existing: Existing = "skip"
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
