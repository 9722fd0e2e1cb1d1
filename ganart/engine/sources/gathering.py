"""The folder that pictures from one origin are gathered in, and what it remembers of the origin."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ganart.datasets.captions import METADATA
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.manifests import MANIFEST
from ganart.engine.sources.errors import Why
from ganart.files import make_folder
from ganart.media.names import safe_stem
from ganart.project.documents import Damaged, read_document, write_document

FOLDER = "sources"
"""Of a project; holds one folder an origin."""
DOCUMENT = ".origin.json"
"""Hidden, so that it is taken for no picture."""

_SCHEMA = 1
_PRINT_BLOCK = 2**20
_PRINT_WHOLE = 64 * _PRINT_BLOCK
"""Larger files are told apart by their size and 64 blocks spread over them."""


class Kind(StrEnum):
    """Where gathered pictures come from."""

    ZIP = "zip"
    FILM = "film"


@dataclass(frozen=True, slots=True)
class Gathering:
    """`done` of `total` pictures, or frames, were looked at; `total` is 0 where nobody knows."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something inside that is not taken, and why."""

    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Gathered:
    """The end: what lies in the folder now, which is to be added as a source."""

    folder: Path
    added: int
    """Pictures that were not there before."""
    count: int
    complete: bool
    """False where it was asked to stop; gathering again then goes on."""


GatherEvent = Gathering | LeftOut | Gathered


@dataclass(frozen=True, slots=True)
class Origin:
    """A file whose pictures are gathered."""

    kind: Kind
    path: Path
    fingerprint: str
    """Of its content; see `file_print`."""
    choice: Mapping[str, object]
    """What of it is wanted, as JSON values."""

    def folder(self, sources: Path) -> Path:
        """Return where its pictures lie: one folder for equal content and choice, however named."""
        wanted = json.dumps(self.choice, sort_keys=True)
        digest = sha256(f"{self.kind}\n{self.fingerprint}\n{wanted}".encode()).hexdigest()
        known = sorted(sources.glob(f"*-{digest[:12]}"))
        return known[0] if known else sources / f"{safe_stem(self.path.stem)}-{digest[:12]}"


class Keeper:
    """The folder of an origin while pictures are put into it."""

    def __init__(self, sources: Path, origin: Origin) -> None:
        """Make the folder where it is missing. Raises `FolderNotWritable`, `DiskFull`."""
        self.folder = make_folder(origin.folder(sources))
        self.added = 0
        self._origin = origin
        self._complete_count = self._read()
        if self._complete_count is None:
            self._write(complete=False, count=0)

    def finished(self) -> Gathered | None:
        """Return the end where all was gathered before and is still there."""
        count = self.count()
        if self._complete_count is None or count < self._complete_count:
            return None
        return Gathered(self.folder, 0, count, complete=True)

    def finish(self, complete: bool) -> Gathered:
        """Note what was gathered. With nothing in it the folder is removed again."""
        count = self.count()
        if not count and complete:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            self._write(complete, count)
        return Gathered(self.folder, self.added, count, complete)

    def count(self) -> int:
        """Return how many pictures are there."""
        names = [name for _, _, files in os.walk(self.folder) for name in files]
        return sum(not name.startswith(".") for name in names if not is_companion(name))

    def _read(self) -> int | None:
        """Return how many pictures there are when all are, None where some may be missing."""
        try:
            document = read_document(self.folder / DOCUMENT)
        except (Damaged, OSError):
            return None
        count = document.get("count")
        return count if document.get("complete") is True and isinstance(count, int) else None

    def _write(self, complete: bool, count: int) -> None:
        origin = self._origin
        document = {
            "schema": _SCHEMA,
            "kind": origin.kind.value,
            "path": str(origin.path),
            "fingerprint": origin.fingerprint,
            "choice": dict(origin.choice),
            "complete": complete,
            "count": count,
        }
        write_document(self.folder / DOCUMENT, document)


def origin_of(folder: Path) -> Origin | None:
    """Return where the pictures of a gathered folder come from, None for any other folder."""
    try:
        document = read_document(folder / DOCUMENT)
        return Origin(
            kind=Kind(document["kind"]),
            path=Path(document["path"]),
            fingerprint=str(document["fingerprint"]),
            choice=dict(document["choice"]),
        )
    except (Damaged, OSError, LookupError, TypeError, ValueError):
        return None


def is_complete(folder: Path) -> bool:
    """Tell whether all of the origin was gathered; false for a folder that is none of these."""
    try:
        return read_document(folder / DOCUMENT).get("complete") is True
    except (Damaged, OSError):
        return False


def has_newer(folder: Path, origin: Origin) -> bool:
    """Tell whether the file that the pictures of `folder` come from was changed since."""
    try:
        gathered_ns = (folder / DOCUMENT).stat().st_mtime_ns
        if origin.path.stat().st_mtime_ns <= gathered_ns:
            return False
        return file_print(origin.path) != origin.fingerprint
    except OSError:
        return False


def is_companion(name: str) -> bool:
    """Tell whether a file says something about pictures, as captions do, and is none itself."""
    return name.lower().endswith(".txt") or name.lower() in {METADATA, MANIFEST}


def file_print(path: Path) -> str:
    """Return what tells a file's content from others, without its name. Raises `OSError`.

    It reads all of a small file and blocks of a large one, so that a film of many gigabytes takes
    no longer than a short one.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        digest = sha256(f"{size}:".encode())
        for begin in _blocks(size):
            digest.update(_block(stream, begin))
    return digest.hexdigest()[:32]


def _blocks(size: int) -> list[int]:
    if size <= _PRINT_WHOLE:
        return list(range(0, size, _PRINT_BLOCK))
    count = _PRINT_WHOLE // _PRINT_BLOCK
    return [(size - _PRINT_BLOCK) * number // (count - 1) for number in range(count)]


def _block(stream: BinaryIO, begin: int) -> bytes:
    stream.seek(begin)
    return stream.read(_PRINT_BLOCK)


def follow_project(catalogue: Catalogue, project_folder: Path) -> int:
    """Find gathered folders again after the project was moved or renamed; return how many.

    The catalogue knows where folders lie by their whole path, and these lie in the project.
    """
    followed = 0
    here = project_folder.resolve() / FOLDER
    for source in catalogue.sources():
        now = here / source.name
        if source.parent.name != FOLDER or source == now or source.exists() or not now.is_dir():
            continue
        rows = catalogue.pictures(readable=False)
        inside = [row for row in rows if row.path.is_relative_to(source)]
        moved = {row.id: now / row.path.relative_to(source) for row in inside}
        catalogue.move_source(source, now, moved)
        followed += 1
    return followed
