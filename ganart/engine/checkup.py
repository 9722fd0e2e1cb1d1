"""What this computer offers the studio, and a report about it for whoever helps."""

import json
import os
import platform
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import disk_usage
from typing import Any

import ganart
from ganart.engine.device import DeviceInfo, describe
from ganart.files import as_studio_error, atomic_path
from ganart.settings import paths
from ganart.text import QT_TRANSLATE_NOOP

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "pillow", "av")

LOW_SPACE = 2 * 10**9
"""Bytes; with less, a training may not be able to keep its checkpoints."""
_LOG_BYTES = 10**6
"""The end of a log that goes into the report."""
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that the studio writes to."""

    purpose: str
    """Marked for translation in context "checkup"."""
    path: Path
    is_writable: bool
    free_bytes: int
    """0 where the system does not tell."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found."""

    ganart: str
    python: str
    system: str
    device: DeviceInfo
    versions: Mapping[str, str]
    """Of the packages; "" for one that is not there."""
    torch_folder: Path
    """Where torch was loaded from: what was installed, or a pack for a graphics card."""
    places: tuple[Place, ...]

    def is_well(self) -> bool:
        """Whether the studio can write wherever it has to."""
        return all(place.is_writable for place in self.places)

    def tight(self) -> tuple[Place, ...]:
        """Return the places with little space left."""
        return tuple(place for place in self.places if 0 < place.free_bytes < LOW_SPACE)

    def to_json(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        device = asdict(self.device)
        places = [asdict(place) | {"path": str(place.path)} for place in self.places]
        return {
            "ganart": self.ganart,
            "python": self.python,
            "system": self.system,
            "device": device,
            "versions": dict(self.versions),
            "torch_folder": str(self.torch_folder),
            "places": places,
        }


def look() -> Checkup:
    """Find out what this computer offers; takes a second or two, and writes nothing that stays."""
    import torch

    return Checkup(
        ganart=ganart.__version__,
        python=platform.python_version(),
        system=platform.platform(),
        device=describe(),
        versions={"torch": torch.__version__} | {name: _version(name) for name in PACKAGES},
        torch_folder=Path(torch.__file__).parents[1],
        places=tuple(_place(purpose, path) for purpose, path in _places()),
    )


def write_report(checkup: Checkup, target: Path) -> None:
    """Write a ZIP file with what was found and the logs; pictures and projects stay out of it.

    Wherever the home folder is named, "~" stands instead. Raises `FolderNotWritable`, `DiskFull`.
    """
    texts = {"checkup.json": json.dumps(checkup.to_json(), indent=2, ensure_ascii=False)}
    for log in sorted(paths.log_folder().glob("*.*")):
        if text := _end_of(log):
            texts[f"logs/{log.name}"] = text
    try:
        with atomic_path(target) as temporary, zipfile.ZipFile(temporary, "w") as archive:
            for name, text in texts.items():
                entry = zipfile.ZipInfo(name, _FIXED_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, without_home(text))
    except OSError as error:
        raise as_studio_error(error, target.parent) from error


def without_home(text: str) -> str:
    """Return a text in which "~" stands for the home folder, however its path is written."""
    home = str(Path.home())
    if home == os.sep:  # of a system account: every path begins like it
        return text
    for written in {home, json.dumps(home)[1:-1], home.replace("\\", "/"), repr(home)[1:-1]}:
        text = text.replace(written, "~")
    return text


def _places() -> list[tuple[str, Path]]:
    return [
        (QT_TRANSLATE_NOOP("checkup", "Settings"), paths.settings_file().parent),
        (QT_TRANSLATE_NOOP("checkup", "Logs"), paths.log_folder()),
        (QT_TRANSLATE_NOOP("checkup", "Projects"), paths.projects_folder()),
        (QT_TRANSLATE_NOOP("checkup", "Temporary files"), Path(tempfile.gettempdir())),
    ]


def _place(purpose: str, path: Path) -> Place:
    is_writable = _is_writable(path)
    try:
        free = disk_usage(path).free
    except OSError:
        free = 0
    return Place(purpose, path, is_writable, free)


def _is_writable(folder: Path) -> bool:
    """Try it: permissions alone do not tell."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _end_of(log: Path) -> str:
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - _LOG_BYTES))
            return stream.read().decode("utf-8", errors="replace")
    except OSError:
        return ""
