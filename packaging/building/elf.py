"""Reads out of Linux programs and libraries what they need of the system."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

_NEEDED = re.compile(r"^ +NEEDED +(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")


def programs(folder: Path) -> Iterator[Path]:
    """Yield all programs and libraries below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    yield path


def read(path: Path) -> tuple[set[str], tuple[int, int]]:
    """Return the libraries that a file is linked with and the oldest glibc that it runs with."""
    command = ["objdump", "-p", str(path)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    versions = ((int(major), int(minor)) for major, minor in _GLIBC.findall(text))
    return set(_NEEDED.findall(text)), max(versions, default=(2, 0))


def needs(paths: Iterable[Path], shipped: Iterable[str]) -> tuple[set[str], tuple[int, int]]:
    """Return the libraries that some files need and are not `shipped`, and the oldest glibc."""
    wanted: set[str] = set()
    newest = (2, 0)
    for path in paths:
        libraries, glibc = read(path)
        wanted |= libraries
        newest = max(newest, glibc)
    return wanted - set(shipped), newest
