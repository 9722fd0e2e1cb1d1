"""The list of a project's folders and of every picture in them, kept in one SQLite file."""

import os
from collections.abc import Iterable
from pathlib import Path

from ganart.datasets.apart import Apart
from ganart.datasets.errors import Reason
from ganart.datasets.imprint import IMPRINT_BYTES
from ganart.datasets.inspect import Inspected
from ganart.datasets.measures import MEASURES_VERSION, NUMBERS, pack
from ganart.datasets.notes import NO_TAGS, Notes
from ganart.datasets.records import BAD_CONTENT, Counts, Found, PictureRow, Verdict
from ganart.datasets.whole import NEWEST_ID, Whole

__all__ = ["Catalogue", "Counts", "Found", "PictureRow", "Verdict"]


class Catalogue(Notes, Whole, Apart):
    """The sources of a dataset, and what is known of their files; see `CatalogueFile`."""

    def sources(self) -> list[Path]:
        """Return the folders (or single files) that make up the dataset, in order of adding."""
        return [
            Path(os.fsdecode(row[0])) for row in self._rows("SELECT path FROM sources ORDER BY id")
        ]

    def add_source(self, source: Path) -> None:
        """Add a folder or a single picture; links are followed, a known one is left as it is."""
        # Not `Path.resolve`, which raises RuntimeError where links go in a circle.
        followed = os.fsencode(os.path.realpath(source))
        with self._changing():
            self._database.execute("INSERT OR IGNORE INTO sources (path) VALUES (?)", (followed,))

    def remove_source(self, source: Path) -> None:
        """Forget a folder and its pictures, except those that lie in another source as well."""
        with self._changing():
            self._database.execute("DELETE FROM sources WHERE path = ?", (os.fsencode(source),))
            kept = self.sources()
            self._forget(
                row.id
                for row in self._pictures("")
                if not any(row.path.is_relative_to(other) for other in kept)
            )

    def pictures(self, readable: bool = True) -> list[PictureRow]:
        """Return the readable pictures, or with `readable=False` all files, ordered by path."""
        return self._pictures("WHERE verdict = 'readable'" if readable else "")

    def refused(self) -> list[PictureRow]:
        """Return the files that cannot be used, each with its reason, ordered by path."""
        return self._pictures("WHERE verdict = 'refused'")

    def counts(self) -> Counts:
        """Return how many files are readable, refused, and readable but excluded."""
        rows = self._rows(
            """SELECT count(*) FILTER (WHERE verdict = 'readable'),
                count(*) FILTER (WHERE verdict = 'refused'),
                count(*) FILTER (WHERE verdict = 'readable' AND mark = 'rejected') FROM pictures"""
        )
        return Counts(*rows[0])

    def newest(self) -> int:
        """Return the greatest number that a file has or had; those added later have greater."""
        return int(self._rows(NEWEST_ID)[0][0])

    def paths(self, picture_ids: Iterable[int]) -> dict[int, Path]:
        """Return where those of the files lie that are known, by their numbers."""
        found: dict[int, Path] = {}
        for picture_id in picture_ids:
            for row in self._rows("SELECT path FROM pictures WHERE id = ?", (picture_id,)):
                found[picture_id] = Path(os.fsdecode(row[0]))
        return found

    def thumbnail(self, picture_id: int) -> bytes | None:
        """Return a PNG or JPEG of at most 128 px, None for a refused or unknown picture."""
        rows = self._rows("SELECT image FROM thumbnails WHERE picture_id = ?", (picture_id,))
        return rows[0][0] if rows else None

    def measured(self) -> set[int]:
        """Return the numbers of the pictures that this version of the studio has measured."""
        query = "SELECT picture_id FROM measures WHERE version = ?"
        return {row[0] for row in self._rows(query, (MEASURES_VERSION,))}

    def measures(self) -> dict[int, bytes]:
        """Return by number what `pack` gave for the readable pictures."""
        return self._measured("numbers", NUMBERS * 4)

    def imprints(self) -> dict[int, bytes]:
        """Return the imprints of the readable pictures by number."""
        return self._measured("imprint", IMPRINT_BYTES)

    def record(self, results: Iterable[tuple[Found, Inspected | Reason]]) -> None:
        """Write what was learnt about files, new or known, in one transaction."""
        with self._changing():
            for found, result in results:
                self._record(found, result)

    def refuse(self, picture_id: int, reason: Reason) -> None:
        """Mark a known picture as one that cannot be used any more."""
        with self._changing():
            self._database.execute(
                "UPDATE pictures SET verdict = ?, reason = ? WHERE id = ?",
                (Verdict.REFUSED, reason.name, picture_id),
            )

    def forget(self, picture_ids: Iterable[int]) -> None:
        """Drop rows of files that are gone."""
        with self._changing():
            self._forget(picture_ids)

    def _record(self, found: Found, result: Inspected | Reason) -> None:
        learnt: tuple[int, int, str, Verdict, str | None]
        if isinstance(result, Inspected):
            learnt = (result.width, result.height, result.pixel_hash, Verdict.READABLE, None)
        else:
            learnt = (0, 0, "", Verdict.REFUSED, result.name)
        picture_id = self._database.execute(
            f"""INSERT INTO pictures
                (id, path, size_bytes, mtime_ns, width, height, pixel_hash, verdict, reason)
            VALUES (({NEWEST_ID}) + 1, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (path) DO UPDATE SET
                (size_bytes, mtime_ns, width, height, pixel_hash, verdict, reason) =
                (excluded.size_bytes, excluded.mtime_ns, excluded.width, excluded.height,
                 excluded.pixel_hash, excluded.verdict, excluded.reason)
            RETURNING id""",
            (os.fsencode(found.path), found.size_bytes, found.mtime_ns, *learnt),
        ).fetchone()[0]
        for table in ("thumbnails", "measures"):
            self._database.execute(f"DELETE FROM {table} WHERE picture_id = ?", (picture_id,))
        if isinstance(result, Inspected):
            self._database.execute(
                "INSERT INTO thumbnails VALUES (?, ?)", (picture_id, result.thumbnail)
            )
            self._database.execute(
                "INSERT INTO measures VALUES (?, ?, ?, ?)",
                (picture_id, MEASURES_VERSION, pack(result.measures), result.imprint),
            )

    def _measured(self, column: str, length: int) -> dict[int, bytes]:
        rows = self._rows(
            f"""SELECT picture_id, {column} FROM measures JOIN pictures ON id = picture_id
            WHERE verdict = 'readable' AND version = ? ORDER BY path""",
            (MEASURES_VERSION,),
        )
        if any(not isinstance(row[1], bytes) or len(row[1]) != length for row in rows):
            raise self._set_aside()
        return {row[0]: row[1] for row in rows}

    def _forget(self, picture_ids: Iterable[int]) -> None:
        self._keep_newest()
        self._database.executemany(
            "DELETE FROM pictures WHERE id = ?", [(picture_id,) for picture_id in picture_ids]
        )

    def _pictures(self, where: str) -> list[PictureRow]:
        rows = self._rows(f"SELECT * FROM pictures {where} ORDER BY path")
        tags = self._tags()
        try:
            return [PictureRow.of(row, tags.get(row["id"], NO_TAGS)) for row in rows]
        except BAD_CONTENT as error:
            raise self._set_aside() from error
