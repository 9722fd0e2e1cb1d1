"""Finds known pictures again under other names, so that what is noted of them goes along."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from ganart.datasets.inspect import Inspected
from ganart.datasets.records import Found, PictureRow, Verdict

_Content = tuple[str, int]
"""Pixel hash and bytes of the file."""


class Renames:
    """Which files that a scan reads are known pictures under other names; told when all is read.

    A picture has lost its place when its file is gone or shows something else now. Where one
    such picture and one such file have the same content, they belong together: also when names
    were swapped, or when the picture was the last of its source. Of several that are all the same
    only those whose files are gone are found again, in new files, in the order of paths.
    """

    def __init__(
        self,
        known: Mapping[Path, PictureRow],
        read: Set[Path],
        gone: Set[Path],
        unsure: Set[Path],
    ) -> None:
        """Take what is known, and of that what is read, what is gone, and what may be away only.

        The last lies in sources that are empty, as an unplugged drive leaves them, or not scanned.
        """
        self._known = known
        self._read = read
        self._gone = gone
        self._changed: set[Path] = set()
        self._arrived: dict[_Content, list[Found]] = {}
        self._movable: dict[_Content, list[PictureRow]] = {}
        for path in sorted((read | gone | unsure) & known.keys(), key=os.fsencode):
            row = known[path]
            if row.verdict is Verdict.READABLE:
                self._movable.setdefault(_content(row), []).append(row)
        self._copies = Counter(_content(row) for row in known.values())

    def take(self, found: Found, inspected: Inspected) -> bool:
        """Tell whether a file may turn out to be another picture than its path says."""
        content = (inspected.pixel_hash, found.size_bytes)
        row = self._known.get(found.path)
        if row is not None and _content(row) == content:
            return False
        if row is not None:
            self._changed.add(found.path)
        if not any(
            each.path in self._read or self._is_gone(each, [found])
            for each in self._movable.get(content, ())
        ):
            return False
        self._arrived.setdefault(content, []).append(found)
        return True

    def arrived(self) -> list[Found]:
        """Return the files for which `take` was true."""
        return [found for files in self._arrived.values() for found in files]

    def found(self, is_complete: bool) -> list[tuple[PictureRow, Found]]:
        """Return the known pictures that were found under other names, each with its file.

        Of a scan that was stopped only those that files not read cannot make doubtful.
        """
        found: list[tuple[PictureRow, Found]] = []
        for content, files in self._arrived.items():
            rows = self._movable[content]
            lost = [row for row in rows if row.path in self._changed or self._is_gone(row, files)]
            if is_complete and len(lost) == len(files) == 1:
                found.append((lost[0], files[0]))
                continue
            gone = [row for row in lost if row.path in self._gone]
            new = [each for each in files if each.path not in self._known]
            found.extend(zip(gone, new, strict=False))
        return found

    def _is_gone(self, row: PictureRow, files: Iterable[Found]) -> bool:
        """Tell whether a file is gone: not come back meanwhile, and not away with its drive.

        What is away may have had a copy, and this is what is seen now; the notes are for the other.
        What is not listed and still there is one of `files` by another name: many file systems do
        not mind capital letters.
        """
        if row.path in self._read:
            return False
        is_sure = row.path in self._gone or self._copies[_content(row)] == 1
        if not is_sure or not _may_be_there(row.path):
            return is_sure
        return row.path in self._gone and any(_are_one(row.path, each.path) for each in files)


def _content(row: PictureRow) -> _Content:
    return row.pixel_hash, row.size_bytes


def _are_one(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _may_be_there(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
