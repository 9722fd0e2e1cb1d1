"""What the sources of the open project are, whether they are there, and which are watched."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from ganart.engine.asks import Poll
from ganart.engine.sources.frame_choice import FrameChoice
from ganart.workers.errands import Left
from ganart.workers.pictures import Jobs, Pictures
from ganart.workers.run import Job, Run

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


class SourceKind(StrEnum):
    """What a source is for the artist."""

    FOLDER = "folder"
    FILE = "file"
    ZIP = "zip"
    FILM = "film"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class SourceState:
    """How things stand with one source."""

    path: Path
    kind: SourceKind = SourceKind.FOLDER
    is_there: bool = True
    is_bare: bool = False
    """Whether it is a folder with nothing in it, as an unplugged drive may leave."""
    origin: Path | None = None
    """The ZIP file or film whose pictures it holds."""
    choice: FrameChoice | None = None
    """Which frames of a film were taken."""
    is_whole: bool = True
    """False where taking the pictures out of the origin was stopped."""
    has_newer: bool = False
    """Whether the origin was changed since."""

    def is_away(self) -> bool:
        """Whether its pictures cannot be there at the moment."""
        return self.is_bare or not self.is_there

    @property
    def name(self) -> str:
        """Its file or folder, or the file that its pictures come from."""
        path = self.origin or self.path
        return path.name or str(path)


@dataclass(frozen=True, slots=True)
class Watched:
    """The sources that the artist wants to be watched."""

    sources: frozenset[Path]


def look_job(catalogue_path: Path, sources: Sequence[Path]) -> Job:
    """Look at each source, but at none of its pictures; yields `Watched`, then `SourceState`s."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            yield Watched(catalogue.watched())
        for source in sources:
            if poll():
                return
            yield _state(source, catalogue_path.parent.resolve())

    return job


def watch_job(catalogue_path: Path, sources: frozenset[Path]) -> Job:
    """Keep which sources are to be watched."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            catalogue.set_watched(sources)
        yield Watched(sources)

    return job


def _state(source: Path, project: Path) -> SourceState:
    from ganart.datasets.kinds import PICTURE_SUFFIXES
    from ganart.datasets.scan import is_bare
    from ganart.engine.sources import gathering, paste

    is_there = source.exists()
    if source == project / gathering.FOLDER / paste.FOLDER:
        return SourceState(source, SourceKind.PASTED, is_there)
    if source.parent == project / gathering.FOLDER:
        origin = gathering.origin_of(source)
        if origin is not None:
            return SourceState(
                path=source,
                kind=SourceKind(origin.kind.value),
                is_there=is_there,
                origin=origin.path,
                choice=_choice(origin.choice),
                is_whole=gathering.is_complete(source),
                has_newer=gathering.has_newer(source, origin),
            )
    is_file = source.is_file() if is_there else source.suffix.lower() in PICTURE_SUFFIXES
    kind = SourceKind.FILE if is_file else SourceKind.FOLDER
    return SourceState(source, kind, is_there, is_bare(source))


def _choice(values: Mapping[str, object]) -> FrameChoice | None:
    try:
        return FrameChoice(**values) if values else None  # type: ignore[arg-type]  # from a file
    except (TypeError, ValueError):
        return None


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
        self._run = self._choosing = None
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
