"""Reads the manifest of a set that a studio exported, so that what was noted of it comes back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ganart.datasets.catalogue import Catalogue, PictureRow
from ganart.datasets.framing import BadFraming, Framing
from ganart.datasets.records import MAX_STARS, MAX_WEIGHT, Mark

MANIFEST = "manifest.json"
SCHEMA = 1
ORIGINALS, PREPARED = "originals", "prepared"

_MAX_BYTES = 2**28


@dataclass(frozen=True, slots=True)
class Noted:
    """What a manifest says of one picture."""

    mark: Mark
    stars: int
    weight: float
    """0 where it says nothing that holds."""
    framing: str | None
    """None for pictures of a prepared set: they are cropped already."""


def import_notes(catalogue: Catalogue, after: int = 0) -> int:
    """Give pictures the marks, stars, weights and crops of the manifests above them.

    Manifests are looked for within the sources. Only pictures whose numbers are greater than
    `after` are given any: what an artist has said since of others is worth more. Returns of how
    many something is said. Manifests that cannot be read, or hold nonsense, are passed over.
    """
    rows = [row for row in catalogue.pictures() if row.id > after]
    noted = read_notes(rows, catalogue.sources())
    by_weight: dict[float, list[Path]] = {}
    for path, each in noted.items():
        by_weight.setdefault(each.weight, []).append(path)
    for weight, paths in by_weight.items():
        if weight:
            catalogue.set_weight(paths, weight)
    catalogue.set_marks({path: each.mark for path, each in noted.items()})
    catalogue.set_stars({path: each.stars for path, each in noted.items()})
    catalogue.set_framing({path: each.framing for path, each in noted.items()})
    return len(noted)


def read_notes(rows: Iterable[PictureRow], sources: Iterable[Path]) -> dict[Path, Noted]:
    """Return what manifests within the sources say of those pictures."""
    known = {row.path: row for row in rows}
    roots = set(sources)
    folders = {
        folder
        for start in {path.parent for path in known}
        for folder in (start, *start.parents)
        if any(folder.is_relative_to(root) for root in roots)
    }
    found: dict[Path, Noted] = {}
    for folder in sorted(folders):  # what lies nearer to the picture is heard last
        document = _read(folder / MANIFEST)
        is_prepared = document.get("pixels") == PREPARED
        for path, entry in _entries(document, folder):
            row = known.get(path)
            if row is not None and (is_prepared or entry.get("hash") == row.pixel_hash):
                found[path] = _noted(entry, has_framing=not is_prepared)
    return found


def _entries(
    document: Mapping[str, Any], folder: Path
) -> Iterator[tuple[Path, Mapping[str, object]]]:
    pictures = document.get("pictures")
    for entry in pictures if isinstance(pictures, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("file"), str):
            name = PurePosixPath(entry["file"].replace("\0", ""))
            if not name.is_absolute() and ".." not in name.parts:
                yield folder / name, entry


def _noted(entry: Mapping[str, object], has_framing: bool) -> Noted:
    stars, weight = entry.get("stars"), entry.get("weight")
    sound_stars = isinstance(stars, int) and 0 <= stars <= MAX_STARS
    sound_weight = isinstance(weight, int | float) and 0 <= weight <= MAX_WEIGHT
    return Noted(
        mark=next((each for each in Mark if each == entry.get("mark")), Mark.NONE),
        stars=int(stars) if sound_stars else 0,  # type: ignore[call-overload]  # checked above
        weight=float(weight) if sound_weight else 0.0,  # type: ignore[arg-type]
        framing=_framing(entry.get("framing")) if has_framing else None,
    )


def _framing(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    try:
        return Framing.from_json(json.dumps(value)).to_json()
    except BadFraming:
        return None


def _read(path: Path) -> dict[str, Any]:
    """Return a manifest of the studio's, empty for any other file."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return {}
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) and document.get("schema") == SCHEMA else {}
