"""What the artist says about the pictures of a catalogue: marks, stars, tags, weights, framing."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ganart.datasets.catalogue_file import CatalogueFile
from ganart.datasets.filters import Filter
from ganart.datasets.records import MAX_STARS, Mark, Tally, check_stars, check_weight

NO_TAGS: frozenset[str] = frozenset()


class Notes(CatalogueFile):
    """Reads and writes notes in bulk, by path; files that the catalogue lacks are passed over.

    Each setter returns what those that changed had before: the same setter takes it back.
    """

    def set_marks(self, marks: Mapping[Path, Mark]) -> dict[Path, Mark]:
        """Pick, reject or clear pictures. A rejected one keeps its weight for later."""
        before = self._set("mark", {path: Mark(mark) for path, mark in marks.items()})
        return {path: Mark(mark) for path, mark in before.items()}

    def set_stars(self, stars: Mapping[Path, int]) -> dict[Path, int]:
        """Rate pictures; raises `ValueError` outside 0 to `MAX_STARS`."""
        return self._set("stars", {path: check_stars(each) for path, each in stars.items()})

    def set_seen(self, seen: Mapping[Path, bool]) -> dict[Path, bool]:
        """Note which pictures the artist has looked at."""
        return {path: bool(each) for path, each in self._set("seen", seen).items()}

    def set_framing(self, framing: Mapping[Path, str | None]) -> dict[Path, str | None]:
        """Keep how pictures are cropped, as the framing writes it; None in the usual way."""
        return self._set("framing", framing)

    def set_tags(self, tags: Mapping[Path, frozenset[str]]) -> dict[Path, frozenset[str]]:
        """Give pictures these tags and no others."""
        with self._changing():
            ids = self._column("id", tags)
            had = self._tags()
            before = {path: had.get(number, NO_TAGS) for path, number in ids.items()}
            changed = {path: each for path, each in before.items() if each != tags[path]}
            self._database.executemany(
                "DELETE FROM tags WHERE picture_id = ?", [(ids[path],) for path in changed]
            )
            self._database.executemany(
                "INSERT INTO tags VALUES (?, ?)",
                [(ids[path], tag) for path in changed for tag in tags[path]],
            )
        return changed

    def set_weight(self, paths: Iterable[Path], weight: float) -> None:
        """Have training show pictures `weight` times as often as others; 0 rejects them.

        Any other weight accepts rejected ones again. Raises `ValueError` outside 0 to
        `MAX_WEIGHT`.
        """
        values = [(check_weight(weight), os.fsencode(path)) for path in paths]
        if weight == 0:
            change = "mark = 'rejected' WHERE 0 = ? AND path = ?"
        else:
            change = "weight = ?, mark = replace(mark, 'rejected', 'none') WHERE path = ?"
        with self._changing():
            self._database.executemany(f"UPDATE pictures SET {change}", values)

    def matching(self, wanted: Filter) -> list[int]:
        """Return the numbers of the readable pictures that a filter lets through, by path."""
        where, values = wanted.condition()
        query = f"SELECT id FROM pictures WHERE verdict = 'readable' AND {where} ORDER BY path"
        return [row[0] for row in self._rows(query, values)]

    def count(self, wanted: Filter) -> int:
        """Return how many readable pictures a filter lets through."""
        where, values = wanted.condition()
        query = f"SELECT count(*) FROM pictures WHERE verdict = 'readable' AND {where}"
        return int(self._rows(query, values)[0][0])

    def tally(self) -> Tally:
        """Count the readable pictures by each note."""
        of = "FROM pictures WHERE verdict = 'readable'"
        marks = self._counted(f"SELECT mark, count(*) {of} GROUP BY mark")
        stars = self._counted(f"SELECT stars, count(*) {of} GROUP BY stars")
        tags = self._counted(
            f"SELECT tag, count(*) FROM tags WHERE picture_id IN (SELECT id {of}) GROUP BY tag"
        )
        seen = self._rows(f"SELECT count(*) {of} AND seen")[0][0]
        return Tally(
            total=sum(marks.values()),
            seen=seen,
            marks={mark: marks.get(mark, 0) for mark in Mark},
            stars=tuple(stars.get(number, 0) for number in range(MAX_STARS + 1)),
            tags=tags,
        )

    def _set(self, column: str, values: Mapping[Path, Any]) -> dict[Path, Any]:
        """Write a column of `pictures`; return the values before of those that changed."""
        with self._changing():
            had = self._column(column, values)
            before = {path: had[path] for path in had if had[path] != values[path]}
            self._database.executemany(
                f"UPDATE pictures SET {column} = ? WHERE path = ?",
                [(values[path], os.fsencode(path)) for path in before],
            )
        return before

    def _column(self, column: str, paths: Iterable[Path]) -> dict[Path, Any]:
        """Return the values of a column of `pictures` for those paths that are known."""
        found: dict[Path, Any] = {}
        for path in paths:
            query = f"SELECT {column} FROM pictures WHERE path = ?"
            row = self._database.execute(query, (os.fsencode(path),)).fetchone()
            if row is not None:
                found[path] = row[0]
        return found

    def _tags(self) -> dict[int, frozenset[str]]:
        """Return the tags of all pictures that have some, by number."""
        tags: dict[int, set[str]] = {}
        for number, tag in self._rows("SELECT picture_id, tag FROM tags"):
            tags.setdefault(number, set()).add(str(tag))
        return {number: frozenset(each) for number, each in tags.items()}

    def _counted(self, query: str) -> dict[Any, int]:
        return {row[0]: row[1] for row in self._rows(query)}
