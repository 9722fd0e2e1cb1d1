"""Strips Linux libraries of the names that only debuggers read: a hundred megabytes of torch's."""

import subprocess
from pathlib import Path

from building.freezing import INTERNAL, RUNTIME

PATTERNS = (
    f"{RUNTIME}/torch/lib/libc10.so",
    f"{RUNTIME}/torch/lib/libtorch*.so",
    f"{INTERNAL}/libpython*.so*",
    f"{INTERNAL}/python3.*/lib-dynload/*.so",
)
"""torch's own and Python's own. Libraries that were copied into a wheel are left alone: their
tables were moved when the wheel was made, and stripping breaks some of them.
"""


def strip(program: Path) -> None:
    """Strip them."""
    libraries = [str(path) for pattern in PATTERNS for path in sorted(program.glob(pattern))]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)
