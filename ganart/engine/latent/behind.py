"""Work that goes on behind other work: frames are coded while the next ones are drawn."""

import threading
from collections.abc import Callable
from queue import Queue
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")

_AHEAD = 2
"""Items that may wait, so that memory does not grow where coding is slower than drawing."""


class Behind(Generic[T]):
    """Calls `take` with one item after the other on a thread of its own.

    Used as a context: it ends once all is taken, or at once where something was raised.
    """

    def __init__(self, take: Callable[[T], object]) -> None:
        self._take = take
        self._items: Queue[T | None] = Queue(_AHEAD)
        self._is_off = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="coding", daemon=True)

    def put(self, item: T) -> None:
        """Hand an item over; waits where it is too far behind. Raises what `take` raised."""
        self._raise()
        self._items.put(item)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._is_off.set()
        self._items.put(None)
        self._thread.join()
        if kind is None:
            self._raise()

    def _work(self) -> None:
        while (item := self._items.get()) is not None:
            if self._is_off.is_set():
                continue  # what waits is let go, so that nobody is held at a full queue
            try:
                self._take(item)
            except BaseException as error:  # it is raised where the items come from
                self._error = error
                self._is_off.set()

    def _raise(self) -> None:
        if self._error is not None:
            error, self._error = self._error, None
            raise error
