"""How the pictures of the dataset are framed: the usual way, and proposals for single ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganart.engine.asks import Poll
from ganart.workers.pictures import Jobs
from ganart.workers.run import Job, Run

PLAIN = "{}"
"""The largest middle part: the framing that holds where nothing was chosen."""


@dataclass(frozen=True, slots=True)
class UsualWay:
    """The usual framing of a catalogue, as JSON of the framing."""

    framing: str


def usual_way_job(catalogue_path: Path) -> Job:
    """Read the usual framing; yields one `UsualWay`."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            yield UsualWay(catalogue.usual_framing().to_json())

    return job


def set_usual_way_job(catalogue_path: Path, framing: str) -> Job:
    """Write the usual framing; yields nothing. Fails with `BadFraming`."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.framing import Framing

        with Catalogue(catalogue_path) as catalogue:
            catalogue.set_usual_framing(Framing.from_json(framing))
        yield from ()

    return job


def proposals_job(catalogue_path: Path, size: tuple[int, int]) -> Job:
    """Look where to crop the pictures; yields `Proposing`, at last `Proposed` unless stopped."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.proposals import propose_all

        with Catalogue(catalogue_path) as catalogue:
            yield from propose_all(catalogue, size, poll)

    return job


class UsualFraming(QObject):
    """The usual framing of the open project: it holds here at once, and is written behind."""

    changed = Signal()
    """Another one holds here."""
    written = Signal()
    """It holds in the catalogue too, where trainings look."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._reading: Run | None = None
        self._writing: Run | None = None
        self._is_known = False
        self._unwritten: str | None = None
        self.framing = PLAIN
        """As JSON of the framing; plain until it was read."""

    def read(self) -> None:
        """Find out what holds, unless that is known; `changed` follows if it is not plain."""
        project = self._jobs.project
        if project is None or self._is_known or self._reading is not None:
            return
        self._reading = self._jobs.begin(usual_way_job(project.catalogue_path), "usual framing")
        self._reading.reported.connect(self._on_read)

    def put(self, framing: str) -> None:
        """Let another one hold."""
        self._is_known = True
        self._let(framing)
        self._unwritten = framing
        self._write()

    @Slot()
    def forget(self) -> None:
        """Forget it, for the project is another one."""
        self._reading = self._writing = self._unwritten = None
        self._is_known = False
        self._let(PLAIN)

    def _let(self, framing: str) -> None:
        if framing != self.framing:
            self.framing = framing
            self.changed.emit()

    def _write(self) -> None:
        project = self._jobs.project
        if self._writing is not None or self._unwritten is None or project is None:
            return
        job = set_usual_way_job(project.catalogue_path, self._unwritten)
        self._unwritten = None
        self._writing = self._jobs.begin(job, "usual framing")
        self._writing.done.connect(self._on_written)

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, UsualWay) and self.sender() is self._reading:
                self._reading = None
                if not self._is_known:
                    self._is_known = True
                    self._let(record.framing)

    @Slot()
    def _on_written(self) -> None:
        if self.sender() is self._writing:
            self._writing = None
            self.written.emit()
            self._write()
