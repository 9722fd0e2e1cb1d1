"""Strips Linux libraries of the names that only debuggers read: a hundred megabytes of torch's."""

import subprocess
from pathlib import Path

from building.elf import programs
from building.freezing import INTERNAL, RUNTIME

_OF_PYTHON = ("libpython*.so*", "python3.*/lib-dynload/*.so")


def strip(program: Path) -> None:
    """Strip torch's libraries and Python's own.

    Those that wheels carry in folders NAME.libs are left alone: their tables were moved when the
    wheel was made, and stripping breaks some of them.
    """
    libraries = [path for path in programs(program / RUNTIME) if ".so" in path.name]
    for pattern in _OF_PYTHON:
        libraries += (program / INTERNAL).glob(pattern)
    subprocess.run(["strip", "--strip-unneeded", *map(str, libraries)], check=True)
