"""Requests between two threads of which only the newest of each kind matters."""

from collections.abc import Callable, Hashable, Mapping
from threading import Condition
from typing import Generic, TypeVar

Request = TypeVar("Request")


class LatestMailbox(Generic[Request]):
    """A box with one slot per key: putting replaces what was not taken yet. For any thread."""

    def __init__(self, *, newest_first: bool = False) -> None:
        self._changed = Condition()
        self._slots: dict[Hashable, Request] = {}
        self._newest_first = newest_first
        self._is_closed = False

    def put(self, key: Hashable, request: Request) -> None:
        """Fill the slot of `key`. A replaced request keeps its turn, so that no key starves."""
        with self._changed:
            self._slots[key] = request
            self._changed.notify()

    def replace(self, requests: Mapping[Hashable, Request]) -> None:
        """Fill the box with these, in their order, in place of all that was not taken."""
        with self._changed:
            self._slots = dict(requests)
            self._changed.notify_all()

    def take(self) -> Request | None:
        """Wait for a request; None once the box is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._slots or self._is_closed)
            if self._is_closed:
                return None
            if self._newest_first:
                return self._slots.popitem()[1]
            return self._slots.pop(next(iter(self._slots)))

    def take_now(self, fits: Callable[[Request], bool]) -> Request | None:
        """Return a request that fits if one is there, before its turn; else None."""
        with self._changed:
            for key, request in self._slots.items():
                if fits(request):
                    return self._slots.pop(key)
        return None

    def clear(self) -> None:
        """Drop all that was not taken."""
        with self._changed:
            self._slots.clear()

    def is_empty(self) -> bool:
        """Whether all that was put was taken."""
        return not self._slots

    def is_closed(self) -> bool:
        """Whether nothing more will be taken."""
        return self._is_closed

    def close(self) -> None:
        """Let the waiting thread go; what was not taken is dropped."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
