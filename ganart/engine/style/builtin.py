"""The built-in looks by key and label. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.errors import BadOption
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A look that comes with the program; its label is marked in context "looks"."""

    key: str
    label: str


BUILT_IN: tuple[BuiltIn, ...] = tuple(
    BuiltIn(f"look-{index:02}", QT_TRANSLATE_NOOP("looks", "Look")) for index in range(26)
)
"""In the order of the network's scales and shifts."""


def built_in_index(key: str) -> int:
    """Return the place of the look `key` in `BUILT_IN`. Raises `BadOption`."""
    keys = [each.key for each in BUILT_IN]
    if key not in keys:
        raise BadOption(option="look", value=key, allowed=", ".join(keys))
    return keys.index(key)
