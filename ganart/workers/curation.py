"""What the artist says of the pictures: written one step after another, with a way back."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from ganart.engine.asks import Poll
from ganart.workers.pictures import Jobs, Note, Pictures, Step
from ganart.workers.run import Job, Run

if TYPE_CHECKING:
    from ganart.datasets.catalogue import Catalogue

EXCLUDED = 0.0
USUAL = 1.0
OFTEN = 2.0
"""A picture of this weight is shown twice as often as the others."""

TRAINED_ON = frozenset({Note.MARK, Note.WEIGHT, Note.FRAMING})
"""Notes that change what a training sees."""


def notes_job(catalogue_path: Path, steps: Sequence[Step]) -> Job:
    """Write notes into the catalogue, in order; files that it does not know are passed over."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            writers = _writers(catalogue)
            for step in steps:
                for note in Note:
                    if values := step.get(note):
                        writers[note](values)
        yield from ()

    return job


def _writers(catalogue: "Catalogue") -> dict[Note, Callable[[Mapping[Path, Any]], object]]:
    def set_weights(weights: Mapping[Path, float]) -> None:
        for weight in sorted(set(weights.values())):
            catalogue.set_weight([path for path, each in weights.items() if each == weight], weight)

    return {
        Note.WEIGHT: set_weights,
        Note.MARK: catalogue.set_marks,
        Note.STARS: catalogue.set_stars,
        Note.SEEN: catalogue.set_seen,
        Note.TAGS: catalogue.set_tags,
        Note.FRAMING: catalogue.set_framing,
    }


class Curation(QObject):
    """Notes hold at once in `pictures`, and are written to the catalogue behind the scenes."""

    changed = Signal()
    """What a training sees has changed, in the catalogue too."""

    def __init__(
        self, jobs: Jobs, pictures: Pictures, stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pictures = pictures
        self._early: list[tuple[Step, str]] = []
        """Notes about pictures that are not known yet."""
        self._unwritten: deque[Step] = deque()
        self._written: tuple[Step, ...] = ()
        self._run: Run | None = None
        self.stack = stack
        pictures.listed.connect(self._note_early)

    def note(self, step: Step, text: str = "") -> None:
        """Note things; `text` says in words what is done, for the way back.

        Without a text it cannot be taken back. Pictures that are not known are passed over, and so
        is what is noted already.
        """
        if self._pictures.is_reading() and not self._knows_all(step):
            self._early.append((step, text))
            return
        before, after = self._difference(step)
        if not after:
            return
        if text:
            self.stack.push(_Noting(self.put, before, after, text))
        else:
            self.put(after)

    def set_weight(self, paths: Sequence[Path], weight: float, text: str) -> None:
        """Show pictures `weight` times as often as others, or never for 0: they are rejected."""
        if weight:
            self.note({Note.WEIGHT: dict.fromkeys(paths, weight)}, text)
        else:
            self.note({Note.MARK: dict.fromkeys(paths, "rejected")}, text)

    def put(self, step: Step) -> None:
        """Let notes hold, and write them after those that wait."""
        self._pictures.put(step)
        self._unwritten.append(step)
        if self._run is None:
            self._write()

    def forget(self) -> None:
        """Forget what waits to be written, for the project is another one."""
        self._early.clear()
        self._unwritten.clear()

    def _knows_all(self, step: Step) -> bool:
        return all(self._pictures.at(path) for values in step.values() for path in values)

    def _difference(self, step: Step) -> tuple[Step, Step]:
        """Return what differs from what holds: as it is now, and as it is to be."""
        before: dict[Note, dict[Path, Any]] = {}
        after: dict[Note, dict[Path, Any]] = {}
        for note, values in step.items():
            for path, value in values.items():
                row = self._pictures.at(path)
                if row is None or getattr(row, note) == value:
                    continue
                after.setdefault(note, {})[path] = value
                if note is Note.WEIGHT and row.mark == "rejected":
                    before.setdefault(Note.MARK, {})[path] = row.mark
                    continue
                before.setdefault(note, {})[path] = getattr(row, note)
                if (
                    note is Note.MARK and value == "rejected" and row.weight != USUAL
                ):  # which a rejected row hides
                    before.setdefault(Note.WEIGHT, {})[path] = row.weight
        return before, after

    @Slot()
    def _note_early(self) -> None:
        if not self._pictures.is_reading():
            early, self._early = self._early, []
            for step, text in early:
                self.note(step, text)

    def _write(self) -> None:
        project = self._jobs.project
        if not self._unwritten or project is None:
            return
        self._written = tuple(self._unwritten)
        self._unwritten.clear()
        self._run = self._jobs.begin(notes_job(project.catalogue_path, self._written), "notes")
        self._run.failed.connect(self._pictures.read)  # the catalogue holds what is true
        self._run.done.connect(self._on_done)

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        if any(TRAINED_ON & step.keys() for step in self._written):
            self.changed.emit()
        self._write()


class _Noting(QUndoCommand):
    """From some notes to others."""

    def __init__(self, put: Callable[[Step], None], before: Step, after: Step, text: str) -> None:
        super().__init__(text)
        self._put = put
        self._before = before
        self._after = after

    def undo(self) -> None:
        self._put(self._before)

    def redo(self) -> None:
        self._put(self._after)
