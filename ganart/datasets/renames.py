"""Finds known pictures again under other names, so that what is noted of them goes along."""

import os
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from ganart.datasets.inspect import Inspected
from ganart.datasets.records import Found, PictureRow, Verdict

_Content = tuple[str, int]
"""Pixel hash and bytes of the file."""


class Lost:
    """Known pictures that are not where they were; each is found once.

    Of several that are all the same the first by path is found first.
    """

    def __init__(self, rows: Iterable[PictureRow]) -> None:
        self._rows: dict[_Content, deque[PictureRow]] = {}
        for row in sorted(rows, key=lambda row: os.fsencode(row.path)):
            if row.verdict is Verdict.READABLE:
                self._rows.setdefault((row.pixel_hash, row.size_bytes), deque()).append(row)

    def find(self, found: Found, inspected: Inspected) -> PictureRow | None:
        """Return the picture that a new file is, None where it is none of them."""
        same = self._rows.get((inspected.pixel_hash, found.size_bytes), deque())
        while same:
            row = same.popleft()
            if not _is_there(row.path):
                return row
        return None


def _is_there(path: Path) -> bool:
    """Tell whether a file came back while the folder was read."""
    return os.path.lexists(path)
