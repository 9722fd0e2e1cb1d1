"""Setting a damaged catalogue aside, so that the studio goes on and nothing is thrown away."""

import sqlite3
import threading
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from ganart.datasets.imprint import IMPRINT_BYTES
from ganart.datasets.measures import MEASURES_VERSION, NUMBERS
from ganart.datasets.records import BAD_CONTENT, PictureRow
from ganart.datasets.schema import MIGRATIONS, NEWEST, migrate, schema_version

_SOURCES = "SELECT path FROM sources ORDER BY id"
_LENGTHS = "SELECT length(numbers), length(imprint) FROM measures WHERE version = ?"
_MOST_PICTURES = 10_000_000
"""More than any catalogue holds."""
_turn = threading.Lock()


def set_aside(path: Path) -> Path | None:
    """Rename the damaged catalogue `path` and begin a new one with what sources can be read.

    Returns the new name of the damaged file, None if the file is sound: then another thread was
    quicker. Connections of this thread must be closed. Raises OSError if renaming fails.
    """
    with _turn:
        if _is_sound(path):
            return None
        turn, kept = next(
            (number, name)
            for number in count(1)
            if not (name := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists()
        )
        path.replace(kept)
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                _beside(path, ending).replace(_beside(kept, ending))
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            migrate(database)
            database.executemany("INSERT INTO sources (path) VALUES (?)", _sources(kept))
            # Steps that can be taken back name pictures of before by their numbers.
            newest = str(turn * _MOST_PICTURES)
            database.execute("INSERT INTO choices VALUES (?, ?)", (NEWEST, newest))
        return kept


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def is_whole(path: Path) -> bool:
    """Tell whether `path` is an undamaged database, whatever it holds."""
    try:
        with closing(sqlite3.connect(path)) as database:
            return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False


def _is_sound(path: Path) -> bool:
    """Tell whether `path` is an undamaged catalogue of this version with rows that make sense."""
    try:
        with closing(sqlite3.connect(path)) as database:
            if schema_version(database) != len(MIGRATIONS):
                return False
            database.row_factory = sqlite3.Row
            for row in database.execute("SELECT * FROM pictures"):
                PictureRow.of(row)
            database.execute("SELECT name, value FROM choices LIMIT 0")
            database.execute("SELECT picture_id, image FROM thumbnails LIMIT 0")
            database.execute("SELECT picture_id, tag FROM tags LIMIT 0")
            database.execute("SELECT number, picture_id FROM apart LIMIT 0")
            lengths = database.execute(_LENGTHS, (MEASURES_VERSION,)).fetchall()
            if any(tuple(row) != (NUMBERS * 4, IMPRINT_BYTES) for row in lengths):
                return False
            sources = [row[0] for row in database.execute(_SOURCES)]
    except (sqlite3.DatabaseError, *BAD_CONTENT):
        return False
    return is_whole(path) and all(isinstance(source, bytes) for source in sources)


def _sources(path: Path) -> list[tuple[bytes]]:
    """Return what is readable of the sources in a damaged catalogue."""
    found: list[tuple[bytes]] = []
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as database:
        for (source,) in database.execute(_SOURCES):
            if isinstance(source, bytes) and (source,) not in found:
                found.append((source,))
    return found
