"""Finds the files of a folder that are pictures or claim to be, in nested folders too."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.datasets.catalogue import Found
from ganart.datasets.errors import Reason
from ganart.datasets.kinds import (
    PICTURE_SUFFIXES,
    SIGNATURE_BYTES,
    UNSUPPORTED_SUFFIXES,
    looks_like_picture,
)
from ganart.datasets.reasons import reason_of

_SYSTEM_NAMES = {
    "thumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin", "system volume information",
}  # fmt: skip
_PROJECT_SUFFIX = ".ganart"


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A folder that could not be listed; what lies in it is unknown."""

    folder: Path
    reason: Reason


def walk(source: Path, stop: Callable[[], bool]) -> Iterator[Found | Unlisted]:
    """Yield every picture file under `source`, folder by folder, names in order, until `stop()`.

    `source` may be a single file. Links are followed, each folder is entered once. Left out without
    a word: hidden files, files of the system, studio projects, and files that neither are named nor
    begin like a picture. A name that claims a picture is yielded whatever is behind it.
    """
    try:
        if not stat.S_ISDIR(source.stat().st_mode):
            yield _found(source)
            return
    except OSError as error:
        yield Unlisted(source, reason_of(error, source))
        return
    entered: set[tuple[int, int]] = set()
    folders = [source]
    while folders:
        folder = folders.pop()
        try:
            entries = _list(folder, entered)
        except OSError as error:
            reason = reason_of(error, folder)
            if folder == source or reason is not Reason.MISSING:
                yield Unlisted(folder, reason)
            continue
        inner = []
        for entry in entries:
            if stop():
                return
            path = Path(entry.path)
            if _is_folder(entry):
                inner.append(path)
            elif _claims_picture(path) or _begins_like_picture(entry):
                yield _found(path)
        folders.extend(reversed(inner))


def _list(folder: Path, entered: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """Return the entries of interest, sorted by name; none if the folder was `entered` before."""
    status = folder.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in entered:
        return []
    entered.add(identity)
    with os.scandir(folder) as listing:
        kept = [entry for entry in listing if not _is_ignored(entry.name.lower())]
    return sorted(kept, key=lambda entry: entry.name)


def _found(path: Path) -> Found:
    try:
        status = path.stat()
    except OSError:  # Decoding will find out why.
        return Found(path, 0, 0)
    return Found(path, status.st_size, status.st_mtime_ns)


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name in _SYSTEM_NAMES or name.endswith(_PROJECT_SUFFIX)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # A link in a circle.
        return False


def _claims_picture(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in PICTURE_SUFFIXES or suffix in UNSUPPORTED_SUFFIXES


def _begins_like_picture(entry: os.DirEntry[str]) -> bool:
    """Look into an ordinary file: pictures from the web often have odd names."""
    try:
        if not entry.is_file():
            return False
        with open(entry.path, "rb") as stream:  # noqa: PTH123 - a Path for each would be slower
            return looks_like_picture(stream.read(SIGNATURE_BYTES))
    except OSError:
        return False
