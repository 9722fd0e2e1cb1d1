"""Tables of the catalogue and the steps from each version of them to the next."""

import sqlite3
from contextlib import suppress

NEWEST = "newest"
"""The choice that holds the greatest number of all files that there were, as far as that is greater
than those of the files that there are.
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # Paths are the file system's bytes: names need not be valid Unicode.
        "CREATE TABLE sources (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE)",
        """CREATE TABLE pictures (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            pixel_hash TEXT NOT NULL,
            verdict TEXT NOT NULL,
            reason TEXT
        )""",
        "CREATE INDEX pictures_by_verdict ON pictures (verdict, path)",
        # Apart from the rows, so that listing thousands of pictures does not read their images.
        """CREATE TABLE thumbnails (
            picture_id INTEGER PRIMARY KEY REFERENCES pictures (id) ON DELETE CASCADE,
            image BLOB NOT NULL
        )""",
    ),
    ("ALTER TABLE pictures ADD COLUMN weight REAL NOT NULL DEFAULT 1",),
    (
        "ALTER TABLE pictures ADD COLUMN mark TEXT NOT NULL DEFAULT 'none'",
        # Excluding was a weight of 0; now only the mark says so, and the weight outlasts it.
        "UPDATE pictures SET mark = 'rejected', weight = 1 WHERE weight = 0",
        "ALTER TABLE pictures ADD COLUMN stars INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE pictures ADD COLUMN seen INTEGER NOT NULL DEFAULT 0",
        # JSON that the framing reads and writes; NULL is the usual way.
        "ALTER TABLE pictures ADD COLUMN framing TEXT",
        """CREATE TABLE tags (
            picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
            tag TEXT NOT NULL,
            PRIMARY KEY (picture_id, tag)
        ) WITHOUT ROWID""",
        # The numbers of `measures` and the bytes of `imprint`, as of one version of both.
        """CREATE TABLE measures (
            picture_id INTEGER PRIMARY KEY REFERENCES pictures (id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            numbers BLOB NOT NULL,
            imprint BLOB NOT NULL
        )""",
    ),
    # What holds for the whole dataset, by name, as JSON.
    ("CREATE TABLE choices (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",),
    (
        # Sets of pictures that look alike and are different, as the artist says.
        """CREATE TABLE apart (
            number INTEGER NOT NULL,
            picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
            PRIMARY KEY (number, picture_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX apart_by_picture ON apart (picture_id)",
    ),
)
"""Step n brings a catalogue of version n to version n + 1; version 0 is an empty file."""


def migrate(database: sqlite3.Connection, steps: tuple[tuple[str, ...], ...] = MIGRATIONS) -> None:
    """Bring a database (in autocommit mode) up to `len(steps)`; a step fails as a whole."""
    while (version := schema_version(database)) < len(steps):
        database.execute("BEGIN IMMEDIATE")
        try:
            # Another thread may have taken the step while this one waited for its turn.
            if schema_version(database) == version:
                for statement in steps[version]:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {version + 1}")
            database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has ended the transaction already
                database.execute("ROLLBACK")
            raise


def schema_version(database: sqlite3.Connection) -> int:
    """Return the version that the file itself states."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])
