"""A few threads that work through a list in order, in bounded memory, and stop when asked.

Threads pay because Pillow decodes and resizes without holding the interpreter's lock.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Poll = Callable[[], object]
"""Returns at most one ask; datasets know one only, so anything true means: stop."""

MAX_THREADS = 4
"""More would multiply the memory for large pictures and wait for the disk."""

_POLL_S = 0.1
_PATIENCE_S = 0.5


class Stop:
    """Remembers that `poll` has asked to stop, since an ask is handed out only once."""

    def __init__(self, poll: Poll) -> None:
        self._poll = poll
        self._asked = False

    def __call__(self) -> bool:
        """Tell whether to stop; once true, always true."""
        self._asked = self._asked or bool(self._poll())
        return self._asked


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], stop: Stop
) -> Generator[tuple[Item, Result], None, None]:
    """Yield each item with `work(item)`, in the order of `items`; end early when asked to stop.

    Only a few items are under way at any moment. An exception in `work` is raised here.
    """
    threads = min(MAX_THREADS, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(threads, thread_name_prefix="pictures")
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    rest = iter(items)
    try:
        while True:
            for item in rest:
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) >= 2 * threads:
                    break
            if not waiting or stop():
                return
            item, future = waiting[0]
            if wait([future], timeout=_POLL_S).done:
                waiting.popleft()
                yield item, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        running = [future for _, future in waiting if not future.cancelled()]
        # One huge picture may take seconds; stopping does not wait for it, its result is dropped.
        if not wait(running, timeout=_PATIENCE_S).not_done:
            pool.shutdown(wait=True)
