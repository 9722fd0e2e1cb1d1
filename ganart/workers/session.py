"""What the pages share: the open project and the jobs that work on it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack

from ganart.engine.asks import Ask, Change
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Published, Trouble
from ganart.engine.gan.lesson.records import Chapter
from ganart.engine.polite import Rest
from ganart.errors import StudioError
from ganart.project.runs import Runs
from ganart.project.store import Project, create_project, open_project
from ganart.settings.recent import RecentProjects
from ganart.settings.schema import Value
from ganart.settings.store import Settings
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.background import Background
from ganart.workers.curation import Curation
from ganart.workers.framings import UsualFraming
from ganart.workers.jobs import (
    branch_job,
    device_job,
    discard_job,
    estimate_job,
    lesson_job,
    resume_job,
    training_job,
)
from ganart.workers.manners import NICENESS, awake_job
from ganart.workers.pictures import Pictures
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.scanning import Scanning
from ganart.workers.shown_as import ShownAs
from ganart.workers.sources import Sources
from ganart.workers.style_jobs import StyleJobs
from ganart.workers.watching import Watcher

if TYPE_CHECKING:  # it loads torch
    from ganart.engine.device import DeviceInfo


class JobStillRuns(StudioError):
    """The open project cannot be left, because a job hangs."""

    happened = QT_TRANSLATE_NOOP("errors", "Something that the studio does has not ended yet.")
    safe = QT_TRANSLATE_NOOP("errors", "The open project stays open.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Wait a moment and try again. If a drive was unplugged, connect it again."
    )


_UNDO_STEPS = 500
_CURATED_MS = 200
"""After the last of many notes in a row, a training is told of them all."""


class Session(Scanning):
    """One open project at most, one scan at a time, one training at a time, and `styling`.

    Lives in the window's thread. Troubles come by `failed`, never as exceptions.
    """

    project_opened = Signal(object)
    """The `Project`."""
    project_closing = Signal()
    """The project is about to be closed, and can still be written to."""
    project_closed = Signal()
    jobs_stopping = Signal()
    """All jobs are asked to stop: what waits for the end of one is not to begin any more."""
    training_changed = Signal(object)
    """The training's `Run` when one starts, None when it has ended."""
    rest_changed = Signal(object)
    """Why the training rests by itself (a `Rest`), None when it no longer does; see `rest`."""
    model_published = Signal(object)
    """A `Published` record: a running training offers a newer model."""
    artworks_changed = Signal()
    """Emitted by whoever saves or removes an artwork."""
    models_changed = Signal()
    """Emitted by whoever adds a model to those that are kept for good."""
    device_described = Signal(object)
    """A `DeviceInfo`."""
    warned = Signal(object)
    """A `StudioError` that ended nothing, such as one checkpoint that could not be written."""
    setting_changed = Signal(str)
    """The key of the setting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = Settings()
        self.recent = RecentProjects()
        self.training: Run | None = None
        self.rest: Rest | None = None
        self.styling = StyleJobs(self)
        self.undo = QUndoStack(self)
        """What was done in the open project, on any page, and can be taken back."""
        self.undo.setUndoLimit(_UNDO_STEPS)
        self.pictures = Pictures(self, self)
        self.scanned.connect(self.pictures.read)
        self.sources = Sources(self, self.pictures, self)
        self.left_behind.connect(self.sources.take_left)
        self.watcher = Watcher(self, self.sources, self)
        self.curation = Curation(self, self.pictures, self.undo, self)
        self._curated_soon = QTimer(self, singleShot=True, interval=_CURATED_MS)
        self._curated_soon.timeout.connect(self._on_curated)
        self.curation.changed.connect(self._curated_soon.start)
        self.usual_framing = UsualFraming(self, self)
        self.usual_framing.written.connect(self._curated_soon.start)
        self.project_closed.connect(self.usual_framing.forget)
        self.shown_as = ShownAs(self)
        self.shown_as.failed.connect(self.failed)
        self.project_opened.connect(self.shown_as.open)
        self.project_closed.connect(self.shown_as.close)
        self._apart = Background(self)
        self._apart.failed.connect(self.failed)
        self._is_device_asked = False
        self.device: DeviceInfo | None = None
        """What computes, once it has been described."""

    # Jobs

    def begin(
        self, job: Job, name: str, *, announce: bool = True, niceness: int | None = None
    ) -> Run:
        """Start a job of the project with the priority of the settings; else as `Background`."""
        if niceness is None:
            niceness = NICENESS[str(self.settings.get("priority"))]
        return super().begin(job, name, announce=announce, niceness=niceness)

    def begin_apart(self, job: Job, name: str, *, announce: bool = True) -> Run:
        """Start a job that is not of the project: it may outlive it, and does not keep it open."""
        return self._apart.begin(job, name, announce=announce)

    def stop_jobs(self) -> None:
        """Ask every job of the project to stop and to keep what it made; `idle` follows."""
        self.jobs_stopping.emit()
        super().stop_jobs()

    def shutdown(self, seconds: float) -> bool:
        """Stop all jobs, wait `seconds` for each, close the project; False if one goes on."""
        self._apart.stop_jobs()
        ended = self.close_project(seconds)
        return self._apart.wait_for_jobs(seconds) and ended

    # Project

    def create_project(self, folder: Path) -> bool:
        """Make a new project in `folder` and open it; False if that failed."""
        return self._take(lambda: create_project(folder))

    def open_project(self, folder: Path) -> bool:
        """Open a project in place of the open one; False, and the open one kept, if that failed."""
        return self._take(lambda: open_project(folder))

    def close_project(self, seconds: float = 10.0) -> bool:
        """Stop the jobs and close the project; False if a job did not end in time.

        This blocks: windows call `stop_jobs` and wait for `idle` before it.
        """
        if self.project is not None:
            self.project_closing.emit()
        self.stop_jobs()
        if not self.wait_for_jobs(seconds):
            return False
        if self.project is not None:
            self.project.close()
            self.project = None
            self._curated_soon.stop()
            self.curation.forget()
            self.pictures.forget()
            self.sources.forget()
            self.undo.clear()
            self.project_closed.emit()
        return True

    def interrupted_runs(self) -> list[str]:
        """Return the ids of the runs of the open project that a crash or a power cut ended."""
        if self.project is None or self.training is not None:
            return []
        return [record.id for record in Runs(self.project.runs_folder).interrupted()]

    def _take(self, acquire: Callable[[], Project]) -> bool:
        try:
            project = acquire()
        except StudioError as error:
            self.failed.emit(ErrorReport.of(error))
            return False
        if not self.close_project():
            project.close()
            self.failed.emit(ErrorReport.of(JobStillRuns()))
            return False
        self.project = project
        self.pictures.read()
        self.project_opened.emit(project)
        self._remember(project.folder)
        for notice in project.notices:
            self.warned.emit(notice)
        return True

    def _remember(self, folder: Path) -> None:
        limit = self.settings.get("recent_limit")
        try:
            self.recent.add(folder, int(limit))
        except StudioError as error:  # the project itself is open and well
            self.warned.emit(error)

    def forget_recent(self, folder: Path) -> None:
        """Take a project off the list of recent ones; the project itself stays."""
        try:
            self.recent.remove(folder)
        except StudioError as error:
            self.warned.emit(error)

    # Training

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
        """Delete all files of a run that has ended. Artworks made from it keep their models."""
        run = self.begin(discard_job(self._open_project(), run_id), "discard")
        run.reported.connect(self._tell_discarded)
        return run

    @Slot()
    def _tell_discarded(self) -> None:
        self.notice.emit(self.tr("The training was deleted."))

    @Slot(object)
    def note_rest(self, reason: Rest | None) -> None:
        """Let all pages know why the training rests, for whoever watches over its manners."""
        self.rest = reason
        self.rest_changed.emit(reason)

    def _ask_training(self, ask: Ask | Change) -> None:
        if self.training is not None:
            self.training.ask(ask)

    @Slot()
    def _on_curated(self) -> None:
        self.dataset_changed.emit()
        self.curate()

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

    # Computer

    def describe_device(self) -> None:
        """Load torch on a thread, so that the first job starts at once; tells the device after."""
        if not self._is_device_asked:
            self._is_device_asked = True
            self.begin_apart(device_job, "device").reported.connect(self._tell_device)

    @Slot(object)
    def _tell_device(self, records: list[object]) -> None:
        for record in records:
            self.device = cast("DeviceInfo", record)
            self.device_described.emit(record)

    def change_setting(self, key: str, value: Value) -> None:
        """Change a setting, at once and for good."""
        try:
            self.settings.set(key, value)
        except StudioError as error:  # it holds until the program ends
            self.warned.emit(error)
        self.setting_changed.emit(key)
