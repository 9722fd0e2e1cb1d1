"""Stars and tags that the artist gave to artworks. The files themselves are never changed.

They are kept in a document of their own, with older copies of it, apart from what can be read out
of the files again. Each is kept with its file's fingerprint, so that a file which was renamed or
moved keeps what it was given, and gets it back when it returns from the wastebasket.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ganart.errors import StudioError
from ganart.project.documents import (
    Damaged,
    backups,
    keep_backup,
    read_document,
    write_document,
)
from ganart.text import QT_TRANSLATE_NOOP

DOCUMENT = "marks.json"
SCHEMA = 1
STARS_MAX = 5
TAG_MAX = 60
"""Characters of a tag."""
TAGS_MAX = 40
"""Tags of one artwork."""


class MarksDamaged(StudioError):
    """Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The stars and tags of the gallery in {path} could not be read."
    )
    safe = QT_TRANSLATE_NOOP(
        "errors", "The artworks are unharmed. The damaged file was kept beside it."
    )
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Stars of the newest older copy are used, if there is one."
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """What an artwork was given."""

    stars: int = 0
    """0 ... STARS_MAX; 0 is none."""
    tags: tuple[str, ...] = ()
    """In the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a folder of artworks: each by its file, with the file's fingerprint."""

    by_path: Mapping[Path, Mark]
    fingerprints: Mapping[Path, str]
    """Of the marked files, as far as they are known."""


NO_MARK = Mark()
NO_MARKS = Marks({}, {})


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without doubles, surplus spaces and what cannot be shown."""
    cleaned = ("".join(each for each in tag if each.isprintable()) for tag in tags)
    found = {" ".join(tag.split())[:TAG_MAX].strip() for tag in cleaned}
    return tuple(sorted(found - {""}, key=lambda tag: (tag.casefold(), tag)))[:TAGS_MAX]


def read_marks(folder: Path) -> tuple[Marks, MarksDamaged | None]:
    """Return the marks of the artworks in `folder`, and a notice where the file was damaged.

    A damaged file is put aside, and the newest good copy read in its place.
    """
    path = folder / DOCUMENT
    try:
        return _read(path, folder), None
    except FileNotFoundError:
        return NO_MARKS, None
    except (OSError, Damaged):
        pass
    with suppress(OSError):
        path.replace(path.with_name(f"damaged-{DOCUMENT}"))
    for copy in backups(path):
        with suppress(OSError, Damaged):
            return _read(copy, folder), MarksDamaged(path=path)
    return NO_MARKS, MarksDamaged(path=path)


def write_marks(folder: Path, marks: Marks) -> None:
    """Write the marks, and a copy. Raises `FolderNotWritable`, `DiskFull`."""
    path = folder / DOCUMENT
    rows = [
        {
            "file": _name(each, folder),
            "stars": mark.stars,
            "tags": list(mark.tags),
            "fingerprint": marks.fingerprints.get(each, ""),
        }
        for each, mark in sorted(marks.by_path.items())
        if mark != NO_MARK
    ]
    write_document(path, {"schema": SCHEMA, "marks": rows})
    with suppress(OSError):
        keep_backup(path)


def follow(marks: Marks, fingerprints: Mapping[Path, str]) -> Marks:
    """Return the marks as files have been renamed: one whose file is gone goes to a file of the
    same content that has none. `fingerprints` are those of all files that are there.
    """
    free: dict[str, Path] = {}
    for path, each in fingerprints.items():
        if path not in marks.by_path:
            free.setdefault(each, path)
    by_path, known = dict(marks.by_path), dict(marks.fingerprints)
    for path in marks.by_path:
        there = fingerprints.get(path)
        if there is not None:
            known[path] = there
            continue
        target = free.pop(known.get(path, ""), None)
        if target is not None:
            by_path[target] = by_path.pop(path)
            known[target] = known.pop(path)
    return Marks(by_path, known)


def _read(path: Path, folder: Path) -> Marks:
    document = read_document(path)
    rows = document.get("marks")
    if document["schema"] > SCHEMA or not isinstance(rows, list):
        raise Damaged("it holds no marks")
    by_path: dict[Path, Mark] = {}
    fingerprints: dict[Path, str] = {}
    for row in rows:
        mark = _mark(row)
        if mark is not None:
            place = folder / row["file"]
            if ".." in place.parts or not place.is_relative_to(folder):
                continue
            by_path[place] = mark
            fingerprints[place] = str(row.get("fingerprint", ""))
    return Marks(by_path, fingerprints)


def _mark(row: Any) -> Mark | None:  # noqa: ANN401  (any JSON)
    """Return what a row holds, None where it makes no sense."""
    if not isinstance(row, dict) or not isinstance(row.get("file"), str) or "\0" in row["file"]:
        return None
    stars, tags = row.get("stars"), row.get("tags")
    if type(stars) is not int or not 0 <= stars <= STARS_MAX or not isinstance(tags, list):
        return None
    return Mark(stars, tidy_tags(each for each in tags if isinstance(each, str)))


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
