"""Small JSON files of the studio itself; a damaged one is set aside, never overwritten."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ganart.errors import FolderNotWritable, StudioError
from ganart.files import write_atomic
from ganart.text import QT_TRANSLATE_NOOP

MAX_BYTES = 2**20


class SetAside(StudioError):
    """A notice. Details: `path`, `aside`."""

    happened = QT_TRANSLATE_NOOP("errors", "The file {path} was damaged, so defaults are used.")
    safe = QT_TRANSLATE_NOOP("errors", "It is kept as {aside}; projects are not concerned.")


def read(path: Path) -> tuple[dict[str, Any], StudioError | None]:
    """Return the JSON object in `path`, empty where there is none, and a notice of damage."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
        document = json.loads(content)
    except OSError:
        return {}, None
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return document, None
    return {}, SetAside(path=path, aside=_set_aside(path))


def write(path: Path, document: dict[str, Any]) -> None:
    """Write `document`, whole or not at all. Raises `FolderNotWritable`, `DiskFull`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(folder=path.parent, reason=error.strerror) from error
    # ASCII, so that names which are no valid Unicode survive.
    write_atomic(path, json.dumps(document, indent=2).encode("ascii"))


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    try:
        path.replace(aside)
    except OSError:
        return path  # a read-only folder: nothing will overwrite it either
    return aside
