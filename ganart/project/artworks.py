"""The artworks that a project holds, as files on disk."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Kind = Literal["picture", "loop"]

KINDS: dict[str, Kind] = {
    ".png": "picture",
    ".jpg": "picture",
    ".tif": "picture",
    ".gif": "loop",
    ".webp": "loop",
    ".mp4": "loop",
}
"""Kind by suffix; contact sheets are pictures too, and a WebP file may be either."""


@dataclass(frozen=True, slots=True)
class Artwork:
    """One saved file."""

    path: Path
    kind: Kind
    created: datetime
    """When the file was last written, UTC."""
    bytes: int


class Artworks:
    """The files in a project's `artworks_folder` and the folders inside, such as batches make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list(self) -> tuple[Artwork, ...]:
        """Return the artworks, newest first; files that vanish meanwhile are left out."""
        return tuple(
            sorted(self._found(), key=lambda work: (work.created, work.path), reverse=True)
        )

    def _found(self) -> Iterator[Artwork]:
        for place, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(place, name)
                kind = KINDS.get(path.suffix.lower())
                if kind is None or name.startswith("."):
                    continue
                with suppress(OSError):
                    status = path.stat()
                    if not stat.S_ISREG(status.st_mode):
                        continue
                    created = datetime.fromtimestamp(status.st_mtime, UTC)
                    yield Artwork(path, kind, created, status.st_size)
