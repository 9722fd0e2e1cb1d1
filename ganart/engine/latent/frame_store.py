"""Frames that were drawn already, kept so that an export that ends half-way can go on."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from ganart.files import as_studio_error
from ganart.media.pictures import Pixels

_SUM_BYTES = 4


class FrameStore:
    """A file of frames (height, width, 3), each with its checksum, in the order of time."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.path = path
        self._shape = (height, width, 3)
        self._size = height * width * 3

    def frames(self) -> Iterator[Pixels]:
        """Return the frames that are whole, as far as they follow each other from the first on."""
        with suppress(FileNotFoundError), self.path.open("rb") as stream:
            while len(record := stream.read(_SUM_BYTES + self._size)) == _SUM_BYTES + self._size:
                if zlib.crc32(record[_SUM_BYTES:]).to_bytes(_SUM_BYTES, "big") != record[:4]:
                    return
                yield np.frombuffer(record, np.uint8, offset=_SUM_BYTES).reshape(self._shape)

    def put(self, place: int, frames: Pixels) -> None:
        """Keep frames (N, height, width, 3) from a place on; what was there is replaced.

        Raises `DiskFull` or `FolderNotWritable`.
        """
        records = []
        for frame in frames:
            content = frame.tobytes()
            records.append(zlib.crc32(content).to_bytes(_SUM_BYTES, "big") + content)
        try:
            self.path.touch()
            with self.path.open("rb+") as stream:
                stream.truncate(place * (_SUM_BYTES + self._size))
                stream.seek(0, 2)
                stream.write(b"".join(records))
        except OSError as error:
            raise as_studio_error(error, self.path.parent) from error
