"""What the catalogue of the open project holds, in memory and in step with what is noted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from ganart.project.store import Project
from ganart.workers.jobs import Listing, listing_job
from ganart.workers.run import Job, Run

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


class Note(StrEnum):
    """What the artist says of a picture, by the field of `PictureRow` that holds it."""

    WEIGHT = "weight"
    """Before the mark, because giving a weight also accepts a rejected picture."""
    MARK = "mark"
    STARS = "stars"
    SEEN = "seen"
    TAGS = "tags"
    FRAMING = "framing"


Step = Mapping[Note, Mapping[Path, Any]]
"""Values by picture, for one note or several."""
Change = Mapping[Note, Mapping[int, Any]]
"""The same by the numbers of the pictures, which stay when files get other names."""

_NOTHING = Listing.of((), (), ())


class Jobs(Protocol):
    """Who runs jobs for the open project."""

    project: Project | None

    def begin(self, job: Job, name: str, *, announce: bool = True) -> Run:
        """Start a job; see `Background.begin`."""


class Pictures(QObject):
    """The readable pictures in order of their paths, the refused files (but for those that are
    ignored) and the sources.
    """

    listed = Signal()
    """All of it was read anew."""
    noted = Signal(object)
    """A set with the ids of the pictures whose notes have changed."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._run: Run | None = None
        self._is_stale = False
        self._latest: Listing | None = None
        """Holds, and is told, when the reading under way has ended."""
        self.unwritten: Callable[[], Sequence[Change]] = tuple
        """Returns what holds here, and is not in the catalogue yet; set by who writes it."""
        self._put_since: list[Change] = []
        """What was noted since the reading under way has begun: it may not know of it."""
        self._take(_NOTHING)

    def _take(self, listing: Listing) -> None:
        self.sources: Sequence[Path] = listing.sources
        self.refused: Sequence[PictureRow] = listing.refused
        self.ignored: frozenset[Path] = listing.ignored
        self.rows: list[PictureRow] = list(listing.pictures)
        self.places = listing.by_id
        """The place of each picture in `rows`, by its number; in order, and never changed."""
        self._by_path = listing.by_path

    def row(self, picture_id: int) -> "PictureRow | None":
        """Return a picture by its number."""
        place = self.places.get(picture_id)
        return None if place is None else self.rows[place]

    def at(self, path: Path) -> "PictureRow | None":
        """Return a picture by its path."""
        place = self._by_path.get(path)
        return None if place is None else self.rows[place]

    def known(self, ids: Iterable[int]) -> list[int]:
        """Return those of `ids` that are numbers of pictures, in their order."""
        return [each for each in ids if each in self.places]

    def is_reading(self) -> bool:
        """Whether the catalogue may know of pictures that are not here yet."""
        return self._run is not None or self._is_stale

    @Slot()
    def read(self) -> None:
        """Read the catalogue, away from this thread; `listed` follows."""
        project = self._jobs.project
        if project is None:
            return
        if self._run is not None:
            self._is_stale = True
            return
        self._put_since = list(self.unwritten())
        self._run = self._jobs.begin(listing_job(project.catalogue_path), "listing")
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._on_done)

    @Slot()
    def forget(self) -> None:
        """Be empty, for no project is open any more."""
        self._run = self._latest = None
        self._is_stale = False
        self._take(_NOTHING)
        self.listed.emit()

    def put(self, change: Change) -> None:
        """Let notes hold here; pictures that are not known are passed over."""
        if self._run is not None:
            self._put_since.append(change)
        if changed := self._patch(change):
            self.noted.emit(changed)

    def _patch(self, change: Change) -> set[int]:
        changed = set()
        for note in Note:
            for picture_id, value in change.get(note, {}).items():
                place = self.places.get(picture_id)
                if place is not None:
                    self.rows[place] = _noted(self.rows[place], note, value)
                    changed.add(picture_id)
        return changed

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is not self._run:
            return
        for record in records:
            if isinstance(record, Listing):
                self._latest = record

    @Slot()
    def _on_done(self) -> None:
        if self.sender() is not self._run:
            return
        read, self._run, self._latest = self._latest, None, None
        if read is not None:
            self._take(read)
            for change in self._put_since:
                self._patch(change)
        self.listed.emit()
        if self._is_stale:
            self._is_stale = False
            self.read()


def _noted(row: "PictureRow", note: Note, value: object) -> "PictureRow":
    """Return a picture of which this is noted; a rejected one has no weight."""
    values: dict[str, Any] = {note.value: value}
    if note is Note.MARK:
        values["weight"] = 0.0 if value == "rejected" else row.kept_weight
    elif note is Note.WEIGHT and value:
        values["kept_weight"] = value
        if row.mark == "rejected":
            values["mark"] = type(row.mark)("none")
    return row.noted(values)
