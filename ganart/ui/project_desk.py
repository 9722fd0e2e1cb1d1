"""Which project is open: new, open, sample, close, and leaving while something runs."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ganart.project.store import SUFFIX
from ganart.resources import resource
from ganart.settings.paths import projects_folder
from ganart.ui.adding import Adding
from ganart.ui.dialogs.closing import LeaveDialog, Leaving, StoppingDialog
from ganart.ui.dialogs.new_project import NewProjectDialog
from ganart.workers.session import Session

SAMPLE_NAME = f"Sample{SUFFIX}"


class ProjectDesk(QObject):
    """Asks the person where needed, and lets the session do the rest."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.adding = Adding(session, window)

    @Slot()
    def create(self) -> bool:
        """Ask for a name, a place and pictures and make a project; whether one was made."""
        return self._create()

    def _create(self, reason: str = "") -> bool:
        """As `create`; `reason` says why, where the person asked for something else."""
        dialog = NewProjectDialog(projects_folder(), self._window, reason)
        if dialog.exec() != QDialog.DialogCode.Accepted or not self.may_leave():
            return False
        if not self._session.create_project(dialog.folder()):
            return False
        if pictures := dialog.pictures_folder():
            self.adding.take([pictures])
        return True

    @Slot()
    def choose(self) -> None:
        """Ask for a project folder and open it."""
        start = projects_folder()
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a project"), str(start if start.is_dir() else Path.home())
        )
        if chosen:
            self.open(Path(chosen))

    @Slot(object)
    def open(self, folder: Path) -> bool:
        """Open the project in `folder`; whether it is open now."""
        project = self._session.project
        if project is not None and project.folder.resolve() == folder.resolve():
            return True
        # Nothing is stopped for one that is gone, which is told.
        may_open = not os.path.lexists(folder) or self.may_leave()
        return may_open and self._session.open_project(folder)

    def open_any(self, folders: Sequence[Path]) -> bool:
        """As `Session.open_any`; whether one of them is open now."""
        return self.may_leave() and self._session.open_any(folders)

    @Slot()
    def create_for_model(self) -> bool:
        """As `create`, for a model that came in while no project was open."""
        return self._create(self.tr("A model is kept in a project, and none is open."))

    @Slot()
    def open_sample(self) -> None:
        """Open the sample project, made from the bundled pictures the first time."""
        folder = projects_folder() / SAMPLE_NAME
        if folder.exists():
            self.open(folder)
        elif self.may_leave() and self._session.create_project(folder):
            self._session.add_folders([resource("sample/pixel-avatars")])

    @Slot()
    def close(self) -> None:
        """Close the open project."""
        if self.may_leave():
            self._session.close_project()

    def add_pictures(self, paths: list[Path]) -> None:
        """Add folders or files to the dataset; without a project one is made first."""
        reason = self.tr("Pictures to train on belong to a project, and none is open.")
        if self._session.project is not None or self._create(reason):
            self.adding.take(paths)

    def may_leave(self, quitting: bool = False) -> bool:
        """Ask about a running training, stop all jobs and wait.

        False if the person stays, or if the training could not be saved: that is told, and the
        person may free the disk and go on.
        """
        training = self._session.training
        if training is not None:
            answer = LeaveDialog(quitting, self._window).ask()
            if answer is Leaving.KEEP_TRAINING and quitting:
                self._window.showMinimized()
            if answer is not Leaving.STOP_AND_SAVE:
                return False
        if self._session.is_busy():
            waiting = StoppingDialog(quitting, self._window)
            self._session.idle.connect(waiting.finish)
            self._session.stop_jobs()
            if waiting.exec() != QDialog.DialogCode.Accepted:
                self._session.let_jobs_begin()
                return quitting
        return training is None or training.failure is None
