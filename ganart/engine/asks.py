"""What a running job can be asked. Imports no torch."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Ask(Enum):
    """A request to a running job, answered between two steps."""

    STOP = "stop"
    """End now and keep everything made so far."""
    SAMPLE = "sample"
    """Draw the sample grid now."""
    SAVE = "save"
    """Write a checkpoint now."""
    CURATE = "curate"
    """Take over which pictures of the dataset are shown, and how often."""
    AUDIT = "audit"
    """Look now for copies of training pictures and for pictures that the model ignores."""


@dataclass(frozen=True, slots=True)
class Change:
    """A request to go on with other options; what the job was is saved first."""

    options: tuple[tuple[str, Any], ...]
    """Names and new values, of options that may be changed while a job goes on."""
    reason: str
    """Why, in words for people; it stands at the marker on the curves."""


Poll = Callable[[], Ask | Change | None]
"""Returns what the job was asked since the call before, at most one ask."""


class OpenAsks:
    """Asks a poll often, also in the midst of a step, and keeps each ask until its turn comes."""

    def __init__(self, poll: Poll) -> None:
        self.paused_s = 0.0
        """Time spent in `poll`, which comes back from a pause only when it is over."""
        self._poll = poll
        self._open: set[Ask | Change] = set()

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


class KeptAsks:
    """A poll that can also be asked for STOP alone; other asks are kept for the next poll."""

    def __init__(self, poll: Poll) -> None:
        self._poll = poll
        self._kept: deque[Ask | Change] = deque()

    def __call__(self) -> Ask | Change | None:
        """Return the oldest ask that was not told yet."""
        return self._kept.popleft() if self._kept else self._poll()

    def stopped(self) -> bool:
        """Tell whether STOP was asked by now."""
        ask = self._poll()
        if ask is not None:
            self._kept.append(ask)
        return Ask.STOP in self._kept
