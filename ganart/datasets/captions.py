"""Reads what other tools wrote beside pictures, captions and `metadata.jsonl`, as tags."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from ganart.datasets.catalogue import Catalogue

METADATA = "metadata.jsonl"
"""One JSON object a line, with the name of a picture below the file's folder in "file_name"."""
MAX_TAG_LETTERS = 200
MAX_TAGS = 100
"""Of one picture."""

_MAX_CAPTION_BYTES = 2**16
_MAX_METADATA_BYTES = 2**28
_TEXTS = ("tags", "keywords", "text", "caption", "prompt")
"""Names under which tools write what a picture shows; all that are there are read."""
_BETWEEN = re.compile(r"[,;\n\r]+")
_Tags = dict[Path, frozenset[str]]


def import_tags(catalogue: Catalogue, after: int = 0) -> _Tags:
    """Add the tags beside catalogued pictures to those they have.

    Only pictures whose numbers are greater than `after` are given any. Returns the tags before of
    those that changed, which `Catalogue.set_tags` takes back. Files that cannot be read, or hold
    nonsense, are passed over.
    """
    rows = [row for row in catalogue.pictures() if row.id > after]
    beside = read_tags([row.path for row in rows], catalogue.sources())
    wanted = {row.path: row.tags | beside[row.path] for row in rows if row.path in beside}
    return catalogue.set_tags(wanted)


def read_tags(pictures: Iterable[Path], sources: Iterable[Path]) -> _Tags:
    """Return the tags of those pictures that have a caption, or stand in a `metadata.jsonl`.

    Such a list is looked for in the folders of the pictures and above them, within the sources.
    """
    pictures = list(pictures)
    roots = set(sources)
    found: dict[Path, set[str]] = {}
    folders = {path.parent for path in pictures}
    for folder in sorted(folders | _above(folders, roots)):
        for path, tags in _listed(folder / METADATA):
            found.setdefault(path, set()).update(tags)
    names = {folder: _captions(folder) for folder in folders}
    for path in pictures:
        caption = names[path.parent].get(path.stem)
        if caption is not None:
            found.setdefault(path, set()).update(split_tags(_read(caption, _MAX_CAPTION_BYTES)))
    return {path: _limited(found[path]) for path in pictures if found.get(path)}


def split_tags(text: str) -> list[str]:
    """Return the tags of a caption: its parts between commas, semicolons and line ends."""
    return [tag for part in _BETWEEN.split(text) if (tag := _tidy(part))]


def _tidy(text: str) -> str:
    """Return a tag on one line, without letters that no database takes."""
    sound = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
    return " ".join(sound.split())[:MAX_TAG_LETTERS].strip()


def _limited(tags: set[str]) -> frozenset[str]:
    return frozenset(sorted(tags)[:MAX_TAGS])


def _above(folders: set[Path], roots: set[Path]) -> set[Path]:
    """Return the folders between pictures and the sources that hold them."""
    return {
        parent
        for folder in folders
        for parent in folder.parents
        if any(parent.is_relative_to(root) for root in roots)
    }


def _captions(folder: Path) -> dict[str, Path]:
    """Return the caption files of a folder by their names without suffix."""
    try:
        return {path.stem: path for path in folder.glob("*.txt")}
    except OSError:
        return {}


def _listed(path: Path) -> Iterator[tuple[Path, list[str]]]:
    for line in _read(path, _MAX_METADATA_BYTES).splitlines():
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("file_name"), str):
            name = PurePosixPath(entry["file_name"].replace("\0", ""))
            if not name.is_absolute() and ".." not in name.parts:
                yield path.parent / name, _tags_of(entry)


def _tags_of(entry: Mapping[str, object]) -> list[str]:
    tags: list[str] = []
    for name in _TEXTS:
        value = entry.get(name)
        if isinstance(value, list):
            tags += [_tidy(text) for text in value if isinstance(text, str)]
        elif isinstance(value, str):
            tags += split_tags(value)
    return [tag for tag in tags if tag]


def _read(path: Path, most: int) -> str:
    """Return the text of an ordinary file, empty where it is none or larger than `most` bytes."""
    try:
        if not path.is_file() or path.stat().st_size > most:
            return ""
        return path.read_text(encoding="utf-8-sig", errors="ignore")
    except OSError:
        return ""
