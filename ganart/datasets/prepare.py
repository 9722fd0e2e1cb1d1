"""The cache for training: all readable pictures as one memory-mapped array of one size."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.datasets.catalogue import Catalogue, PictureRow
from ganart.datasets.decode import decode
from ganart.datasets.errors import AllExcluded, FolderGone, NoPictures, Reason, Unreadable
from ganart.datasets.framing import (
    FRAMING_VERSION,
    USUAL,
    Fill,
    Framing,
    Size,
    both_sides,
    frame,
    needed_side,
)
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.datasets.whole import aspect_of, framing_of
from ganart.files import atomic_path, make_folder, require_space, write_atomic

_DRAFT_FACTOR = 3
"""A JPEG is decoded at no less than this many times the side, so that the loss is not seen."""
_FINGERPRINT_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Preparing:
    """`done` of `total` pictures are prepared."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """The pictures to train on, in a cache that holds the excluded ones too.

    So excluding pictures and including them again decodes nothing anew.
    """

    path: Path
    width: int
    height: int
    fingerprint: str
    """32 hexadecimal digits for these pictures framed like this; equal means equal content."""
    paths: tuple[Path, ...]
    """The originals, in the order of the pictures."""
    weights: tuple[float, ...]
    """How often to show each picture, as a multiple of the usual; above 0."""
    keys: tuple[str, ...]
    """What the pixels of each picture hang on, a line of text; another framing is another key."""
    places: tuple[int, ...]
    """Where each picture lies in the cache."""
    cached: int
    """Pictures in the cache, excluded ones included."""
    stretched_from: float
    """Width to height of the middle one of the pictures, if most were stretched; else 0."""

    @property
    def count(self) -> int:
        """The number of pictures to train on."""
        return len(self.paths)

    def open(self) -> npt.NDArray[np.uint8]:
        """Return the pictures, read-only: (count, height, width, 3), sRGB.

        They are memory-mapped, unless some are excluded.
        """
        pictures: npt.NDArray[np.uint8] = np.load(self.path, mmap_mode="r")
        if self.count == self.cached:
            return pictures
        chosen: npt.NDArray[np.uint8] = pictures[list(self.places)]
        chosen.flags.writeable = False
        return chosen


@dataclass(frozen=True, slots=True)
class _Item:
    """A picture of the cache."""

    row: PictureRow
    framing: Framing

    @property
    def key(self) -> str:
        """What its prepared pixels hang on, besides the size: one line of text."""
        if self.framing == USUAL:
            return self.row.pixel_hash
        key = f"{self.row.pixel_hash} {self.framing.to_json()}"
        # The hash was taken on white, where a clear picture and one laid on white are alike.
        clear = self.framing.background != USUAL.background
        return f"{key} {self.row.size_bytes}" if clear else key


def prepare(
    catalogue: Catalogue, folder: Path, size: Size, poll: Poll
) -> Iterator[Preparing | Prepared]:
    """Make sure that `folder` has a cache of all readable pictures at `size`, each as it is framed.

    Excluded ones are cached, but are not among the pictures of `Prepared`.

    The last event is `Prepared`; asked to stop, it ends without. A cache whose fingerprint fits is
    used again, even while the originals are away; else it is built, written atomically, and takes
    the place of the older one of this size, from which it takes what did not change. Pictures are
    ordered by hash, so the same pictures in another folder, or renamed, give the same cache. A
    picture that fails now is refused in the catalogue and left out. Raises `NoPictures`,
    `AllExcluded`, `FolderGone`, `DiskFull` and `FolderNotWritable`.
    """
    size = both_sides(size)
    usual = catalogue.usual_framing()
    items = [_Item(row, framing_of(row, usual)) for row in catalogue.pictures()]
    items.sort(key=lambda item: (item.row.pixel_hash, item.key, os.fsencode(item.row.path)))
    prepared = _as_prepared(catalogue, folder, size, items)
    if _is_whole(prepared):
        yield prepared
        return
    stop = Stop(poll)
    make_folder(folder)
    require_space(folder, len(items) * size[0] * size[1] * 3)
    older = _Older(folder, size)
    # Pictures that fail change the fingerprint, so the final name is known only at the end.
    # A name of its own: an estimate and a training may prepare the same pictures at once.
    building = folder / f"{_label(size)}-unfinished-{secrets.token_hex(4)}.npy"
    kept: list[_Item] = []
    with atomic_path(building) as temporary, temporary.open("wb") as stream:
        _write_header(stream, len(items), size)
        yield Preparing(0, len(items))
        with closing(in_order(partial(_pixels, older, size, usual), items, stop)) as results:
            for done, (item, pixels) in enumerate(results, start=1):
                if isinstance(pixels, Reason):
                    _refuse(catalogue, item.row, pixels)
                else:
                    stream.write(pixels)
                    kept.append(item)
                yield Preparing(done, len(items))
        if not stop():
            prepared = _as_prepared(catalogue, folder, size, kept)
            _write_header(stream, len(kept), size)
    if stop():
        building.unlink()
        return
    older.close()
    write_atomic(_keys_path(prepared.path), _keys(kept, size))
    building.replace(prepared.path)
    _delete_older(folder, size, prepared.path)
    yield prepared


def _delete_older(folder: Path, size: tuple[int, int], newest: Path) -> None:
    for path in _caches(folder, size):
        if path != newest:
            with suppress(OSError):  # Windows keeps a file that a running training has open.
                path.unlink()
                _keys_path(path).unlink(missing_ok=True)


class _Older:
    """Prepared pictures of one size that caches from before hold, by key."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self._places: dict[str, tuple[npt.NDArray[np.uint8], int]] = {}
        for path in _caches(folder, size):
            keys = _read_keys(path, size)
            pictures = _mapped(path, len(keys), size)
            if pictures is not None:
                self._places |= {key: (pictures, place) for place, key in enumerate(keys)}

    def get(self, key: str) -> bytes | None:
        """Return the pixels of a picture, None where no cache has them."""
        found = self._places.get(key)
        return None if found is None else found[0][found[1]].tobytes()

    def close(self) -> None:
        """Let go of the files."""
        self._places.clear()


