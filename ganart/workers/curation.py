"""Which pictures are trained on, and how often each is shown; with a way back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from ganart.engine.asks import Poll
from ganart.project.store import Project
from ganart.workers.run import Job, Run

EXCLUDED = 0.0
USUAL = 1.0
OFTEN = 2.0
"""A picture of this weight is shown twice as often as the others."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of some pictures were changed."""

    before: Mapping[Path, float]
    after: Mapping[Path, float]


def weights_job(catalogue_path: Path, weights: Mapping[Path, float]) -> Job:
    """Write the weights of pictures into the catalogue; yields one `Weighed` of those that changed.

    Files that the catalogue does not know are passed over.
    """

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            known = {row.path: row.weight for row in catalogue.pictures()}
            after = {
                path: weight
                for path, weight in weights.items()
                if known.get(path, weight) != weight
            }
            for weight in sorted(set(after.values())):
                paths = [path for path, each in after.items() if each == weight]
                catalogue.set_weight(paths, weight)
        yield Weighed({path: known[path] for path in after}, after)

    return job


class _Jobs(Protocol):
    """Who runs jobs for the open project."""

    project: Project | None

    def begin(self, job: Job, name: str, *, announce: bool = True) -> Run: ...


class Curation(QObject):
    """Changes weights one after another and remembers what they were before."""

    changed = Signal()
    """Weights in the catalogue have changed."""

    def __init__(self, jobs: _Jobs, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: list[tuple[Mapping[Path, float], str]] = []
        self._run: Run | None = None
        self._text = ""
        self.stack = stack

    def set_weight(self, paths: Sequence[Path], weight: float, text: str) -> None:
        """Show pictures `weight` times as often as others, or never for 0.

        `text` says in words what is done, for the way back.
        """
        if paths:
            self.write(dict.fromkeys(paths, weight), text)

    def write(self, weights: Mapping[Path, float], text: str = "") -> None:
        """Write weights after those that wait; with a `text` they can be taken back."""
        self._waiting.append((weights, text))
        if self._run is None:
            self._write_next()

    def forget(self) -> None:
        """Forget what waits to be written, for the project is another one."""
        self._waiting.clear()

    def _write_next(self) -> None:
        project = self._jobs.project
        if not self._waiting or project is None:
            return
        weights, self._text = self._waiting.pop(0)
        self._run = self._jobs.begin(weights_job(project.catalogue_path, weights), "weights")
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._on_done)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Weighed) and record.after:
                if self._text:
                    self.stack.push(_Weighing(self, record, self._text))
                self.changed.emit()

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self._write_next()


class _Weighing(QUndoCommand):
    """From some weights to others."""

    def __init__(self, curation: Curation, weighed: Weighed, text: str) -> None:
        super().__init__(text)
        self._curation = curation
        self._weighed = weighed
        self._is_done = True

    def undo(self) -> None:
        self._is_done = False
        self._curation.write(self._weighed.before)

    def redo(self) -> None:
        if not self._is_done:  # the catalogue holds it already when the stack takes it up
            self._curation.write(self._weighed.after)
