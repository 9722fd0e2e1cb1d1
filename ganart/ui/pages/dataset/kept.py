"""What views of many pictures keep in memory, and what they still wait for; both bounded."""

from collections import OrderedDict
from collections.abc import Hashable
from itertools import islice
from typing import Generic, TypeVar

from PySide6.QtGui import QImage, QPixmap

_MOST_WANTED = 300
"""More than a large screen shows; what was scrolled past is forgotten."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Picture = TypeVar("Picture", QPixmap, QImage)


class Wishes(Generic[Key, Value]):
    """What is wanted and not there yet, the latest first; what was passed by is forgotten."""

    def __init__(self) -> None:
        self._latest: dict[Key, Value] = {}
        self._earlier: dict[Key, Value] = {}

    def add(self, key: Key, value: Value) -> None:
        """Wish for something."""
        self._latest[key] = value

    def drop(self, key: Key) -> None:
        """Wish for it no longer."""
        self._latest.pop(key, None)
        self._earlier.pop(key, None)

    def in_order(self) -> list[Value]:
        """Return all wishes: those since the last call in their order, then the earlier ones."""
        both = self._latest | {
            key: value for key, value in self._earlier.items() if key not in self._latest
        }
        self._earlier = dict(islice(both.items(), _MOST_WANTED))
        self._latest = {}
        return list(self._earlier.values())

    def clear(self) -> None:
        """Wish for nothing."""
        self._latest.clear()
        self._earlier.clear()


class Kept(Generic[Key, Picture]):
    """The pictures that were looked at last, within a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._size_bytes = 0
        self._pictures: OrderedDict[Key, Picture] = OrderedDict()

    def get(self, key: Key) -> Picture | None:
        """Return a picture, None if it is not kept."""
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
        return picture

    def put(self, key: Key, picture: Picture) -> None:
        """Keep a picture, and forget what was not looked at for longest."""
        self._size_bytes -= _bytes(self._pictures.pop(key, None))
        self._pictures[key] = picture
        self._size_bytes += _bytes(picture)
        while self._size_bytes > self._most_bytes and len(self._pictures) > 1:
            self._size_bytes -= _bytes(self._pictures.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget all."""
        self._pictures.clear()
        self._size_bytes = 0


def _bytes(picture: QPixmap | QImage | None) -> int:
    return 0 if picture is None else picture.width() * picture.height() * 4