def framed(row: PictureRow, size: Size, usual: Framing = USUAL) -> Image.Image:
    """Return a catalogued picture as it is prepared at `size`; `usual` is the dataset's framing.

    Raises `Unreadable`.
    """
    framing = framing_of(row, usual)
    picture = decode(row.path, framing.background, shortest_side(size, framing))
    return frame(picture, size, framing)


def shortest_side(size: Size, framing: Framing) -> int:
    """Return how many pixels both sides of a picture are decoded to at least; see `decode`."""
    return _DRAFT_FACTOR * needed_side(size, framing)


def _pixels(older: _Older, size: tuple[int, int], usual: Framing, item: _Item) -> bytes | Reason:
    pixels = older.get(item.key)
    if pixels is not None:
        return pixels
    try:
        return framed(item.row, size, usual).tobytes()
    except Unreadable as error:
        return error.reason


def _as_prepared(
    catalogue: Catalogue, folder: Path, size: tuple[int, int], items: Sequence[_Item]
) -> Prepared:
    if not items:
        raise NoPictures(refused=catalogue.counts().refused)
    included = [(place, item) for place, item in enumerate(items) if item.row.weight]
    if not included:
        raise AllExcluded(count=len(items))
    return Prepared(
        path=folder / f"{_label(size)}-{_fingerprint(items, size)}.npy",
        width=size[0],
        height=size[1],
        fingerprint=_fingerprint([item for _, item in included], size),
        paths=tuple(item.row.path for _, item in included),
        weights=tuple(item.row.weight for _, item in included),
        keys=tuple(item.key for _, item in included),
        places=tuple(place for place, _ in included),
        cached=len(items),
        stretched_from=_stretched_from([item for _, item in included]),
    )


def _stretched_from(items: Sequence[_Item]) -> float:
    stretched = [each for each in items if each.framing.fill is Fill.STRETCH]
    aspects = [aspect_of(each.row, each.framing) for each in stretched]
    return median(aspects) if 2 * len(aspects) > len(items) else 0.0


def _label(size: tuple[int, int]) -> str:
    """Return how the names of caches of this size begin; "64px" for squares."""
    width, height = size
    return f"{width}px" if width == height else f"{width}x{height}px"


def _caches(folder: Path, size: tuple[int, int]) -> list[Path]:
    """Return the finished caches of a size."""
    digits = "[0-9a-f]" * _FINGERPRINT_DIGITS
    return list(folder.glob(f"{_label(size)}-{digits}.npy"))


def _head(size: tuple[int, int]) -> str:
    width, height = size
    side = f"side {width}" if width == height else f"sides {width}x{height}"
    return f"framing {FRAMING_VERSION}, {side}"


def _keys(items: Sequence[_Item], size: tuple[int, int]) -> bytes:
    """Return what a cache of these pictures holds, a line each; its hash is the fingerprint."""
    return "\n".join([_head(size), *(item.key for item in items)]).encode("ascii")


def _fingerprint(items: Sequence[_Item], size: tuple[int, int]) -> str:
    return _digits(_keys(items, size))


def _digits(keys: bytes) -> str:
    return sha256(keys).hexdigest()[:_FINGERPRINT_DIGITS]


def _keys_path(cache: Path) -> Path:
    return cache.with_suffix(".txt")


def _read_keys(cache: Path, size: tuple[int, int]) -> list[str]:
    """Return the keys of a cache in its order, none where it is not known what it holds."""
    try:
        content = _keys_path(cache).read_bytes()
    except OSError:
        return []
    if not cache.stem.endswith(_digits(content)):
        return []
    head, *keys = content.decode("ascii").split("\n")
    return keys if head == _head(size) else []


def _mapped(path: Path, count: int, size: tuple[int, int]) -> npt.NDArray[np.uint8] | None:
    """Return the pictures of a cache, None where it is not there or not what it should be."""
    try:
        pictures: npt.NDArray[np.uint8] = np.load(path, mmap_mode="r")
    except (OSError, ValueError, EOFError):
        return None
    whole = pictures.shape == (count, size[1], size[0], 3) and pictures.dtype == np.uint8
    return pictures if whole else None


def _is_whole(prepared: Prepared) -> bool:
    """Tell whether the cache is there and holds what its name promises."""
    size = prepared.width, prepared.height
    return _mapped(prepared.path, prepared.cached, size) is not None


def _write_header(stream: BinaryIO, count: int, size: tuple[int, int]) -> None:
    """Write NumPy's file header at the start; it has one length for all counts of a size."""
    stream.seek(0)
    header = {"descr": "|u1", "fortran_order": False, "shape": (count, size[1], size[0], 3)}
    np.lib.format.write_array_header_1_0(stream, header)


def _refuse(catalogue: Catalogue, row: PictureRow, reason: Reason) -> None:
    """Mark a picture that was readable when it was scanned, unless its whole folder is away."""
    for source in catalogue.sources():
        if row.path.is_relative_to(source) and not os.access(source, os.R_OK):
            raise FolderGone(source)
    catalogue.refuse(row.id, reason)
