"""What one decode of a picture tells the catalogue: size, hash, thumbnail, measures, imprint."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from ganart.datasets.colour import WHITE, laid_on, split_alpha
from ganart.datasets.decode import loaded, turned
from ganart.datasets.imprint import make_imprint
from ganart.datasets.measures import Measures, clear_share, measure, reduced

THUMBNAIL_SIDE = 128
"""Longest side of a thumbnail in pixels."""

_STRIP_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is known of a picture after it was decoded once, in full."""

    width: int
    height: int
    pixel_hash: str
    """See `pixel_hash`."""
    thumbnail: bytes
    """PNG for a picture that is no larger than a thumbnail, else JPEG."""
    measures: Measures
    imprint: bytes
    """See `make_imprint`."""


def inspect(path: Path) -> Inspected:
    """Decode the picture in `path`, which is upright and sRGB then; raises `Unreadable`."""
    looked = _look(path)
    return Inspected(
        width=looked.size[0],
        height=looked.size[1],
        pixel_hash=looked.pixel_hash,
        measures=measure(looked.small, looked.clear),
        imprint=make_imprint(looked.small),
        thumbnail=_thumbnail(looked.small),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What needs all pixels, which are gone by then: a large picture keeps its turn so long."""

    size: tuple[int, int]
    pixel_hash: str
    clear: float
    small: Image.Image


def _look(path: Path) -> _Look:
    with loaded(path) as stored:
        colours, alpha = split_alpha(stored)
        clear = clear_share(alpha)
        image = laid_on(WHITE, colours, alpha)
        del colours, alpha  # They may be huge, and so is what comes.
        image = turned(image, stored)
        return _Look(image.size, pixel_hash(image), clear, reduced(image))


def pixel_hash(image: Image.Image) -> str:
    """Return 32 hexadecimal digits (of SHA-256) for width, height and all pixels of an RGB image.

    Of a catalogued picture these are its pixels at full size after `decode` on white: the same
    picture as PNG and as TIFF has one hash; a reduced decode is never hashed.
    """
    digest = sha256(f"{image.width}x{image.height}:".encode())
    # In strips, so that a large picture is not copied a second time.
    rows = max(1, _STRIP_BYTES // (3 * image.width))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        digest.update(strip.tobytes())
    return digest.hexdigest()[:32]


def _thumbnail(image: Image.Image) -> bytes:
    """Return `image` encoded at thumbnail size; the image itself is changed."""
    small = max(image.size) <= THUMBNAIL_SIDE
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    stream = BytesIO()
    if small:
        image.save(stream, "PNG")
    else:
        image.save(stream, "JPEG", quality=85)
    return stream.getvalue()
