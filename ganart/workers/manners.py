"""Lets a training rest when the settings ask for it, and keeps the computer awake meanwhile."""

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganart.engine.asks import Poll
from ganart.engine.polite import Manners, Rest, awake, on_battery
from ganart.settings.store import Settings
from ganart.workers.run import Job, Run

LOOK_EVERY_MS = 5000

NICENESS = {"normal": 0, "low": 10, "lowest": 19}
"""The values of the setting "priority" as Linux counts them."""


def manners_of(settings: Settings) -> Manners:
    """Return what the settings ask for."""
    hours = (int(settings.get("rest_from")), int(settings.get("rest_until")))
    return Manners(
        on_battery=bool(settings.get("rest_on_battery")),
        hours=hours if settings.get("rest_by_hours") else None,
    )


def awake_job(job: Job) -> Job:
    """Return `job` as one that keeps the computer awake while it runs."""

    def kept_awake(poll: Poll) -> Iterator[object]:
        with awake():
            yield from job(poll)

    return kept_awake


class RestKeeper(QObject):
    """Pauses the run that it follows while there is a reason to rest, and lets it go on after.

    Whoever resumes it in between has the last word: it is left alone until the reason has gone.
    """

    resting = Signal(object)
    """Why the run rests (a `Rest`), None when it no longer does."""

    def __init__(
        self,
        settings: Settings,
        parent: QObject | None = None,
        *,
        battery: Callable[[], bool] = on_battery,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._battery = battery
        self._clock = clock
        self._run: Run | None = None
        self._reason: Rest | None = None
        self._has_paused = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, run: Run | None) -> None:
        """Watch over `run` from now on, None to rest the watch itself."""
        self._run = run
        self._reason = None
        self._release()
        if run is None:
            self._timer.stop()
        else:
            run.paused.connect(self._on_paused)
            self._timer.start()
            self.look()

    @Slot()
    def look(self) -> None:
        """See whether there is a reason to rest now, and act when that has changed."""
        run = self._run
        if run is None:
            return
        reason = manners_of(self._settings).rest(self._clock(), battery=self._battery())
        if reason is self._reason:
            return
        self._reason = reason
        if reason is None:
            if self._has_paused:
                self._release()
                run.resume()
        elif self._has_paused or not run.is_paused():
            self._has_paused = True
            run.pause()
            self.resting.emit(reason)

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        if not paused:
            self._release()

    def _release(self) -> None:
        if self._has_paused:
            self._has_paused = False
            self.resting.emit(None)
