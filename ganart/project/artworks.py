"""The artworks that a project holds, as files on disk."""

import hashlib
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
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
    ".pdf": "picture",
    ".gif": "loop",
    ".webp": "loop",
    ".apng": "loop",
    ".mp4": "loop",
    ".webm": "loop",
    ".mkv": "loop",
}
"""Kind by suffix; sheets are pictures too, and a WebP file may be either."""
SEQUENCE_RECIPE = "recipe.json"
"""Lies in a folder whose PNG files are the frames of one loop."""
_SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Artwork:
    """One saved file, or the folder of a loop that was saved as single pictures."""

    path: Path
    kind: Kind
    created: datetime
    """When the file was last written, UTC."""
    bytes: int
    face: Path | None = None
    """The first picture of a folder."""

    @property
    def picture(self) -> Path:
        """The file that shows what it looks like."""
        return self.face or self.path

    @property
    def recipe_file(self) -> Path:
        """The file that holds its recipe, if it has one."""
        return self.path / SEQUENCE_RECIPE if self.face else self.path


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read out of an artwork, kept so that looking for one takes no reading."""

    fingerprint: str
    """The same for the same content, wherever the file lies and whatever it is called."""
    kind: str = ""
    """Of its recipe: "picture", "sheet", "loop", "painting", "stylized"; empty without one."""
    model: str = ""
    """The model's hash; empty where none was used."""
    preset: str = ""
    words: str = ""
    """What can be searched for, in small letters: seeds, names of styles, genes and presets."""
    width: int = 0
    height: int = 0
    """In pixels; 0 where they are not known."""


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
            if SEQUENCE_RECIPE in names and Path(place) != self.folder:
                folders.clear()
                with suppress(OSError):
                    yield from _sequence(Path(place), names)
                continue
            for name in names:
                path = Path(place, name)
                kind = KINDS.get(path.suffix.lower())
                if kind is None or name.startswith("."):
                    continue
                with suppress(OSError):
                    status = path.stat()
                    if stat.S_ISREG(status.st_mode):
                        yield Artwork(path, kind, _moment(status), status.st_size)


def fingerprint(path: Path) -> str:
    """Return what is the same for equal files: 16 hexadecimal digits of the size, the beginning
    and the end. Raises `OSError`.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        digest = hashlib.sha256(str(size).encode())
        for place in (0, max(0, size - _SAMPLE_BYTES)):
            stream.seek(place)
            digest.update(stream.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:16]


def _sequence(folder: Path, names: list[str]) -> Iterator[Artwork]:
    frames = sorted(name for name in names if name.lower().endswith(".png"))
    if frames:
        total = sum(each.stat().st_size for each in os.scandir(folder))
        created = _moment((folder / SEQUENCE_RECIPE).stat())
        yield Artwork(folder, "loop", created, total, folder / frames[0])


def _moment(status: os.stat_result) -> datetime:
    return datetime.fromtimestamp(status.st_mtime, UTC)
