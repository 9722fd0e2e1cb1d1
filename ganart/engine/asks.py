"""What a running job can be asked. Imports no torch."""

import time
from collections.abc import Callable
from enum import Enum


class Ask(Enum):
    """A request to a running job, answered between two steps."""

    STOP = "stop"
    """End now and keep everything made so far."""
    SAMPLE = "sample"
    """Draw the sample grid now."""
    SAVE = "save"
    """Write a checkpoint now."""


Poll = Callable[[], Ask | None]
"""Returns what the job was asked since the call before, at most one ask."""


class OpenAsks:
    """Asks a poll often, also in the midst of a step, and keeps each ask until its turn comes."""

    def __init__(self, poll: Poll) -> None:
        self.paused_s = 0.0
        """Time spent in `poll`, which comes back from a pause only when it is over."""
        self._poll = poll
        self._open: set[Ask] = set()

    def stopped(self) -> bool:
        """Tell whether STOP was asked by now."""
        started = time.perf_counter()
        ask = self._poll()
        self.paused_s += time.perf_counter() - started
        if ask is not None:
            self._open.add(ask)
        return Ask.STOP in self._open

    def take(self, ask: Ask) -> bool:
        """Tell whether that was asked; it counts as answered then."""
        asked = ask in self._open
        self._open.discard(ask)
        return asked
