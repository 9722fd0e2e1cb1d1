"""What the outputs have in common: size, marks, edition, name, and the file of a picture."""

from dataclasses import dataclass
from typing import Any

from ganart.engine.options import Group, option
from ganart.media.names import DEFAULT_PATTERN
from ganart.media.recipe_checks import MAX_TEXT
from ganart.text import QT_TRANSLATE_NOOP

SIDE_MAX = 30_000
"""Of a result, in pixels."""
AS_DRAWN, AS_PICTURES = "drawn", "pictures"
ASPECTS = (
    AS_DRAWN,
    AS_PICTURES,
    "1:1",
    "5:4",
    "4:5",
    "4:3",
    "3:4",
    "3:2",
    "2:3",
    "16:9",
    "9:16",
    "2:1",
    "1:2",
)
RESAMPLERS = ("nearest", "bilinear", "bicubic", "lanczos")


def resample_option() -> Any:  # noqa: ANN401  (as `option`)
    """Declare how pictures are enlarged."""
    return option(
        "nearest",
        QT_TRANSLATE_NOOP("options", "Way to enlarge"),
        QT_TRANSLATE_NOOP("options", "Nearest keeps every pixel as a clear square. The others "
            "blur, from bilinear, the softest, to Lanczos, the crispest."),
        Group.SIZE,
        choices=RESAMPLERS,
    )  # fmt: skip


def aspect_option() -> Any:  # noqa: ANN401  (as `option`)
    """Declare the shape of pictures."""
    return option(
        AS_DRAWN,
        QT_TRANSLATE_NOOP("options", "Shape"),
        QT_TRANSLATE_NOOP("options", "Width to height: as the model draws; as your pictures were "
            "before they were stretched for the training, if they were; or another one, to which "
            "the picture is pulled."),
        Group.SIZE,
        choices=ASPECTS,
    )  # fmt: skip


def captions_option() -> Any:  # noqa: ANN401  (as `option`)
    """Declare whether seeds are written below pictures."""
    return option(
        False,
        QT_TRANSLATE_NOOP("options", "Captions"),
        QT_TRANSLATE_NOOP("options", "Write the seed below each picture."),
        Group.PAGE,
    )


@dataclass(frozen=True)
class Sized:
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
    resample: str = resample_option()
    aspect: str = aspect_option()


@dataclass(frozen=True)
class Marked:
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
class Edition:
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
class Named:
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
class Still:
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
