"""JSON documents of a project: read with care, written whole, with a few older copies kept."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from ganart.files import write_atomic

MAX_DOCUMENT_BYTES = 16 * 2**20
BACKUPS = 3


class Damaged(ValueError):
    """The file is there but is not a JSON document of ours."""


def read_document(path: Path) -> dict[str, Any]:
    """Return the JSON object in `path`, which has a whole number of 1 or more under "schema".

    Raises `Damaged`, or `OSError` where the file is missing or cannot be read.
    """
    if path.stat().st_size > MAX_DOCUMENT_BYTES:
        raise Damaged("it is too large")
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Damaged("it is not readable JSON") from error
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise Damaged("it is not a document of the studio")
    return document  # type: ignore[no-any-return]  # a dict, checked by way of `schema`


def write_document(path: Path, document: dict[str, Any]) -> None:
    """Write `document` to `path`, whole or not at all. ASCII, so that any file name survives."""
    write_atomic(path, json.dumps(document, indent=2, allow_nan=False).encode("ascii"))


def backups(path: Path) -> list[Path]:
    """Return where older copies of `path` are kept, newest first."""
    folder = path.parent / "backups"
    return [folder / f"{path.stem}-{number}{path.suffix}" for number in range(1, BACKUPS + 1)]


def keep_backup(path: Path) -> None:
    """Copy `path` to its first backup, after the older ones have moved on by one place.

    A damaged file or one equal to the newest backup is not copied.
    """
    places = backups(path)
    try:
        read_document(path)
        content = path.read_bytes()
    except (Damaged, OSError):
        return
    with suppress(OSError):
        if places[0].read_bytes() == content:
            return
    places[0].parent.mkdir(exist_ok=True)
    for older, newer in zip(reversed(places), reversed(places[:-1]), strict=False):
        with suppress(FileNotFoundError):
            newer.replace(older)
    write_atomic(places[0], content)
