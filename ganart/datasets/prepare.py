"""The cache for training: all readable pictures as one memory-mapped array of small squares."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ganart.datasets.catalogue import Catalogue, PictureRow
from ganart.datasets.decode import decode
from ganart.datasets.errors import AllExcluded, FolderGone, NoPictures, Reason, Unreadable
from ganart.datasets.framing import FRAMING_VERSION, frame
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.files import atomic_path, make_folder, require_space

_DRAFT_FACTOR = 3
"""A JPEG is decoded at no less than this many times the side, so that the loss is not seen."""


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
    side: int
    fingerprint: str
    """32 hexadecimal digits for these pictures at this side; equal means equal content."""
    paths: tuple[Path, ...]
    """The originals, in the order of the pictures."""
    weights: tuple[float, ...]
    """How often to show each picture, as a multiple of the usual; above 0."""
    places: tuple[int, ...]
    """Where each picture lies in the cache."""
    cached: int
    """Pictures in the cache, excluded ones included."""

    @property
    def count(self) -> int:
        """The number of pictures to train on."""
        return len(self.paths)

    def open(self) -> npt.NDArray[np.uint8]:
        """Return the pictures, read-only: (count, side, side, 3), sRGB.

        They are memory-mapped, unless some are excluded.
        """
        pictures: npt.NDArray[np.uint8] = np.load(self.path, mmap_mode="r")
        if self.count == self.cached:
            return pictures
        chosen: npt.NDArray[np.uint8] = pictures[list(self.places)]
        chosen.flags.writeable = False
        return chosen


def prepare(
    catalogue: Catalogue, folder: Path, side: int, poll: Poll
) -> Iterator[Preparing | Prepared]:
    """Make sure that `folder` has a cache of all readable pictures at `side` pixels.

    Excluded ones are cached, but are not among the pictures of `Prepared`.

    The last event is `Prepared`; asked to stop, it ends without. A cache whose fingerprint fits is
    used again, even while the originals are away; else it is built, written atomically, and takes
    the place of the older one of this side. Pictures are ordered by hash, so the same pictures in
    another folder, or renamed, give the same cache. A picture that fails now is refused in the
    catalogue and left out. Raises `NoPictures`, `AllExcluded`, `FolderGone`, `DiskFull` and
    `FolderNotWritable`.
    """
    rows = sorted(catalogue.pictures(), key=lambda row: (row.pixel_hash, os.fsencode(row.path)))
    prepared = _as_prepared(catalogue, folder, side, rows)
    if _is_whole(prepared):
        yield prepared
        return
    stop = Stop(poll)
    make_folder(folder)
    require_space(folder, len(rows) * side * side * 3)
    # Pictures that fail change the fingerprint, so the final name is known only at the end.
    # A name of its own: an estimate and a training may prepare the same pictures at once.
    building = folder / f"{side}px-unfinished-{secrets.token_hex(4)}.npy"
    kept: list[PictureRow] = []
    with atomic_path(building) as temporary, temporary.open("wb") as stream:
        _write_header(stream, len(rows), side)
        yield Preparing(0, len(rows))
        with closing(in_order(partial(_try_frame, side=side), rows, stop)) as results:
            for done, (row, pixels) in enumerate(results, start=1):
                if isinstance(pixels, Reason):
                    _refuse(catalogue, row, pixels)
                else:
                    stream.write(pixels)
                    kept.append(row)
                yield Preparing(done, len(rows))
        if not stop():
            prepared = _as_prepared(catalogue, folder, side, kept)
            _write_header(stream, len(kept), side)
    if stop():
        building.unlink()
        return
    building.replace(prepared.path)
    for older in folder.glob(f"{side}px-[0-9a-f]*.npy"):
        if older != prepared.path:
            with suppress(OSError):  # Windows keeps a file that a running training has open.
                older.unlink()
    yield prepared


def _as_prepared(
    catalogue: Catalogue, folder: Path, side: int, rows: Sequence[PictureRow]
) -> Prepared:
    if not rows:
        raise NoPictures(refused=catalogue.counts().refused)
    included = [(place, row) for place, row in enumerate(rows) if row.weight]
    if not included:
        raise AllExcluded(count=len(rows))
    return Prepared(
        path=folder / f"{side}px-{_fingerprint(rows, side)}.npy",
        side=side,
        fingerprint=_fingerprint([row for _, row in included], side),
        paths=tuple(row.path for _, row in included),
        weights=tuple(row.weight for _, row in included),
        places=tuple(place for place, _ in included),
        cached=len(rows),
    )


def _fingerprint(rows: Sequence[PictureRow], side: int) -> str:
    digest = sha256(f"framing {FRAMING_VERSION}, side {side}".encode())
    for row in rows:
        digest.update(f"\n{row.pixel_hash}".encode())
    return digest.hexdigest()[:32]


def _is_whole(prepared: Prepared) -> bool:
    """Tell whether the cache is there and holds what its name promises."""
    try:
        pictures: npt.NDArray[np.generic] = np.load(prepared.path, mmap_mode="r")
    except (OSError, ValueError, EOFError):
        return False
    side = prepared.side
    return pictures.shape == (prepared.cached, side, side, 3) and pictures.dtype == np.uint8


def _write_header(stream: BinaryIO, count: int, side: int) -> None:
    """Write NumPy's file header at the start; it has one length for all counts of a side."""
    stream.seek(0)
    header = {"descr": "|u1", "fortran_order": False, "shape": (count, side, side, 3)}
    np.lib.format.write_array_header_1_0(stream, header)


def _try_frame(row: PictureRow, side: int) -> bytes | Reason:
    try:
        return frame(decode(row.path, shortest=_DRAFT_FACTOR * side), side).tobytes()
    except Unreadable as error:
        return error.reason


def _refuse(catalogue: Catalogue, row: PictureRow, reason: Reason) -> None:
    """Mark a picture that was readable when it was scanned, unless its whole folder is away."""
    for source in catalogue.sources():
        if row.path.is_relative_to(source) and not os.access(source, os.R_OK):
            raise FolderGone(source)
    catalogue.refuse(row.id, reason)
