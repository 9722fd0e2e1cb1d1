"""What a running job can be asked. Imports no torch."""

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
