"""The order in which a project's pictures were looked at last, kept in its catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganart.datasets.picture_table import Order
from ganart.engine.asks import Poll
from ganart.workers.pictures import Jobs
from ganart.workers.run import Job, Run

_PASSING = frozenset({Order.ISSUE, Order.LIKENESS})
"""Orders that hang on something else that is asked for: they are not kept."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """What pictures are sorted by, and whether the most comes first."""

    order: Order
    is_falling: bool


def read_job(catalogue_path: Path) -> Job:
    """Yield the `Sorting` of a catalogue, if it keeps one that this version knows."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            name, is_falling = catalogue.sorting()
        if name in set(Order) - _PASSING:
            yield Sorting(Order(name), is_falling)

    return job


def keep_job(catalogue_path: Path, sorting: Sorting) -> Job:
    """Keep a `Sorting`; yields nothing."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            catalogue.set_sorting(sorting.order, sorting.is_falling)
        yield from ()

    return job


class OrderMemory(QObject):
    """Tells the order of the open project once, and keeps each other one that is chosen."""

    told = Signal(object)
    """A `Sorting`."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._reading: Run | None = None
        self._writing: Run | None = None
        self._kept: Sorting | None = None
        self._unwritten: Sorting | None = None

    @Slot()
    def read(self) -> None:
        """Look what the open project keeps."""
        self._kept = self._unwritten = None
        project = self._jobs.project
        if project is not None:
            self._reading = self._jobs.begin(read_job(project.catalogue_path), "sorting")
            self._reading.reported.connect(self._on_reported)

    def keep(self, sorting: Sorting) -> None:
        """Have the open project begin with this order the next time."""
        if sorting != self._kept and sorting.order not in _PASSING:
            self._kept = self._unwritten = sorting
            self._write()

    def _write(self) -> None:
        """Write the latest one, after what is being written."""
        project, sorting = self._jobs.project, self._unwritten
        if project is not None and sorting is not None and self._writing is None:
            self._unwritten = None
            self._writing = self._jobs.begin(keep_job(project.catalogue_path, sorting), "sorting")
            self._writing.done.connect(self._on_written)

    @Slot()
    def _on_written(self) -> None:
        self._writing = None
        self._write()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        # What was chosen in the meantime holds.
        if self.sender() is self._reading and self._kept is None:
            for record in records:
                if isinstance(record, Sorting):
                    self._kept = record
                    self.told.emit(record)
