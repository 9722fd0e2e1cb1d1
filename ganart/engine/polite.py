"""Manners of long jobs: when to rest, keeping the computer awake meanwhile. Imports no torch."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from ganart.engine.asks import Ask, Change, Poll
from ganart.text import QT_TRANSLATE_NOOP


class Rest(Enum):
    """Why a job rests; `value` is the text to show, marked for translation in "polite"."""

    BATTERY = QT_TRANSLATE_NOOP("polite", "Resting while on battery")
    HOURS = QT_TRANSLATE_NOOP("polite", "Resting during your hours")


@dataclass(frozen=True, slots=True)
class Manners:
    """When a job should rest."""

    on_battery: bool = False
    hours: tuple[int, int] | None = None
    """From which full hour until which, 0 to 23, local time; may lie across midnight. None: at no
    time; equal hours too.
    """

    def rest(self, now: datetime, *, battery: bool) -> Rest | None:
        """Return why to rest at `now`, or None; `battery` tells whether it supplies the power."""
        if self.on_battery and battery:
            return Rest.BATTERY
        if self.hours is not None:
            begin, end = self.hours
            # Counted from the beginning, so that midnight needs no case of its own.
            if (now.hour - begin) % 24 < (end - begin) % 24:
                return Rest.HOURS
        return None


def on_battery() -> bool:
    """Tell whether a battery supplies the power now; False where the system does not tell."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):
        return False  # not offered on this system, or its power files are odd
    return battery is not None and battery.power_plugged is False


@contextmanager
def awake() -> Iterator[None]:
    """Keep the computer from falling asleep inside the block, as far as the system lets us.

    The screen may still turn off. Leave the block on the thread that entered it.
    """
    from wakepy import keep

    with keep.running(on_fail="pass"):
        yield


class Resting:
    """A poll that does not come back while the manners ask to rest, except for a stop.

    For loops without a window, which pauses its jobs itself.
    """

    def __init__(self, poll: Poll, manners: Manners, *, every_s: float = 5.0) -> None:
        self.reason: Rest | None = None
        """Why the job rests now."""
        self._poll = poll
        self._manners = manners
        self._every_s = every_s
        self._next_s = 0.0

    def __call__(self) -> Ask | Change | None:
        """Return what was asked, after the rest if there is one; STOP ends the rest."""
        import time

        while (ask := self._poll()) is None and self._is_due(time.monotonic()):
            self.reason = self._manners.rest(datetime.now().astimezone(), battery=on_battery())
            if self.reason is None:
                break
            self._next_s = 0.0
            time.sleep(min(0.5, self._every_s))
        return ask

    def _is_due(self, now_s: float) -> bool:
        """Tell whether to look again; not at every step, for looking takes some time."""
        if now_s < self._next_s:
            return False
        self._next_s = now_s + self._every_s
        return True
