"""Which names promise what, for who does not need to load what reads the files."""

FILM_SUFFIXES = frozenset({
    ".gif", ".apng", ".png", ".webp", ".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg",
    ".mpeg", ".ts", ".ogv",
})  # fmt: skip
"""Lower-case endings of files that may hold a moving picture."""
STILL_SUFFIXES = frozenset({".gif", ".apng", ".png", ".webp"})
"""Those of them that may be single pictures as well."""
ARCHIVE_SUFFIXES = frozenset({
    ".zip", ".cbz", ".zipx", ".7z", ".rar", ".cbr", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".xz",
    ".txz", ".zst", ".lz4",
})  # fmt: skip
"""Lower-case endings of names that promise one file which holds others; ZIP files can be read."""
