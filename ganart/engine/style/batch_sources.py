"""The photos of a batch: files, folders with all below them, and ZIP files. Imports no torch."""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePath, PurePosixPath

from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.kinds import PICTURE_SUFFIXES, UNSUPPORTED_SUFFIXES
from ganart.datasets.reasons import reason_of
from ganart.datasets.records import Found
from ganart.datasets.walk import Unlisted, walk
from ganart.errors import StudioError
from ganart.media.metadata import read_recipe
from ganart.media.style_recipe import StyleRecipe

ZIP_SUFFIXES = frozenset({".zip", ".cbz"})
MAX_MEMBER_BYTES = 2**30
"""Larger files in a ZIP are refused unopened: a few kilobytes can unfold to anything."""
_BLOCK_BYTES = 4096
"""Unpacked at a time, for a ZIP may lie about sizes: what it unfolds to is cut only afterwards."""
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The standard library unpacks other methods as far as they go, whatever it is asked for."""


@dataclass(frozen=True, slots=True)
class SourcePhoto:
    """One photo of a batch, not opened yet."""

    path: Path
    """The file, or the ZIP file that holds it."""
    member: str = ""
    """Its name inside the ZIP file, else empty."""
    folder: str = ""
    """Where it lies below its source, parts divided by slashes."""
    size_bytes: int = 0

    @property
    def shown(self) -> Path:
        """The path that people are told."""
        return Path(f"{self.path}/{self.member}") if self.member else self.path

    def content(self) -> bytes | None:
        """Return what a ZIP file holds under its name, None for a file. Raises `Unreadable`."""
        return _unpacked(self) if self.member else None


def find_photos(
    sources: Sequence[Path], output: Path, stop: Callable[[], bool]
) -> Iterator[SourcePhoto | Unreadable]:
    """Yield the photos of all sources in order, each once, and what cannot be listed.

    What lies in the output folder is left out where that is below a source; elsewhere in it only
    the studio's own results are, which their recipes tell. Where things lie is compared without
    links and "..", so that results are no photos however the folders were spelt.
    """
    seen: set[Path] = set()
    real_output, real = _real(output), cache(_real)
    for source in sources:
        if source.suffix.lower() in ZIP_SUFFIXES and source.is_file():
            yield from _in_zip(source)
            continue
        output_is_below = real(source) in real_output.parents
        for found in walk(source, stop):
            if isinstance(found, Unlisted):
                yield Unreadable(found.folder, found.reason)
                continue
            in_output = real(found.path.parent).is_relative_to(real_output)
            if found.path in seen or (in_output and (output_is_below or _is_result(found))):
                continue
            seen.add(found.path)
            folder = _below(found.path.relative_to(source))
            yield SourcePhoto(found.path, "", folder, found.size_bytes)


def _real(path: Path) -> Path:
    """Return `path` without links; unlike `Path.resolve`, also where they go in a circle."""
    return Path(os.path.realpath(path))


@lru_cache(maxsize=100_000)
def _is_result(found: Found) -> bool:
    try:
        return isinstance(read_recipe(found.path), StyleRecipe)
    except StudioError:
        return False


def _in_zip(path: Path) -> Iterator[SourcePhoto | Unreadable]:
    """Yield the pictures in a ZIP file by their names; other files in it are passed over."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except OSError as error:
        yield Unreadable(path, reason_of(error, path))
        return
    except BAD_ZIP:
        yield Unreadable(path, Reason.DAMAGED)
        return
    for member in sorted(members, key=lambda each: each.filename):
        name = PurePosixPath(member.filename)
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
        if member.is_dir() or hidden or name.suffix.lower() not in _CLAIMED:
            continue
        yield SourcePhoto(path, member.filename, _below(name), member.compress_size)


def _below(path: PurePath) -> str:
    """Return the folders of a relative path, divided by slashes."""
    return "/".join(path.parts[:-1])


def _unpacked(photo: SourcePhoto) -> bytes:
    try:
        with zipfile.ZipFile(photo.path) as archive:
            member = archive.getinfo(photo.member)
            if member.flag_bits & ENCRYPTED:
                raise Unreadable(photo.shown, Reason.FORBIDDEN)
            if member.compress_type not in METHODS:
                raise Unreadable(photo.shown, Reason.UNSUPPORTED)
            if member.file_size > MAX_MEMBER_BYTES:
                raise Unreadable(photo.shown, Reason.NO_MEMORY)
            with archive.open(member) as stream:
                return b"".join(iter(lambda: stream.read(_BLOCK_BYTES), b""))
    except KeyError:
        raise Unreadable(photo.shown, Reason.MISSING) from None
    except NotImplementedError as error:
        raise Unreadable(photo.shown, Reason.UNSUPPORTED) from error
    except OSError as error:
        reason = Reason.DAMAGED if error.errno is None else reason_of(error, photo.path)
        raise Unreadable(photo.shown, reason) from error
    except BAD_ZIP as error:
        raise Unreadable(photo.shown, Reason.DAMAGED) from error


ENCRYPTED = 0x1
_CLAIMED = PICTURE_SUFFIXES | UNSUPPORTED_SUFFIXES
BAD_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError,
    RuntimeError,
)  # fmt: skip
"""What the standard library raises for ZIP files that are damaged or built to harm."""
