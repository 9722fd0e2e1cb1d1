"""Small JSON files of the studio itself; a damaged one is set aside, never overwritten."""

import json
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from ganart.errors import DiskFull, FolderNotWritable, StudioError
from ganart.files import write_atomic
from ganart.text import QT_TRANSLATE_NOOP

MAX_BYTES = 2**20
_TRIES = 5 if sys.platform == "win32" else 1
"""Windows refuses a file for the moment in which another thread or window reads or replaces it."""
_MOMENT_S = 0.02
_Kept = TypeVar("_Kept")


class SetAside(StudioError):
    """A notice. Details: `path`, `aside`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The file {path} is damaged or cannot be read, so defaults are used."
    )
    safe = QT_TRANSLATE_NOOP("errors", "It is kept as {aside}; projects are not concerned.")


class NotKept(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The file {path} cannot be written ({reason}).")
    safe = QT_TRANSLATE_NOOP(
        "errors", "The studio works, but will not remember the change at its next start."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Allow writing there, or free some space on that disk.")


def read(path: Path) -> tuple[dict[str, Any], StudioError | None]:
    """Return the JSON object in `path`, empty where there is none, and a notice of damage."""
    document = None
    try:
        document = json.loads(_patiently(lambda: _content(path)))
    except (FileNotFoundError, NotADirectoryError):
        return {}, None
    except (OSError, ValueError, RecursionError):
        pass
    if isinstance(document, dict):
        return document, None
    return {}, SetAside(path=path, aside=_set_aside(path))


def write(path: Path, document: dict[str, Any]) -> None:
    """Write `document`, whole or not at all. Raises `NotKept`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # ASCII, so that names which are no valid Unicode survive.
        content = json.dumps(document, indent=2).encode("ascii")
        _patiently(lambda: write_atomic(path, content))
    except OSError as error:
        raise NotKept(path=path, reason=error.strerror) from error
    except DiskFull as error:
        raise NotKept(path=path, reason="the disk is full") from error
    except FolderNotWritable as error:
        raise NotKept(path=path, reason=error.details["reason"]) from error


def copy_aside(path: Path) -> Path:
    """Copy a file before something in it is given up; return the copy, or `path` without one."""
    aside = _place_aside(path)
    try:
        shutil.copyfile(path, aside)
    except OSError:
        return path
    return aside


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""


def _patiently(act: Callable[[], _Kept]) -> _Kept:
    for _ in range(_TRIES - 1):
        try:
            return act()
        except (PermissionError, FolderNotWritable):
            time.sleep(_MOMENT_S)
    return act()


def _set_aside(path: Path) -> Path:
    aside = _place_aside(path)
    try:
        path.replace(aside)
    except OSError:
        return path  # a read-only folder: nothing will overwrite it either
    return aside


def _place_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
