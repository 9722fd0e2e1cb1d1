"""Reads out of Windows programs and libraries what they need of the system."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

OBJDUMP = "x86_64-w64-mingw32-objdump"
_NEEDED = re.compile(r"^\tDLL Name: (\S+)$", re.MULTILINE)
_TAKEN = re.compile(r"^\t[0-9a-f]+\t +\d+  (\w+)$", re.MULTILINE)
_OF_THE_C_LIBRARY = ("api-ms-win-", "ext-ms-win-")
_SUFFIXES = {".com", ".dll", ".exe", ".pyd"}


def programs(folder: Path) -> Iterator[Path]:
    """Yield all programs and libraries below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.is_file():
            yield path


def read(path: Path) -> set[str]:
    """Return the libraries that a file is linked with, in small letters."""
    return {name.lower() for name in _NEEDED.findall(_dump(path))}


def names(path: Path, library: str) -> set[str]:
    """Return what a file takes from one library that it is linked with."""
    parts = _NEEDED.split(_dump(path))
    return {
        name
        for found, text in zip(parts[1::2], parts[2::2], strict=True)
        if found.lower() == library
        for name in _TAKEN.findall(text)
    }


def closure(roots: Iterable[Path], libraries: Iterable[Path]) -> set[Path]:
    """Return those of some libraries that the roots need, directly or by others, and the roots."""
    by_name = {path.name.lower(): path for path in libraries}
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [by_name[name] for name in read(path) & by_name.keys()]
    return found


def strangers(folder: Path, system: Iterable[str]) -> dict[str, list[str]]:
    """Return the libraries that come from nowhere, and by what below `folder` each is needed.

    `system` are those that every Windows has, in small letters.
    """
    files = list(programs(folder))
    known = {path.name.lower() for path in files} | set(system)
    missing: dict[str, list[str]] = {}
    for path in files:
        for name in read(path) - known:
            if not name.startswith(_OF_THE_C_LIBRARY):
                missing.setdefault(name, []).append(path.name)
    return missing


def _dump(path: Path) -> str:
    command = [OBJDUMP, "-p", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
