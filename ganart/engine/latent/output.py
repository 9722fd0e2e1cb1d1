"""How art is saved, declared once for the window and the command line. Imports no torch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from ganart.engine.errors import BadOption
from ganart.engine.latent.output_parts import (
    Edition,
    Marked,
    Named,
    Sized,
    Still,
    aspect_option,
    captions_option,
    resample_option,
)
from ganart.engine.options import Group, check, option, options
from ganart.media.letters import lacking
from ganart.media.names import check_pattern
from ganart.media.recipe_checks import BadRecipe
from ganart.text import QT_TRANSLATE_NOOP

CODECS: Mapping[str, tuple[str, ...]] = {"mp4": ("h264", "h265", "av1"), "webm": ("vp9", "av1")}
"""Of the films among the formats of loops; the first is the usual one."""

_NOT_IN_RECIPES = {"pattern", "recipe"}
"""Options that do not change what is seen."""


@dataclass(frozen=True)
class _Deep:
    """The depth of colour, of PNG."""

    bits: int = option(
        8,
        QT_TRANSLATE_NOOP("options", "Depth of colour"),
        QT_TRANSLATE_NOOP("options", "16 bits of each colour, of PNG, leave more room for later "
            "changes; on a screen both look alike."),
        Group.FILE,
        unit="bit",
        choices=(8, 16),
    )  # fmt: skip


@dataclass(frozen=True)
class StillOutput(Named, Edition, Marked, Sized, _Deep, Still):
    """How one picture is saved."""


@dataclass(frozen=True)
class _SheetPage:
    """How pictures stand on a contact sheet."""

    columns: int = option(
        6,
        QT_TRANSLATE_NOOP("options", "Columns"),
        QT_TRANSLATE_NOOP("options", "How many pictures stand beside each other."),
        Group.PAGE,
        low=1,
        high=100,
    )
    gap: int = option(
        8,
        QT_TRANSLATE_NOOP("options", "Gap"),
        QT_TRANSLATE_NOOP("options", "Between pictures."),
        Group.PAGE,
        unit="px",
        low=0,
        high=1000,
    )
    margin: int = option(
        8,
        QT_TRANSLATE_NOOP("options", "Margin"),
        QT_TRANSLATE_NOOP("options", "Around all pictures."),
        Group.PAGE,
        unit="px",
        low=0,
        high=2000,
    )
    background: str = option(
        "dark",
        QT_TRANSLATE_NOOP("options", "Background"),
        QT_TRANSLATE_NOOP("options", "Colour between and around the pictures."),
        Group.PAGE,
        choices=("dark", "black", "grey", "white"),
    )
    merge: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Let pictures grow together"),
        QT_TRANSLATE_NOOP("options", "Draws all as one large picture in which neighbours run into "
            "each other, without gaps. For models of R3 and DCGAN."),
        Group.PAGE,
    )  # fmt: skip
    captions: bool = captions_option()


@dataclass(frozen=True)
class SheetOutput(Named, Marked, _SheetPage, Sized, Still):
    """How a contact sheet is saved; its size is that of each picture."""


@dataclass(frozen=True)
class _Paper:
    """How pictures stand on paper."""

    format: str = option(
        "pdf",
        QT_TRANSLATE_NOOP("options", "Format"),
        QT_TRANSLATE_NOOP("options", "All keep every pixel; PDF holds all pages in one file."),
        Group.FILE,
        choices=("pdf", "png", "tiff"),
    )
    dpi: int = option(
        300,
        QT_TRANSLATE_NOOP("options", "Dots an inch"),
        QT_TRANSLATE_NOOP("options", "300 is fine enough for anything held in the hand."),
        Group.FILE,
        low=50,
        high=1200,
    )
    width_cm: float = option(
        21.0,
        QT_TRANSLATE_NOOP("options", "Width of the page"),
        QT_TRANSLATE_NOOP("options", "As it is after cutting."),
        Group.PAGE,
        unit="cm",
        low=2.0,
        high=150.0,
    )
    height_cm: float = option(
        29.7,
        QT_TRANSLATE_NOOP("options", "Height of the page"),
        QT_TRANSLATE_NOOP("options", "As it is after cutting."),
        Group.PAGE,
        unit="cm",
        low=2.0,
        high=150.0,
    )
    bleed_mm: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Bleed"),
        QT_TRANSLATE_NOOP("options", "More paper on every side that is cut off. Without a margin "
            "pictures reach into it, so that no white edge is left. Print shops ask for 3 mm."),
        Group.PAGE,
        unit="mm",
        low=0.0,
        high=20.0,
    )  # fmt: skip
    crop_marks: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Crop marks"),
        QT_TRANSLATE_NOOP("options", "Fine lines outside of the page that show where to cut."),
        Group.PAGE,
    )
    margin_mm: float = option(
        15.0,
        QT_TRANSLATE_NOOP("options", "Margin"),
        QT_TRANSLATE_NOOP("options", "Free paper around the pictures."),
        Group.PAGE,
        unit="mm",
        low=0.0,
        high=300.0,
    )
    columns: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Columns"),
        QT_TRANSLATE_NOOP("options", "How many pictures stand beside each other."),
        Group.PAGE,
        low=1,
        high=40,
    )
    rows: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Rows"),
        QT_TRANSLATE_NOOP("options", "How many stand above each other; the rest goes to more "
            "pages."),
        Group.PAGE,
        low=1,
        high=40,
    )  # fmt: skip
    gap_mm: float = option(
        5.0,
        QT_TRANSLATE_NOOP("options", "Gap"),
        QT_TRANSLATE_NOOP("options", "Between pictures."),
        Group.PAGE,
        unit="mm",
        low=0.0,
        high=100.0,
    )
    background: str = option(
        "white",
        QT_TRANSLATE_NOOP("options", "Background"),
        QT_TRANSLATE_NOOP("options", "Colour between and around the pictures."),
        Group.PAGE,
        choices=("white", "grey", "dark", "black"),
    )
    captions: bool = captions_option()
    resample: str = resample_option()
    aspect: str = aspect_option()


@dataclass(frozen=True)
class PrintOutput(Named, Edition, Marked, _Paper):
    """How pictures are laid out on pages of paper."""


@dataclass(frozen=True)
class _Film:
    """The file of a loop."""

    format: str = option(
        "mp4",
        QT_TRANSLATE_NOOP("options", "Format"),
        QT_TRANSLATE_NOOP("options", "MP4 plays everywhere. WebP, APNG and single pictures keep "
            "every pixel; a GIF has 256 colours a frame."),
        Group.FILE,
        choices=("mp4", "webm", "gif", "webp", "apng", "png"),
    )  # fmt: skip
    codec: str = option(
        "auto",
        QT_TRANSLATE_NOOP("options", "Way to code"),
        QT_TRANSLATE_NOOP("options", "Of MP4: H.264, H.265 and AV1; of WebM: VP9 and AV1. The "
            "newer make smaller files, take longer, and do not play everywhere."),
        Group.FILE,
        choices=("auto", "h264", "h265", "vp9", "av1"),
    )  # fmt: skip
    quality: int = option(
        90,
        QT_TRANSLATE_NOOP("options", "Quality"),
        QT_TRANSLATE_NOOP("options", "Of MP4 and WebM: less makes smaller files."),
        Group.FILE,
        low=1,
        high=100,
    )
    fps: float = option(
        24.0,
        QT_TRANSLATE_NOOP("options", "Frames a second"),
        QT_TRANSLATE_NOOP("options", "More move more smoothly and take longer. GIF shows 50 at "
            "most."),
        Group.FILE,
        low=1.0,
        high=120.0,
    )  # fmt: skip


@dataclass(frozen=True)
class LoopOutput(Named, Marked, Sized, _Film):
    """How a loop is saved."""


Output = StillOutput | SheetOutput | PrintOutput | LoopOutput
_Some = TypeVar("_Some", StillOutput, SheetOutput, PrintOutput, LoopOutput)


def check_output(output: Output) -> None:
    """Raise `BadOption` for choices that are out of range or do not go together."""
    for each in options(type(output)):
        check(each, getattr(output, each.name))
    check_pattern(output.pattern)
    if strange := lacking(output.sign):
        raise BadOption(
            option="sign", value=output.sign, allowed=f"letters that can be drawn, not {strange}"
        )
    if isinstance(output, StillOutput) and output.bits == 16 and output.format != "png":
        raise BadOption(option="bits", value=16, allowed="8, for all formats but PNG")
    if isinstance(output, LoopOutput) and output.codec != "auto":
        offered = CODECS.get(output.format, ())
        if output.codec not in offered:
            allowed = ", ".join(("auto", *offered))
            raise BadOption(option="codec", value=output.codec, allowed=allowed)


def unfitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what to set in place of choices that their format does not have."""
    found: dict[str, Any] = {}
    if values.get("bits") == 16 and values["format"] != "png":
        found["bits"] = 8
    if values.get("codec", "auto") not in ("auto", *CODECS.get(values["format"], ())):
        found["codec"] = "auto"
    return found


def to_values(output: Output) -> dict[str, Any]:
    """Return what a recipe says of an output."""
    return {name: each for name, each in asdict(output).items() if name not in _NOT_IN_RECIPES}


def from_values(kind: type[_Some], values: Mapping[str, Any]) -> _Some:
    """Read `to_values`; what is missing or unknown is as usual. Raises `BadRecipe`."""
    known = {each.name for each in fields(kind)} - _NOT_IN_RECIPES
    try:
        output = replace(kind(), **{name: each for name, each in values.items() if name in known})
        check_output(output)
    except (BadOption, TypeError) as error:
        raise BadRecipe(reason=f"how it was saved cannot be used ({error})") from error
    return output
