"""Training on the dataset of the open project: one training at a time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ganart.engine.asks import Ask, Change
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Published, Trouble
from ganart.engine.gan.lesson.records import Chapter
from ganart.engine.polite import Rest
from ganart.project.runs import Runs
from ganart.settings.store import Settings
from ganart.workers.jobs import (
    RunDiscarded,
    branch_job,
    discard_job,
    estimate_job,
    lesson_job,
    resume_job,
    training_job,
)
from ganart.workers.manners import awake_job
from ganart.workers.run import Job, Run
from ganart.workers.scanning import Scanning


class Trainings(Scanning):
    """Jobs of one project, of which at most one is a training."""

    training_changed = Signal(object)
    """The training's `Run` when one starts, None when it has ended."""
    rest_changed = Signal(object)
    """Why the training rests by itself (a `Rest`), None when it no longer does; see `rest`."""
    model_published = Signal(object)
    """A `Published` record: a running training offers a newer model."""
    warned = Signal(object)
    """A `StudioError` that ended nothing, such as one checkpoint that could not be written."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.training: Run | None = None
        self.rest: Rest | None = None

    def interrupted_runs(self) -> list[str]:
        """Return the ids of the runs of the open project that a crash or a power cut ended."""
        if self.project is None or self.training is not None:
            return []
        return [record.id for record in Runs(self.project.runs_folder).interrupted()]

    def start_training(self, config: TrainConfig, preset: str, origin: Path | None = None) -> Run:
        """Train a new model on the dataset, from the one at `origin` if there is one; records as in
        `ganart.engine.gan.events`.
        """
        return self._begin_training(training_job(self._open_project(), config, preset, origin))

    def start_lesson(self, chapter: Chapter) -> Run:
        """Train what a chapter of the lesson shows; the narrator's `Said` are among its records."""
        return self._begin_training(lesson_job(self._open_project(), chapter))

    def resume_training(self, run_id: str, minutes: float = 0.0) -> Run:
        """Go on with a run, for `minutes` more (0: what is left of its budget)."""
        return self._begin_training(resume_job(self._open_project(), run_id, minutes))

    def branch_training(
        self,
        run_id: str,
        step: int,
        changes: Mapping[str, Any] | None = None,
        minutes: float = 0.0,
    ) -> Run:
        """Begin a new run at the checkpoint of `step` of another one, with other options.

        It goes on for `minutes` (0: what was left of the other run's budget at that step).
        """
        return self._begin_training(
            branch_job(self._open_project(), run_id, step, changes or {}, minutes)
        )

    def change_training(self, change: Change) -> None:
        """Let the training go on with other options; a `Marked` tells when it does."""
        self._ask_training(change)

    def audit(self) -> None:
        """Let the training look for copies and for ignored pictures; an `Audit` follows."""
        self._ask_training(Ask.AUDIT)

    def curate(self) -> None:
        """Let the training take over the dataset's choice of pictures; a `Marked` follows."""
        self._ask_training(Ask.CURATE)

    def estimate(self, config: TrainConfig) -> Run:
        """Measure how fast this computer trains `config`; the last record is the `Estimate`."""
        job = estimate_job(self._open_project(), config)
        return self.begin(job, "estimate", announce=False)

    def discard_run(self, run_id: str) -> Run:
        """Put a run that has ended into the wastebasket, or delete it where there is none.

        Artworks made from it keep their models.
        """
        run = self.begin(discard_job(self._open_project(), run_id), "discard")
        run.reported.connect(self._tell_discarded)
        return run

    @Slot(object)
    def _tell_discarded(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, RunDiscarded):
                in_wastebasket = self.tr("The training was moved to the wastebasket.")
                deleted = self.tr("The training was deleted.")
                self.notice.emit(in_wastebasket if record.is_in_wastebasket else deleted)

    @Slot(object)
    def note_rest(self, reason: Rest | None) -> None:
        """Let all pages know why the training rests, for whoever watches over its manners."""
        self.rest = reason
        self.rest_changed.emit(reason)

    def _ask_training(self, ask: Ask | Change) -> None:
        if self.training is not None:
            self.training.ask(ask)

    def _begin_training(self, job: Job) -> Run:
        if self.training is not None:
            return self.training
        if self.settings.get("keep_awake"):
            job = awake_job(job)
        self.training = self.begin(job, "training")
        self.training.reported.connect(self._hear_training)
        self.training.done.connect(self._end_training)
        self.training_changed.emit(self.training)
        return self.training

    @Slot(object)
    def _hear_training(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Published):
                self.model_published.emit(record)
            elif isinstance(record, Trouble):
                self.warned.emit(record.error)

    @Slot()
    def _end_training(self) -> None:
        self.training = None
        self.training_changed.emit(None)
