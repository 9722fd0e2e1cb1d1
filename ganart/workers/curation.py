"""What the artist says of the pictures: written one step after another, with a way back."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from ganart.engine.asks import Poll
from ganart.workers.pictures import Change, Jobs, Note, Pictures, Step
from ganart.workers.run import Job, Run
from ganart.workers.undo_step import UndoStep

if TYPE_CHECKING:
    from ganart.datasets.catalogue import Catalogue

EXCLUDED = 0.0
USUAL = 1.0
OFTEN = 2.0
"""A picture of this weight is shown twice as often as the others."""

TRAINED_ON = frozenset({Note.MARK, Note.WEIGHT, Note.FRAMING})
"""Notes that change what a training sees."""


def notes_job(catalogue_path: Path, changes: Sequence[Change]) -> Job:
    """Write notes into the catalogue, in order; pictures that it does not know are passed over."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            writers = _writers(catalogue)
            # At once, or a scan could give a path to another picture before a note is written.
            with catalogue.at_once():
                for change in changes:
                    for note in Note:
                        values = change.get(note, {})
                        paths = catalogue.paths(values)
                        writers[note]({path: values[each] for each, path in paths.items()})
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
    retraced = Signal(object)
    """The ids of the pictures of which more than that they were seen was taken back, or said
    again.
    """

    def __init__(
        self, jobs: Jobs, pictures: Pictures, stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pictures = pictures
        self._early: list[tuple[Step, str]] = []
        """Notes about pictures that are not known yet."""
        self._unwritten: deque[Change] = deque()
        self._written: tuple[Change, ...] = ()
        self._run: Run | None = None
        self.stack = stack
        pictures.unwritten = self._not_in_catalogue
        pictures.listed.connect(self._note_early)

    def note(self, step: Step, text: str = "", control: str = "") -> None:
        """Note things; `text` says in words what is done, for the way back.

        Steps in a row of one `control`, such as a key held down, are taken back together. Without
        a text nothing can be taken back. Pictures that are not known are passed over, and so
        is what is noted already.
        """
        if self._pictures.is_reading() and not self._knows_all(step):
            self._early.append((step, text))
            return
        before, after = self._difference(step)
        if not after:
            return
        self.put(after)
        if text:
            self.stack.push(_Noting(self._retrace, before, after, text, control))

    def set_weight(self, paths: Sequence[Path], weight: float, text: str) -> None:
        """Show pictures `weight` times as often as others, or never for 0: they are rejected."""
        if weight:
            self.note({Note.WEIGHT: dict.fromkeys(paths, weight)}, text)
        else:
            self.note({Note.MARK: dict.fromkeys(paths, "rejected")}, text)

    def put(self, change: Change) -> None:
        """Let notes hold, and write them after those that wait."""
        self._pictures.put(change)
        self._unwritten.append(change)
        if self._run is None:
            self._write()

    def _retrace(self, change: Change) -> None:
        self.put(change)
        judged = (values for note, values in change.items() if note is not Note.SEEN)
        self.retraced.emit([picture_id for values in judged for picture_id in values])

    def forget(self) -> None:
        """Forget what waits to be written, for the project is another one."""
        self._early.clear()
        self._unwritten.clear()

    def _knows_all(self, step: Step) -> bool:
        return all(self._pictures.at(path) for values in step.values() for path in values)

    def _difference(self, step: Step) -> tuple[Change, Change]:
        """Return what differs from what holds: as it is now, and as it is to be."""
        before: dict[Note, dict[int, Any]] = {note: {} for note in Note}
        after: dict[Note, dict[int, Any]] = {note: {} for note in Note}
        at = self._pictures.at
        for note, values in step.items():
            held = attrgetter(note.value)
            is_weight = note is Note.WEIGHT
            was, will_be = before[note], after[note]
            for path, value in values.items():
                row = at(path)
                if row is None or (now := held(row)) == value:
                    continue
                will_be[row.id] = value
                if is_weight and row.mark == "rejected":  # which this takes back
                    before[Note.MARK][row.id], now = row.mark, row.kept_weight
                was[row.id] = now
        return _filled(before), _filled(after)

    @Slot()
    def _note_early(self) -> None:
        if not self._pictures.is_reading():
            early, self._early = self._early, []
            for step, text in early:
                self.note(step, text)

    def _not_in_catalogue(self) -> Sequence[Change]:
        return [*self._written, *self._unwritten]

    def _write(self) -> None:
        project = self._jobs.project
        if not self._unwritten or project is None:
            return
        self._written = tuple(self._unwritten)
        self._unwritten.clear()
        self._run = self._jobs.begin(notes_job(project.catalogue_path, self._written), "notes")
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)

    @Slot()
    def _on_failed(self) -> None:
        self._written = ()
        self._pictures.read()  # the catalogue holds what is true

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        written, self._written = self._written, ()
        if any(TRAINED_ON & change.keys() for change in written):
            self.changed.emit()
        self._write()


def _filled(change: Change) -> Change:
    return {note: values for note, values in change.items() if values}


def _over(below: Change, above: Change) -> Change:
    """Return what both hold; of the same note and picture, that of `above`."""
    notes = below.keys() | above.keys()
    return {note: {**below.get(note, {}), **above.get(note, {})} for note in notes}


class _Noting(UndoStep):
    """From some notes to others, which hold already when it is pushed."""

    def __init__(
        self,
        put: Callable[[Change], None],
        before: Change,
        after: Change,
        text: str,
        control: str,
    ) -> None:
        super().__init__(text)
        self._put = put
        self.before = before
        self.after = after
        self.control = control
        self._is_pushed = False

    def id(self) -> int:
        return 2 if self.control else -1  # `Change` is 1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(other, _Noting) or other.control != self.control:
            return False
        self.before = _over(other.before, self.before)
        self.after = _over(self.after, other.after)
        return True

    def go_back(self) -> None:
        self._put(self.before)

    def go_on(self) -> None:
        if self._is_pushed:
            self._put(self.after)
        self._is_pushed = True
