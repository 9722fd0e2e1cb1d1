"""Notices photos that arrive in the folders of a batch."""

import time
from collections.abc import Callable
from pathlib import Path

from ganart.engine.style.batch_journal import Journal
from ganart.engine.style.batch_sources import SourcePhoto, find_photos


class Watch:
    """Looks into the sources of a batch from time to time.

    Plain listing works on every system and also on drives in the network, which tell no changes.
    """

    interval_s = 2.0
    """Between two looks; a photo is taken when two looks in a row found it of one size."""

    def __init__(self, journal: Journal, stop: Callable[[], bool]) -> None:
        self._journal = journal
        self._stop = stop
        self._next = time.monotonic() + self.interval_s
        self._growing: dict[Path, int] = {}
        """Sizes of what is new, as found by the look before."""

    def look(self) -> int:
        """Add what has arrived whole to the journal; return how many items that made."""
        if time.monotonic() < self._next:
            return 0
        plan = self._journal.plan
        found = find_photos(plan.sources, plan.output.folder, self._stop)
        fresh = [
            photo
            for photo in found
            if isinstance(photo, SourcePhoto) and not self._journal.knows(photo)
        ]
        arrived = [each for each in fresh if self._growing.get(each.shown) == each.size_bytes > 0]
        self._growing = {each.shown: each.size_bytes for each in fresh}
        self._next = time.monotonic() + self.interval_s
        return self._journal.add(arrived) if arrived else 0
