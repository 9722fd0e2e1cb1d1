"""Reads what other tools wrote beside pictures, captions and `metadata.jsonl`, as tags."""

import codecs
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
_MAX_LINE_LETTERS = 2**20
"""Of a `metadata.jsonl`; what is longer is passed over."""
_TEXTS = ("tags", "keywords", "text", "caption", "prompt")
"""Names under which tools write what a picture shows; all that are there are read."""
_BETWEEN = re.compile(r"[,;\n\r]+")
_Tags = dict[Path, frozenset[str]]


def import_tags(catalogue: Catalogue) -> _Tags:
    """Add the tags beside all catalogued pictures to those they have.

    Returns the tags before of those that changed, which `Catalogue.set_tags` takes back. Files that
    cannot be read, or hold nonsense, are passed over.
    """
    rows = catalogue.pictures()
    beside = read_tags([row.path for row in rows], catalogue.sources())
    wanted = {row.path: row.tags | beside[row.path] for row in rows if row.path in beside}
    return catalogue.set_tags(wanted)


def read_tags(pictures: Iterable[Path], sources: Iterable[Path]) -> _Tags:
    """Return the tags of those pictures that have a caption, or stand in a `metadata.jsonl`.

    Such a list is looked for in the folders of the pictures and above them, within the sources.
    """
    pictures = list(pictures)
    roots = set(sources)
    found: dict[Path, set[str]] = {path: set() for path in pictures}
    folders = {path.parent for path in pictures}
    for folder in sorted(folders | _above(folders, roots)):
        for path, tags in _listed(folder / METADATA):
            if path in found:
                found[path].update(tags)
    names = {folder: _captions(folder) for folder in folders}
    for path in pictures:
        caption = names[path.parent].get(path.stem)
        if caption is not None:
            found[path].update(split_tags(_read(caption, _MAX_CAPTION_BYTES)))
    return {path: _limited(tags) for path, tags in found.items() if tags}


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
    for line in _lines(path):
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


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, one in memory at a time."""
    try:
        if not _is_readable(path, _MAX_METADATA_BYTES):
            return
        with path.open(encoding=_encoding(path), errors="ignore") as stream:
            while line := stream.readline(_MAX_LINE_LETTERS):
                yield line
    except OSError:
        return


def _read(path: Path, most: int) -> str:
    """Return the text of an ordinary file, empty where it is none or larger than `most` bytes."""
    try:
        if not _is_readable(path, most):
            return ""
        return path.read_text(encoding=_encoding(path), errors="ignore")
    except OSError:
        return ""


def _is_readable(path: Path, most: int) -> bool:
    return path.is_file() and path.stat().st_size <= most


def _encoding(path: Path) -> str:
    """Return how a text is written: in UTF-16 where it says so, as some editors do, else UTF-8."""
    with path.open("rb") as stream:
        begin = stream.read(2)
    return "utf-16" if begin in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
