"""How art is saved, declared once for the window and the command line. Imports no torch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from ganart.engine.errors import BadOption
from ganart.engine.options import Group, check, option, options
from ganart.media.names import DEFAULT_PATTERN, check_pattern
from ganart.media.recipe_checks import MAX_TEXT, BadRecipe
from ganart.text import QT_TRANSLATE_NOOP

SIDE_MAX = 30_000
"""Of a result, in pixels."""
PIXELS_MAX = 400_000_000
"""Of one picture or page: 20,000 a side."""
ASPECTS = ("1:1", "5:4", "4:5", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "2:1", "1:2")
RESAMPLERS = ("nearest", "bilinear", "bicubic", "lanczos")
CODECS: Mapping[str, tuple[str, ...]] = {"mp4": ("h264", "h265", "av1"), "webm": ("vp9", "av1")}
"""Of the films among the formats of loops; the first is the usual one."""

_BYTES_PER_PIXEL = {
    "png": 1.8, "tiff": 2.4, "webp": 1.4, "jpeg": 0.6, "gif": 0.9, "mp4": 0.15, "webm": 0.12,
}  # fmt: skip
_NOT_IN_RECIPES = {"pattern", "recipe"}
"""Options that do not change what is seen."""


@dataclass(frozen=True)
class _Sized:
    """How large a picture becomes."""

    scale: int = option(
        4,
        QT_TRANSLATE_NOOP("options", "Enlarge"),
        QT_TRANSLATE_NOOP("options", "How many times larger than the model draws. Counts where "
            "no longer side is given."),
        Group.SIZE,
        unit="×",
        low=1,
        high=64,
    )  # fmt: skip
    size: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Longer side"),
        QT_TRANSLATE_NOOP("options", "Of each picture. 0 goes by how much it is enlarged."),
        Group.SIZE,
        unit="px",
        low=0,
        high=SIDE_MAX,
    )
    resample: str = option(
        "nearest",
        QT_TRANSLATE_NOOP("options", "Way to enlarge"),
        QT_TRANSLATE_NOOP("options", "Nearest keeps every pixel as a clear square. The others "
            "blur, from bilinear, the softest, to Lanczos, the crispest."),
        Group.SIZE,
        choices=RESAMPLERS,
    )  # fmt: skip
    aspect: str = option(
        "1:1",
        QT_TRANSLATE_NOOP("options", "Shape"),
        QT_TRANSLATE_NOOP("options", "Width to height. Where pictures were stretched to squares "
            "for the training, this takes the stretching back."),
        Group.SIZE,
        choices=ASPECTS,
    )  # fmt: skip


@dataclass(frozen=True)
class _Marked:
    """What is drawn onto a picture."""

    sign: str = option(
        "",
        QT_TRANSLATE_NOOP("options", "Signature"),
        QT_TRANSLATE_NOOP("options", "A text that is drawn onto the picture, light or dark by "
            "what is behind it."),
        Group.MARK,
        high=MAX_TEXT,
    )  # fmt: skip
    sign_size: float = option(
        4.0,
        QT_TRANSLATE_NOOP("options", "Size of the signature"),
        QT_TRANSLATE_NOOP("options", "Height of its letters, of the picture's height."),
        Group.MARK,
        unit="%",
        low=1.0,
        high=50.0,
    )
    sign_corner: str = option(
        "bottom right",
        QT_TRANSLATE_NOOP("options", "Corner"),
        QT_TRANSLATE_NOOP("options", "Where the signature stands."),
        Group.MARK,
        choices=("bottom right", "bottom left", "top right", "top left"),
    )
    sign_opacity: int = option(
        80,
        QT_TRANSLATE_NOOP("options", "Strength of the signature"),
        QT_TRANSLATE_NOOP("options", "100 hides what is behind it."),
        Group.MARK,
        unit="%",
        low=1,
        high=100,
    )


@dataclass(frozen=True)
class _Edition:
    """A numbered edition."""

    edition: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Numbered edition"),
        QT_TRANSLATE_NOOP("options", "How many copies: each is a file of its own with its number "
            "drawn on it, such as 3/25. 0 numbers nothing."),
        Group.MARK,
        low=0,
        high=999,
    )  # fmt: skip


@dataclass(frozen=True)
class _Named:
    """What a file is called and carries."""

    pattern: str = option(
        DEFAULT_PATTERN,
        QT_TRANSLATE_NOOP("options", "File name"),
        QT_TRANSLATE_NOOP("options", "In braces: {project}, {model}, {preset}, {seed}, {kind}, "
            "{size}, {edition}, {date}, {n}; {n:03} is a number of three digits. Where a name is "
            "taken, a number is added."),
        Group.NAME,
        high=MAX_TEXT,
    )  # fmt: skip
    recipe: bool = option(
        True,
        QT_TRANSLATE_NOOP("options", "Recipe in the file"),
        QT_TRANSLATE_NOOP("options", "With it the studio can open the work again. It names the "
            "seeds, the model and how it was trained."),
        Group.NAME,
    )  # fmt: skip


@dataclass(frozen=True)
class _Still:
    """The file of a picture."""

    format: str = option(
        "png",
        QT_TRANSLATE_NOOP("options", "Format"),
        QT_TRANSLATE_NOOP("options", "PNG and TIFF keep every pixel exactly; JPEG does not."),
        Group.FILE,
        choices=("png", "jpeg", "webp", "tiff"),
    )
    quality: int = option(
        92,
        QT_TRANSLATE_NOOP("options", "Quality"),
        QT_TRANSLATE_NOOP("options", "Of JPEG and WebP: less makes smaller files."),
        Group.FILE,
        low=1,
        high=100,
    )
    lossless: bool = option(
        True,
        QT_TRANSLATE_NOOP("options", "Keep every pixel"),
        QT_TRANSLATE_NOOP("options", "Of WebP: larger files, exact colours."),
        Group.FILE,
    )
    compression: str = option(
        "deflate",
        QT_TRANSLATE_NOOP("options", "Compression"),
        QT_TRANSLATE_NOOP("options", "Of TIFF: deflate is smaller, LZW is read by older programs "
            "too. Both keep every pixel."),
        Group.FILE,
        choices=("deflate", "lzw", "none"),
    )  # fmt: skip
    dpi: int = option(
        300,
        QT_TRANSLATE_NOOP("options", "Dots an inch"),
        QT_TRANSLATE_NOOP("options", "How fine a printer or a layout program sets the pixels."),
        Group.FILE,
        low=1,
        high=2400,
    )


@dataclass(frozen=True)
class StillOutput(_Named, _Edition, _Marked, _Sized, _Still):
    """How one picture is saved."""

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
class SheetOutput(_Named, _Marked, _Sized, _Still):
    """How a contact sheet is saved; its size is that of each picture."""

    columns: int = option(
        6,
        QT_TRANSLATE_NOOP("options", "Columns"),
        QT_TRANSLATE_NOOP("options", "How many pictures stand beside each other."),
        Group.PAGE,
        low=1,
        high=40,
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
    captions: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Captions"),
        QT_TRANSLATE_NOOP("options", "Write the seed below each picture."),
        Group.PAGE,
    )


@dataclass(frozen=True)
class PrintOutput(_Named, _Edition, _Marked):
    """How pictures are laid out on pages of paper."""

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
    captions: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Captions"),
        QT_TRANSLATE_NOOP("options", "Write the seed below each picture."),
        Group.PAGE,
    )
    resample: str = option(
        "nearest",
        QT_TRANSLATE_NOOP("options", "Way to enlarge"),
        QT_TRANSLATE_NOOP("options", "Nearest keeps every pixel as a clear square. The others "
            "blur, from bilinear, the softest, to Lanczos, the crispest."),
        Group.SIZE,
        choices=RESAMPLERS,
    )  # fmt: skip
    aspect: str = option(
        "1:1",
        QT_TRANSLATE_NOOP("options", "Shape"),
        QT_TRANSLATE_NOOP("options", "Width to height. Where pictures were stretched to squares "
            "for the training, this takes the stretching back."),
        Group.SIZE,
        choices=ASPECTS,
    )  # fmt: skip


@dataclass(frozen=True)
class LoopOutput(_Named, _Marked, _Sized):
    """How a loop is saved."""

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


Output = StillOutput | SheetOutput | PrintOutput | LoopOutput
_Some = TypeVar("_Some", StillOutput, SheetOutput, PrintOutput, LoopOutput)


def check_output(output: Output) -> None:
    """Raise `BadOption` for choices that are out of range or do not go together."""
    for each in options(type(output)):
        check(each, getattr(output, each.name))
    check_pattern(output.pattern)
    if isinstance(output, StillOutput) and output.bits == 16 and output.format != "png":
        raise BadOption(option="bits", value=16, allowed="8, for all formats but PNG")
    if isinstance(output, LoopOutput) and output.codec != "auto":
        offered = CODECS.get(output.format, ())
        if output.codec not in offered:
            allowed = ", ".join(("auto", *offered))
            raise BadOption(option="codec", value=output.codec, allowed=allowed)


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
    if not values["sign"] and not values.get("edition"):
        found |= {"sign_opacity", "sign_corner", "sign_size"}
    return found


def picture_size(output: _Sized, side: int) -> tuple[int, int]:
    """Return width and height in pixels of a picture that a model draws with `side` pixels.

    Raises `BadOption` where it would be too large for anything.
    """
    longer = output.size or side * output.scale
    width, height = shaped(longer, output.aspect)
    if longer > SIDE_MAX or width * height > PIXELS_MAX:
        raise BadOption(option="size", value=longer, allowed=f"fewer pixels than {PIXELS_MAX}")
    return width, height


def estimated_bytes(output: Output, side: int, pictures: int = 1, frames: int = 0) -> int:
    """Return about how large the files become at most, for a model's side in pixels.

    `pictures` are on a sheet or a print, `frames` those of a loop. Measured on photos; what is
    enlarged by clear squares takes a fraction of it.
    """
    if isinstance(output, PrintOutput):
        pages = -(-pictures // (output.rows * output.columns)) * max(1, output.edition)
        dots = (output.dpi / 2.54) ** 2 * output.width_cm * output.height_cm
        return round(pages * dots * _BYTES_PER_PIXEL["png"])
    width, height = picture_size(output, side)
    if isinstance(output, LoopOutput):
        kind = "png" if output.format in {"apng", "webp"} else output.format
        return round(frames * width * height * _BYTES_PER_PIXEL[kind])
    count = pictures if isinstance(output, SheetOutput) else max(1, output.edition)
    deep = 2 if isinstance(output, StillOutput) and output.bits == 16 else 1
    return round(deep * count * width * height * _BYTES_PER_PIXEL[output.format])


def shaped(longer: float, aspect: str) -> tuple[int, int]:
    """Return width and height in whole pixels, 1 or more, of a shape with this longer side."""
    across, down = (int(part) for part in aspect.split(":"))
    largest = max(across, down)
    return max(1, round(longer * across / largest)), max(1, round(longer * down / largest))


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
