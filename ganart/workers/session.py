"""What the pages share: the open project and the jobs that work on it."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack

from ganart.errors import StudioError
from ganart.project.errors import ProjectInUse
from ganart.project.store import Project, create_project, open_project
from ganart.settings.recent import RecentProjects
from ganart.settings.schema import Value
from ganart.settings.store import Settings
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.background import Background
from ganart.workers.curation import Curation
from ganart.workers.framings import UsualFraming
from ganart.workers.jobs import device_job
from ganart.workers.manners import NICENESS
from ganart.workers.pictures import Pictures
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.shown_as import ShownAs
from ganart.workers.sources import Sources
from ganart.workers.style_jobs import StyleJobs
from ganart.workers.trainings import Trainings
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


class Session(Trainings):
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
    artworks_changed = Signal()
    """Emitted by whoever saves or removes an artwork."""
    models_changed = Signal()
    """Emitted by whoever adds a model to those that are kept for good."""
    device_described = Signal(object)
    """A `DeviceInfo`."""
    setting_changed = Signal(str)
    """The key of the setting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Settings(), parent)
        self.recent = RecentProjects()
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

    @Slot()
    def _on_curated(self) -> None:
        self.dataset_changed.emit()
        self.curate()

    # Project

    def create_project(self, folder: Path) -> bool:
        """Make a new project in `folder` and open it; False if that failed."""
        return self._take(lambda: create_project(folder))

    def open_project(self, folder: Path) -> bool:
        """Open a project in place of the open one; False, and the open one kept, if that failed."""
        return self._take(lambda: open_project(folder))

    def open_any(self, folders: Sequence[Path]) -> bool:
        """Open the first of these projects that can be opened, or make the first that is not there.

        Why the others were passed over is warned of, unless another window has them; False if none
        can be had.
        """
        for folder in folders:
            if not os.path.lexists(folder):
                return self.create_project(folder)
            try:
                project = open_project(folder)
            except ProjectInUse:
                continue
            except StudioError as error:
                self.warned.emit(error)
            else:
                return self._change_to(project)
        return False

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

    def _take(self, acquire: Callable[[], Project]) -> bool:
        try:
            project = acquire()
        except StudioError as error:
            self.failed.emit(ErrorReport.of(error))
            return False
        return self._change_to(project)

    def _change_to(self, project: Project) -> bool:
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
