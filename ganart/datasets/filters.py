"""Which pictures of a catalogue to show."""

import os
from dataclasses import dataclass

from ganart.datasets.records import Mark


@dataclass(frozen=True, slots=True)
class Filter:
    """What pictures must be like to be shown; as it is made it lets all through."""

    marks: frozenset[Mark] = frozenset(Mark)
    least_stars: int = 0
    seen: bool | None = None
    """Only those looked at, or only those not."""
    tags: frozenset[str] = frozenset()
    """All of them are asked for."""
    text: str = ""
    """Part of the path, or of a tag; capitals do not matter."""
    least_side: int = 0
    most_side: int | None = None
    """Bounds of the shorter side in pixels."""
    least_aspect: float = 0.0
    most_aspect: float | None = None
    """Bounds of width / height."""

    def condition(self) -> tuple[str, tuple[object, ...]]:
        """Return what stands behind WHERE for the table `pictures`, and its values."""
        parts: list[str] = ["stars >= ?", "min(width, height) >= ?", "width >= ? * height"]
        values: list[object] = [self.least_stars, self.least_side, self.least_aspect]
        if self.marks != frozenset(Mark):
            parts.append(f"mark IN ({', '.join('?' * len(self.marks))})")
            values.extend(self.marks)
        if self.seen is not None:
            parts.append("seen = ?")
            values.append(self.seen)
        for tag in self.tags:
            parts.append("EXISTS (SELECT 1 FROM tags WHERE picture_id = id AND tag = ?)")
            values.append(tag)
        if self.most_side is not None:
            parts.append("min(width, height) <= ?")
            values.append(self.most_side)
        if self.most_aspect is not None:
            parts.append("width <= ? * height")
            values.append(self.most_aspect)
        if self.text:
            parts.append(
                "(folded(path, ?) OR EXISTS "
                "(SELECT 1 FROM tags WHERE picture_id = id AND folded(tag, ?)))"
            )
            values.extend([self.text.casefold()] * 2)
        return " AND ".join(parts), tuple(values)


def holds(name: bytes | str, folded: str) -> bool:
    """Tell whether a path or a tag contains a text that is folded already, as `folded` in SQL."""
    return folded in os.fsdecode(name).casefold()
