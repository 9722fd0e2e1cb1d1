"""Tells how large the program is, by what it consists of."""

from collections import Counter
from pathlib import Path

from building.freezing import INTERNAL, PIP, RUNTIME

_GROUPS = {
    "Python": ("base_library.zip", "lib*", "python3*", "*.dll", "*.pyd"),
    "Qt": ("PySide6", "shiboken6"),
    "PyAV": ("av", "av.libs"),
    "numpy": ("numpy", "numpy.libs"),
    "Pillow": ("PIL", "pillow.libs"),
    "the studio itself": ("ganart", "start.py"),
    "pictures, fonts and networks": ("resources",),
}
"""What belongs together in the folder of the frozen program."""


def report(program: Path) -> str:
    """Return a table of components and their megabytes, the largest first."""
    totals: Counter[str] = Counter()
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            totals[component(path.relative_to(program))] += path.stat().st_size
    rows = [f"{name}\t{size / 1e6:.1f}" for name, size in totals.most_common()]
    return "\n".join(["component\tMB", *rows, f"total\t{totals.total() / 1e6:.1f}"]) + "\n"


def component(path: Path) -> str:
    """Return what a file of the program belongs to."""
    top, *below = path.parts
    if not below:
        return "the studio itself"  # its modules lie inside its one file
    if top == RUNTIME:
        return "torch" if below[0] in ("torch", "torchgen") else "what torch needs"
    if top == PIP:
        return "pip"
    if top != INTERNAL:
        return "others"
    for name, patterns in _GROUPS.items():
        if any(Path(below[0]).match(pattern) for pattern in patterns):
            return name
    return "others"
