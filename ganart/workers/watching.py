"""Notices what changes in the sources that the artist wants to be watched, and has it scanned.

The system's news only say where to look; whether to scan is told by what a look finds. So a drive
whose system sends no news is served too, only later.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from ganart.datasets.pool import Stop
from ganart.engine.asks import Poll
from ganart.workers.run import Job, Run
from ganart.workers.sources import Scanner, Sources

MOST_FOLDERS = 2000
"""Of a source, of which news are asked for; systems have limits of some thousands for all."""
SETTLE_MS = 1500
"""Between two looks: what is equal in both is written to no more."""
EVERY_MS = 5 * 60_000
"""Each source is looked at so often without any news."""
_ASKED_AT_ONCE = 100
"""News of so many folders are asked for at a time, which takes about 4 ms."""
_MOST_LOOKS = 40
"""A source that never comes to rest is scanned after so many."""


@dataclass(frozen=True, slots=True)
class Look:
    """A source at one moment."""

    source: Path
    print: str
    """Equal where all pictures have the same names, sizes and times; empty if it is not there."""
    folders: tuple[str, ...]
    """Itself, or the folder of a single file, and those below it: `MOST_FOLDERS` at most."""
    has_more: bool
    """Whether there are more folders than those."""


def print_job(sources: Sequence[Path]) -> Job:
    """Look at the files of sources without reading them; yields a `Look` each."""

    def job(poll: Poll) -> Iterator[object]:
        stop = Stop(poll)
        for source in sources:
            folders = _folders(source, stop)
            digest = _print(source, stop)
            if stop():
                return
            yield Look(source, digest, tuple(folders[:MOST_FOLDERS]), len(folders) > MOST_FOLDERS)

    return job


def _print(source: Path, stop: Stop) -> str:
    from ganart.datasets.walk import Unlisted, walk

    digest = sha256()
    for item in walk(source, stop):
        if isinstance(item, Unlisted):
            if item.folder == source:
                return ""
            continue
        digest.update(f"{item.size_bytes} {item.mtime_ns} ".encode() + bytes(item.path) + b"\0")
    return digest.hexdigest()


def _folders(source: Path, stop: Stop) -> list[str]:
    """Return the folders that pictures may come to, one more than `MOST_FOLDERS` at most."""
    if not source.is_dir():
        return [str(source.parent)] if source.exists() else []
    found = []
    for folder, inner, _ in os.walk(source):
        inner[:] = [name for name in inner if not name.startswith(".")]
        found.append(folder)
        if len(found) > MOST_FOLDERS or stop():
            break
    return found


class Watcher(QObject):
    """Follows the watched sources of the open project. Lives in the window's thread."""

    looked = Signal()
    """A look has ended."""

    def __init__(self, scanner: Scanner, sources: Sources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._sources = sources
        self._run: Run | None = None
        self._due: dict[Path, int] = {}
        """Sources to be looked at, and how often each was since something changed there."""
        self._scanned: dict[Path, str] = {}
        """The prints of the sources when they were scanned."""
        self._latest: dict[Path, Look] = {}
        self._unheard: set[str] = set()
        """Folders of which the system sends no news."""
        self._unasked: list[str] = []
        """Folders of which news are still to be asked for."""
        self._asking = QTimer(self, interval=0)
        self._asking.timeout.connect(self._ask_for_more)
        self._news = QFileSystemWatcher(self)
        self._news.directoryChanged.connect(self._on_news)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._look)
        self._now_and_then = QTimer(self, interval=EVERY_MS)
        self._now_and_then.timeout.connect(self.look_again)
        sources.looked.connect(self._follow)

    def is_slow(self, source: Path) -> bool:
        """Whether changes are noticed only every few minutes, for it has too many folders."""
        look = self._latest.get(source)
        if look is None:
            return False
        return look.has_more or not self._unheard.isdisjoint(look.folders)

    def is_looking(self) -> bool:
        """Whether something has changed, or may have, that was not scanned yet."""
        return bool(self._due)

    @Slot()
    def look_again(self) -> None:
        """Look at all watched sources, such as when the window is used again."""
        for source in self._wanted():
            self._due.setdefault(source, 0)
        self._start()

    def _wanted(self) -> list[Path]:
        return [each for each in self._sources.are_there() if each in self._sources.watched]

    @Slot()
    def _follow(self) -> None:
        """Begin with sources that are watched now, end with those that are not."""
        wanted = self._wanted()
        for source in [each for each in self._latest if each not in wanted]:
            self._unwatch(source)
        new = [each for each in wanted if each not in self._latest and each not in self._due]
        self._due = {each: looks for each, looks in self._due.items() if each in wanted}
        self._due |= dict.fromkeys(new, 0)
        if wanted:
            if not self._now_and_then.isActive():
                self._now_and_then.start()
        else:
            self._now_and_then.stop()
            self._soon.stop()
        if new:
            self._start()

    @Slot(str)
    def _on_news(self, folder: str) -> None:
        for source, look in self._latest.items():
            if folder in look.folders:
                self._due.setdefault(source, 0)
        self._start()

    def _start(self) -> None:
        if self._due and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _look(self) -> None:
        if not self._due or self._scanner.project is None:
            return
        if self._run is not None or self._scanner.scanning is not None:
            self._start()  # its turn comes
            return
        self._run = self._scanner.begin(print_job(tuple(self._due)), "watch", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._on_done)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is not self._run:
            return
        settled = []
        for record in records:
            if isinstance(record, Look) and record.source in self._due and self._take(record):
                settled.append(record.source)
        if settled and self._scanner.scan_only(settled) is not None:
            for source in settled:
                self._scanned[source] = self._latest[source].print
                del self._due[source]

    def _take(self, look: Look) -> bool:
        """Note what a source is like; whether it has changed and come to rest."""
        source, before = look.source, self._latest.get(look.source)
        self._latest[source] = look
        self._ask_for_news()
        if not look.print:
            self._sources.look()  # it is not there any more
        if not look.print or look.print == self._scanned.get(source):
            del self._due[source]
            return False
        self._due[source] += 1
        is_at_rest = before is not None and before.print == look.print
        return is_at_rest or self._due[source] >= _MOST_LOOKS

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is self._run:
            self._run = None
            self.looked.emit()
            self._start()

    def _unwatch(self, source: Path) -> None:
        del self._latest[source]
        self._scanned.pop(source, None)
        self._ask_for_news()

    def _ask_for_news(self) -> None:
        """Ask for news of the folders of all sources; it is the union, for sources may overlap."""
        wanted = {folder for look in self._latest.values() for folder in look.folders}
        known = set(self._news.directories())
        if gone := sorted(known - wanted):
            self._news.removePaths(gone)
        self._unheard.clear()
        self._unasked = sorted(wanted - known)
        self._ask_for_more()

    @Slot()
    def _ask_for_more(self) -> None:
        batch, self._unasked = self._unasked[:_ASKED_AT_ONCE], self._unasked[_ASKED_AT_ONCE:]
        if batch:
            self._unheard.update(self._news.addPaths(batch))
        if self._unasked and not self._asking.isActive():
            self._asking.start()
        elif not self._unasked:
            self._asking.stop()
