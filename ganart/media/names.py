"""File names that every system accepts and that are not taken yet."""

import itertools
import re
from collections.abc import Mapping
from pathlib import Path

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

MAX_STEM_BYTES = 180
"""Leaves room for a number and a suffix within the 255 bytes that file systems allow."""

DEFAULT_PATTERN = "{kind} {seed}"
NAME_PARTS = ("project", "model", "preset", "seed", "kind", "size", "edition", "date", "n")
"""What may stand in braces in a name pattern."""

_PART = re.compile(r"\{(\w+)(?::0([1-9]))?\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED_ON_WINDOWS = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE
)


class BadPattern(StudioError):
    """Details: `pattern`, `allowed`."""

    happened = QT_TRANSLATE_NOOP("errors", "{pattern} cannot be a name for files.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was saved.")
    remedy = QT_TRANSLATE_NOOP("errors", "In braces only these may stand: {allowed}.")


def check_pattern(pattern: str) -> None:
    """Raise `BadPattern` for a name pattern with an unknown part, a lone brace, or nothing."""
    rest = _PART.sub("", pattern)
    named = _PART.findall(pattern)
    unknown = [part for part, width in named if part not in NAME_PARTS or (width and part != "n")]
    if unknown or "{" in rest or "}" in rest or not pattern.strip():
        allowed = ", ".join([f"{{{part}}}" for part in NAME_PARTS] + ["{n:03}"])
        raise BadPattern(pattern=pattern, allowed=allowed)


def filled(pattern: str, values: Mapping[str, str | int]) -> str:
    """Return a pattern with its parts filled in; those without a value are left out.

    It may still hold anything: `free_name` makes a name in one folder of it. Raises `BadPattern`.
    """
    check_pattern(pattern)

    def fill(part: re.Match[str]) -> str:
        value = values.get(part[1], "")
        return f"{value:0{part[2]}}" if part[2] and isinstance(value, int) else str(value)

    return " ".join(_PART.sub(fill, pattern).split())


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
