"""File names that every system accepts and that are not taken yet."""

import itertools
import re
from pathlib import Path

MAX_STEM_BYTES = 180
"""Leaves room for a number and a suffix within the 255 bytes that file systems allow."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED_ON_WINDOWS = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE
)


def safe_stem(text: str) -> str:
    """Turn any text into a file name without suffix that Linux, macOS and Windows accept."""
    stem = _FORBIDDEN.sub("-", text).encode("utf-8", "ignore")[:MAX_STEM_BYTES]
    name = stem.decode("utf-8", "ignore").strip(" .")
    if not name or _RESERVED_ON_WINDOWS.match(name):
        name = f"artwork {name}".strip()
    return name


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path in `folder` that no file has: 'stem.png', 'stem 2.png', 'stem 3.png', ..."""
    name = safe_stem(stem)
    for number in itertools.count(1):
        path = folder / (f"{name}{suffix}" if number == 1 else f"{name} {number}{suffix}")
        # A dangling link is taken too: writing would follow it.
        if not path.exists() and not path.is_symlink():
            return path
    raise AssertionError("unreachable: count() has no end")
