"""What the sources of the open project are, whether they are there, and which are watched."""

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from ganart.workers.errands import Left
from ganart.workers.pictures import Jobs, Pictures
from ganart.workers.run import Job, Run
from ganart.workers.source_states import SourceState, Watched, ignore_job, look_job, watch_job

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


def below(rows: "Sequence[PictureRow]", source: Path) -> "Sequence[PictureRow]":
    """Return those of `rows`, which are in order of their paths, that belong to a source."""
    first = bytes(source)
    inside = first.rstrip(_SEPARATOR) + _SEPARATOR
    begin = bisect_left(rows, inside, key=_key)
    end = bisect_left(rows, inside[:-1] + bytes([inside[-1] + 1]), key=_key)
    if begin < end:
        return rows[begin:end]
    place = bisect_left(rows, first, key=_key)
    return rows[place : place + 1] if place < len(rows) and rows[place].path == source else ()


_SEPARATOR = bytes(Path("a/b"))[1:2]


def _key(row: "PictureRow") -> bytes:
    return bytes(row.path)


class Scanner(Jobs, Protocol):
    """Who scans sources."""

    scanning: Run | None

    def scan_only(self, sources: Sequence[Path]) -> Run | None:
        """Look into some sources; see `Scanning.scan_only`."""


class Sources(QObject):
    """States of the sources, as of the last look; what comes back is scanned by itself."""

    looked = Signal()
    """The states, or which sources are watched, are as of now."""

    def __init__(self, scanner: Scanner, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._pictures = pictures
        self._run: Run | None = None
        self._is_stale = False
        self._choosing: Run | None = None
        """Writes which sources are watched."""
        self._ignoring: Run | None = None
        """Writes which files are ignored."""
        self._ignored: frozenset[Path] | None = None
        """What is to be written next."""
        self._states: dict[Path, SourceState] = {}
        self._back: set[Path] = set()
        """Sources that were away and are there again, but not scanned yet."""
        self.watched: frozenset[Path] = frozenset()
        self.left: dict[Path, list[Left]] = {}
        """What inside of files was not taken since the project was opened, by the file."""
        pictures.listed.connect(self._on_listed)

    def states(self) -> list[SourceState]:
        """Return the state of each source in order; one that nobody has looked at is a folder."""
        sources = self._pictures.sources
        return [self._states.get(source, SourceState(source)) for source in sources]

    def are_there(self) -> list[Path]:
        """Return the sources that can be reached."""
        return [state.path for state in self.states() if state.is_there]

    @Slot()
    def look(self) -> None:
        """Look whether the sources are there; `looked` follows."""
        project = self._scanner.project
        if project is None:
            return
        if self._run is not None:
            self._is_stale = True
            return
        job = look_job(project.catalogue_path, tuple(self._pictures.sources))
        self._begin(job, "look")

    def watch(self, sources: Sequence[Path], wanted: bool) -> None:
        """Watch sources from now on, or no longer; kept with the project."""
        project = self._scanner.project
        if project is None:
            return
        known = self.watched & frozenset(self._pictures.sources)
        self.watched = known | {*sources} if wanted else known - {*sources}
        self._choosing = self._scanner.begin(
            watch_job(project.catalogue_path, self.watched), "watch"
        )
        self._choosing.done.connect(self._on_chosen)
        self.looked.emit()

    def ignore(self, files: frozenset[Path]) -> None:
        """Ignore these refused files from now on, and no others; `Pictures.listed` follows."""
        self._ignored = files
        if self._ignoring is None:
            self._write_ignored()

    @Slot()
    def _write_ignored(self) -> None:
        project, files, self._ignored = self._scanner.project, self._ignored, None
        self._ignoring = None
        if project is None or files is None:
            self._pictures.read()
            return
        self._ignoring = self._scanner.begin(ignore_job(project.catalogue_path, files), "ignore")
        self._ignoring.done.connect(self._write_ignored)

    @Slot(object)
    def take_left(self, left: Sequence[Left]) -> None:
        """Keep what was left behind, for whoever lists it."""
        for each in left:
            known = self.left.setdefault(each.origin, [])
            if each not in known:
                known.append(each)
        self.looked.emit()

    @Slot()
    def forget(self) -> None:
        """Know nothing, for no project is open any more."""
        self._run = self._choosing = self._ignoring = None
        self._ignored = None
        self._is_stale = False
        self._states.clear()
        self._back.clear()
        self.left.clear()
        self.watched = frozenset()
        self.looked.emit()

    @Slot()
    def scan_what_is_back(self) -> None:
        """Scan the sources that are there again, unless a scan runs; then after it."""
        if self._back and self._scanner.scanning is None:
            back, self._back = self._back, set()
            self._scanner.scan_only(sorted(back))

    @Slot()
    def _on_listed(self) -> None:
        for path in self._states.keys() - set(self._pictures.sources):
            state = self._states.pop(path)
            if state.origin is not None:
                self.left.pop(state.origin, None)
        is_scanning = self._scanner.scanning is not None
        if not is_scanning or not self._states.keys() >= set(self._pictures.sources):
            self.look()

    @Slot()
    def _on_chosen(self) -> None:
        if self.sender() is self._choosing:
            self._choosing = None
            self.look()  # one that began before may have read what held before

    def _begin(self, job: Job, name: str) -> None:
        self._run = self._scanner.begin(job, name)
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._on_done)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is not self._run:
            return
        for record in records:
            if isinstance(record, Watched) and self._choosing is None:
                self.watched = record.sources
            elif isinstance(record, SourceState):
                before = self._states.get(record.path)
                if before is not None and before.is_away() and not record.is_away():
                    self._back.add(record.path)
                self._states[record.path] = record

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is not self._run:
            return
        self._run = None
        self.looked.emit()
        self.scan_what_is_back()
        if self._is_stale:
            self._is_stale = False
            self.look()
