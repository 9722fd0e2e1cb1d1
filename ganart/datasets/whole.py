"""What a catalogue keeps of the dataset as a whole: framing, checks, order, facts of sources."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ganart.datasets import checks
from ganart.datasets.catalogue_file import CatalogueFile
from ganart.datasets.checks import Check, Checks
from ganart.datasets.framing import USUAL, WHOLE, BadFraming, Framing
from ganart.datasets.records import PictureRow
from ganart.datasets.schema import NEWEST

_FRAMING = "framing"
_WATCHED = "watched"
_IGNORED = "ignored"
_CHECKS = "checks"
_SORTING = "sorting"
NEWEST_ID = f"""SELECT max(
    coalesce((SELECT max(id) FROM pictures), 0),
    coalesce((SELECT CAST(value AS INTEGER) FROM choices WHERE name = '{NEWEST}'), 0))"""
"""The greatest number that a file has or had."""


class Whole(CatalogueFile):
    """Reads and writes what is said of no single picture."""

    def usual_framing(self) -> Framing:
        """Return how pictures are framed that have no framing of their own."""
        text = self._choice(_FRAMING)
        return USUAL if text is None else _read(text)

    def set_usual_framing(self, framing: Framing) -> Framing:
        """Frame pictures in this way that have no framing of their own; return the way before."""
        before = self.usual_framing()
        with self._changing():
            self._choose(_FRAMING, framing.to_json())
        return before

    def watched(self) -> frozenset[Path]:
        """Return the sources that the artist wants to be watched for changes."""
        return self._chosen_paths(_WATCHED)

    def set_watched(self, sources: Iterable[Path]) -> None:
        """Have these sources watched, and no others."""
        with self._changing():
            self._choose(_WATCHED, _listed(sources))

    def ignored(self) -> frozenset[Path]:
        """Return the files that cannot be used and that the artist does not want to hear of."""
        return self._chosen_paths(_IGNORED)

    def set_ignored(self, files: Iterable[Path]) -> None:
        """Do not tell of these files, and of all others."""
        with self._changing():
            self._choose(_IGNORED, _listed(files))

    def checks(self) -> dict[str, Check]:
        """Return how the artist goes through the issues, by their keys."""
        text = self._choice(_CHECKS)
        return {} if text is None else checks.from_json(text)

    def set_checks(self, those: Checks) -> None:
        """Keep how the artist goes through the issues, in place of all that was kept before."""
        with self._changing():
            self._choose(_CHECKS, checks.to_json(those))

    def sorting(self) -> tuple[str, bool]:
        """Return the name of the order that was chosen last, '' for none, and whether it falls."""
        text = self._choice(_SORTING)
        try:
            name, is_falling = ("", False) if text is None else json.loads(text)
        except (TypeError, ValueError):  # nothing hangs on it
            return "", False
        return str(name), bool(is_falling)

    def set_sorting(self, name: str, is_falling: bool) -> None:
        """Keep the order that was chosen."""
        with self._changing():
            self._choose(_SORTING, json.dumps([name, is_falling]))

    def move_source(self, old: Path, new: Path, moved: Mapping[int, Path]) -> None:
        """Have the source `old` lie at `new`, and pictures, by number, at other paths.

        All that is noted of them stays, and so does which files are ignored. A row that another
        file has at such a path is dropped.
        """
        watched, ignored = self.watched(), self.ignored()
        now = {each: new / each.relative_to(old) for each in ignored if each.is_relative_to(old)}
        places = set(moved.values()) if now else set()
        follow = {each: place for each, place in now.items() if place in places}
        with self._changing():
            if old in watched:
                self._choose(_WATCHED, _listed(watched - {old} | {new}))
            if follow:
                self._choose(_IGNORED, _listed(ignored - follow.keys() | {*follow.values()}))
            self._database.execute("DELETE FROM sources WHERE path = ?", (os.fsencode(new),))
            self._database.execute(
                "UPDATE sources SET path = ? WHERE path = ?", (os.fsencode(new), os.fsencode(old))
            )
            self._move(moved)

    def rename(self, moved: Mapping[int, Path]) -> None:
        """Have pictures, by number, lie at other paths, as in `move_source`."""
        with self._changing():
            self._move(moved)

    def _move(self, moved: Mapping[int, Path]) -> None:
        # By way of names that no file can have, since one may take the place of another.
        self._database.executemany(
            "UPDATE pictures SET path = ? WHERE id = ?",
            [(b"\0%d" % number, number) for number in moved],
        )
        paths = {number: os.fsencode(path) for number, path in moved.items()}
        self._keep_newest()
        self._database.executemany(
            "DELETE FROM pictures WHERE path = ?", [(path,) for path in paths.values()]
        )
        self._database.executemany(
            "UPDATE pictures SET path = ? WHERE id = ?",
            [(path, number) for number, path in paths.items()],
        )

    def _keep_newest(self) -> None:
        """Before files are dropped: no other shall ever get the number of one."""
        self._database.execute(f"INSERT OR REPLACE INTO choices VALUES ('{NEWEST}', ({NEWEST_ID}))")

    def _chosen_paths(self, name: str) -> frozenset[Path]:
        try:
            return frozenset(Path(path) for path in json.loads(self._choice(name) or "[]"))
        except (TypeError, ValueError):
            return frozenset()

    def _choice(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM choices WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def _choose(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO choices VALUES (?, ?)", (name, value))


def _listed(paths: Iterable[Path]) -> str:
    """Return paths as JSON: ASCII with escapes, which bytes that are no Unicode survive."""
    return json.dumps(sorted(str(path) for path in paths))


def aspect_of(picture: PictureRow, framing: Framing) -> float:
    """Return width to height of what `framing` may show at all of a readable picture."""
    left, top, right, bottom = (framing.crop or WHOLE).pixels(picture.width, picture.height)
    return (right - left) / (bottom - top)


def framing_of(row: PictureRow, usual: Framing = USUAL) -> Framing:
    """Return how a picture is framed; one whose own framing is damaged has the usual one."""
    return usual if row.framing is None else _read(row.framing, usual)


def _read(text: str, otherwise: Framing = USUAL) -> Framing:
    try:
        return Framing.from_json(text)
    except BadFraming:
        return otherwise
