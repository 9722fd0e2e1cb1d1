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
    """Which files that a scan reads are known pictures under other names.

    A picture has lost its place when its file is gone or shows something else now. Where one
    such picture and one such file have the same content, they belong together: also when names
    were swapped, or when the picture's source is empty. Of several that are all the same only
    those whose files are gone are found again, in new files, in the order of paths.
    """

    def __init__(
        self,
        known: Mapping[Path, PictureRow],
        read: Iterable[Path],
        gone: Set[Path],
        bare: Set[Path],
    ) -> None:
        """Take the known files, and of those what is read, is gone, or lies in an empty source."""
        self._known = known
        self._gone = gone
        self._bare = bare
        self._changed: set[Path] = set()
        self._arrived: dict[_Content, list[Found]] = {}
        self._movable: dict[_Content, list[PictureRow]] = {}
        for path in sorted({*read, *gone, *bare} & known.keys(), key=os.fsencode):
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
        if content not in self._movable:
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
            rows = [row for row in self._movable[content] if self._has_lost_its_place(row)]
            if is_complete and len(rows) == len(files) == 1 and self._is_certain(rows[0]):
                found.append((rows[0], files[0]))
                continue
            gone = [row for row in rows if row.path in self._gone]
            new = [each for each in files if each.path not in self._known]
            found.extend(zip(gone, new, strict=False))
        return found

    def _has_lost_its_place(self, row: PictureRow) -> bool:
        if row.path in self._changed:
            return True
        # It may have come back while the folders were read.
        return row.path in self._gone | self._bare and not os.path.lexists(row.path)

    def _is_certain(self, row: PictureRow) -> bool:
        """Tell whether a picture was moved: one of an unplugged drive may have had a copy."""
        return row.path not in self._bare or self._copies[_content(row)] == 1


def _content(row: PictureRow) -> _Content:
    return row.pixel_hash, row.size_bytes
