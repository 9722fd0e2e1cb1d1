"""What a catalogue keeps of the dataset as a whole: the usual framing, and where sources lie."""

import os
from collections.abc import Mapping
from pathlib import Path

from ganart.datasets.catalogue_file import CatalogueFile
from ganart.datasets.framing import USUAL, BadFraming, Framing
from ganart.datasets.records import PictureRow

_FRAMING = "framing"


class Whole(CatalogueFile):
    """Reads and writes what is said of no single picture."""

    def usual_framing(self) -> Framing:
        """Return how pictures are framed that have no framing of their own."""
        rows = self._rows("SELECT value FROM choices WHERE name = ?", (_FRAMING,))
        return _read(rows[0][0]) if rows else USUAL

    def set_usual_framing(self, framing: Framing) -> Framing:
        """Frame pictures in this way that have no framing of their own; return the way before."""
        before = self.usual_framing()
        with self._changing():
            self._database.execute(
                "INSERT OR REPLACE INTO choices VALUES (?, ?)", (_FRAMING, framing.to_json())
            )
        return before

    def move_source(self, old: Path, new: Path, moved: Mapping[int, Path]) -> None:
        """Have the source `old` lie at `new`, and pictures, by number, at other paths.

        All that is noted of them stays. A row that another file has at such a path is dropped.
        """
        with self._changing():
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
        # Before any is moved, since one may take the place of another.
        self._database.executemany(
            "DELETE FROM pictures WHERE path = ? AND id <> ?",
            [(os.fsencode(path), number) for number, path in moved.items()],
        )
        self._database.executemany(
            "UPDATE pictures SET path = ? WHERE id = ?",
            [(os.fsencode(path), number) for number, path in moved.items()],
        )


def framing_of(row: PictureRow, usual: Framing = USUAL) -> Framing:
    """Return how a picture is framed; one whose own framing is damaged has the usual one."""
    return usual if row.framing is None else _read(row.framing, usual)


def _read(text: str, otherwise: Framing = USUAL) -> Framing:
    try:
        return Framing.from_json(text)
    except BadFraming:
        return otherwise
