"""Decodes any picture file to what the rest of the studio works with: sRGB RGB, upright."""

import logging
import stat
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin, UnidentifiedImageError

from ganart.datasets.colour import WHITE, Colour, to_srgb
from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.kinds import FORMATS, FORMATS_BY_NAME, UNSUPPORTED_SUFFIXES
from ganart.datasets.reasons import reason_of, why_unidentified

MAX_PIXELS = 120_000_000
"""Larger pictures are refused: one takes up to 2.3 GB while it is decoded. See `Reason`."""

LARGE_PIXELS = 30_000_000
"""Pictures above this are decoded one at a time, so that threads do not multiply the memory."""

# Pillow checks sizes itself, also of pictures inside pictures; it shall refuse, not only warn.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
# Odd metadata in a sound picture is no news to anybody.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
logging.getLogger("PIL").setLevel(logging.CRITICAL)

# Histories of editing and colour profiles in sound pictures pass Pillow's limit of 1 MB.
PngImagePlugin.MAX_TEXT_CHUNK = 2**24

# Blocks of this size go back to the system at once; of Pillow's own, of 16 MB, the memory allocator
# keeps some for every thread, gigabytes after a few large pictures.
Image.core.set_block_size(64 * 2**20)  # type: ignore[attr-defined]  # Pillow's C part

_large_turn = threading.Lock()

_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decode(path: Path, background: Colour = WHITE, shortest: int | None = None) -> Image.Image:
    """Return the picture in `path` as sRGB RGB, turned upright, on `background` where clear.

    Of an animation the first frame is taken. With `shortest` a JPEG may come at a half, a quarter
    or an eighth of its size, several times faster, as long as both its sides keep at least that
    many pixels. Raises `Unreadable`, whatever is wrong with the file. Safe in several threads.
    """
    with loaded(path, shortest=shortest) as image:
        upright = turned(to_srgb(image, background), image)
    upright.info = {}
    return upright


@contextmanager
def loaded(
    path: Path, content: bytes | None = None, shortest: int | None = None
) -> Iterator[Image.Image]:
    """Give the picture in `path` as it is stored, for a block that converts it.

    `content` is the file's where it lies in an archive; `path` then only names it. `shortest` and
    threads as in `decode`. Whatever opening, or Pillow in the block, raises becomes `Unreadable`.
    """
    with _told_as_unreadable(path), _open(path, content) as image:
        if shortest is not None:
            image.draft(None, (shortest, shortest))
        large = image.width * image.height > LARGE_PIXELS
        with _large_turn if large else nullcontext(), _damage_told(path):
            image.load()
            yield image


def turned(converted: Image.Image, image: Image.Image) -> Image.Image:
    """Return `converted`, which was made from `image`, turned upright as its EXIF says."""
    turn = _TURNS.get(_orientation(image))
    return converted if turn is None else converted.transpose(turn)


def _open(path: Path, content: bytes | None) -> Image.Image:
    """Read the header of a picture; refuse what no decoder should be let near."""
    formats = FORMATS + FORMATS_BY_NAME.get(path.suffix.lower(), ())
    if content is None:
        _require_content(path)
    elif not content:
        raise Unreadable(path, Reason.EMPTY)
    with _damage_told(path, content):
        image = Image.open(path if content is None else BytesIO(content), formats=formats)
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise Unreadable(path, Reason.TOO_LARGE)
    return image


def _require_content(path: Path) -> None:
    """Refuse before opening: a FIFO would block for ever, an empty file has nothing to say."""
    if path.suffix.lower() in UNSUPPORTED_SUFFIXES:
        raise Unreadable(path, Reason.UNSUPPORTED)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(path, Reason.NOT_A_FILE)
    if status.st_size == 0:
        raise Unreadable(path, Reason.EMPTY)


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none or it is damaged."""
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # Damaged EXIF raises nearly anything, and is no reason to lose a picture.
        return 1


@contextmanager
def _told_as_unreadable(path: Path) -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise Unreadable(path, Reason.NO_MEMORY) from error
    except OSError as error:
        raise Unreadable(path, reason_of(error, path)) from error


@contextmanager
def _damage_told(path: Path, content: bytes | None = None) -> Iterator[None]:
    """Raise whatever Pillow's decoders raise on damaged data as `Unreadable`."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(path, Reason.TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise Unreadable(path, why_unidentified(path, content)) from error
    except NotImplementedError as error:
        raise Unreadable(path, Reason.UNSUPPORTED) from error
    except (MemoryError, OSError):
        raise
    except Exception as error:
        # Nearly anything comes (seen: SyntaxError, ValueError, TypeError, KeyError, IndexError,
        # struct.error, zlib.error, RuntimeError), so only the decoders are called inside this.
        raise Unreadable(path, Reason.DAMAGED) from error
