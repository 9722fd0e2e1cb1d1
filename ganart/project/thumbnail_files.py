"""Larger thumbnails in a folder of the project: a cache that can be deleted at any time."""

import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from ganart.files import UNFINISHED_PREFIX

LIMIT_BYTES = 2**30
"""About 40,000 thumbnails of 384 px."""
_KEPT_SHARE = 0.8
"""Of the limit is left once it was passed, so that it is not passed again at once."""


class ThumbnailFiles:
    """JPEG files by a picture's pixels; beyond a size those not used for longest are dropped.

    Nothing here raises: a folder that cannot be read is empty, one that cannot be written stays as
    it is. For any thread.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._size_bytes: int | None = None

    def read(self, pixel_hash: str, side_px: int) -> bytes:
        """Return a thumbnail, b'' where there is none."""
        path = self._path(pixel_hash, side_px)
        try:
            content = path.read_bytes()
        except OSError:
            return b""
        with suppress(OSError):  # a read-only folder only forgets what was used last
            os.utime(path)
        return content

    def write(self, pixel_hash: str, side_px: int, content: bytes) -> None:
        """Keep a thumbnail, if that is possible."""
        path = self._path(pixel_hash, side_px)
        # Not synced, unlike what cannot be made again: a torn one is found damaged and made anew.
        temporary = path.with_name(f"{UNFINISHED_PREFIX}{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return
        self._grow(len(content))

    def _path(self, pixel_hash: str, side_px: int) -> Path:
        return self._folder / pixel_hash[:2] / f"{pixel_hash}-{side_px}.jpg"

    def _grow(self, size_bytes: int) -> None:
        with self._lock:
            if self._size_bytes is None:  # what was just written is counted with the others
                self._size_bytes = sum(size for _used, size, _path in self._files())
            else:
                self._size_bytes += size_bytes
            if self._size_bytes > self._limit_bytes:
                self._size_bytes = self._drop(int(self._limit_bytes * _KEPT_SHARE))

    def _drop(self, kept_bytes: int) -> int:
        """Remove what was not used for longest, and return how much is left."""
        left = 0
        for _used, size, path in sorted(self._files(), reverse=True):
            if left + size <= kept_bytes:
                left += size
                continue
            with suppress(OSError):
                path.unlink()
        return left

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return when each file was used, and its size."""
        found = []
        for path in self._folder.glob("*/*.jpg"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        return found
