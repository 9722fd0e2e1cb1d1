"""A project: one folder NAME.ganart that one window at a time may hold open."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import filelock

from ganart.errors import FolderNotWritable, StudioError
from ganart.files import sweep_unfinished
from ganart.project.documents import backups, keep_backup, write_document
from ganart.project.errors import NoSuchProject, NotAProject, ProjectExists, ProjectInUse
from ganart.project.lock import lock_folder
from ganart.project.migrations import PROJECT_STEPS, Document, current_version
from ganart.project.recovery import recover
from ganart.project.runs import Runs

SUFFIX = ".ganart"
DOCUMENT = "project.json"
RUNS = "runs"


class Project:
    """An open project. Get one from `create_project` or `open_project`, and close it.

    `choices` is the person's to fill: the last training choices, as JSON values.
    """

    def __init__(
        self,
        folder: Path,
        document: Document,
        lock: filelock.BaseFileLock,
        notices: tuple[StudioError, ...] = (),
    ) -> None:
        self.folder = folder
        self.created: str = document["created"]
        self.choices: dict[str, Any] = document["choices"]
        self.notices = notices
        """What the person should be told after the opening, such as a restored backup."""
        self._lock = lock

    @property
    def name(self) -> str:
        """The folder's name without its suffix, so that renaming the folder renames the project."""
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def catalogue_path(self) -> Path:
        """The database of the pictures."""
        return self.folder / "catalogue.sqlite"

    @property
    def prepared_folder(self) -> Path:
        """The rebuildable cache of prepared pictures."""
        return self.folder / "prepared"

    @property
    def thumbnails_folder(self) -> Path:
        """The rebuildable cache of larger thumbnails."""
        return self.folder / "thumbnails"

    @property
    def runs_folder(self) -> Path:
        """One folder a training run; see `ganart.project.runs`."""
        return self.folder / RUNS

    @property
    def artworks_folder(self) -> Path:
        """The saved pictures and loops."""
        return self.folder / "artworks"

    @property
    def paintings_folder(self) -> Path:
        """One work folder a painting, from which it can be refined."""
        return self.folder / "paintings"

    @property
    def brushes_folder(self) -> Path:
        """One folder a trained brush."""
        return self.folder / "brushes"

    @property
    def batches_folder(self) -> Path:
        """One folder a batch, with the journal from which it goes on."""
        return self.folder / "batches"

    @property
    def exports_folder(self) -> Path:
        """One folder an export that has not ended, from which it goes on."""
        return self.folder / "exports"

    @property
    def models_folder(self) -> Path:
        """Models that artworks need to be opened again."""
        return self.artworks_folder / "models"

    def save(self) -> None:
        """Write project.json and a backup of it, keeping the last few.

        Raises `DiskFull` or `FolderNotWritable`; then the file is either whole or as it was.
        """
        path = self.folder / DOCUMENT
        document = {
            "schema": current_version(PROJECT_STEPS),
            "created": self.created,
            "choices": self.choices,
        }
        write_document(path, document)
        try:
            keep_backup(path)
        except OSError as error:
            raise FolderNotWritable(folder=self.folder, reason=error.strerror) from error

    def close(self) -> None:
        """Let other windows open the project. Closing twice is harmless."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def project_folder(folder: Path) -> Path:
    """Return the folder with the project suffix added where it is missing."""
    return folder if folder.suffix == SUFFIX else folder.with_name(folder.name + SUFFIX)


def create_project(folder: Path) -> Project:
    """Make a new project folder, with the suffix added where it is missing, and open it.

    Raises `ProjectExists` where something is there already, `FolderNotWritable`, `DiskFull`.
    """
    folder = project_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProjectExists(folder=folder)
    except FileExistsError:
        raise ProjectExists(folder=folder) from None
    except OSError as error:
        raise FolderNotWritable(folder=folder, reason=error.strerror) from error
    try:
        return _fill(folder)
    except ProjectInUse:
        raise
    except BaseException:
        # It was empty. What is left in it would be in the way of another try.
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _fill(folder: Path) -> Project:
    lock = lock_folder(folder)
    try:
        project = Project(folder, _new_document(), lock)
        project.save()
        _make_folders(project)
    except BaseException:
        lock.release()
        raise
    return project


def open_project(folder: Path) -> Project:
    """Open a project for this window alone.

    A damaged project.json is restored from the newest good backup, and the damaged file is kept;
    `notices` tells of it, and of training runs that cannot be read. Raises `NoSuchProject`,
    `NotAProject`, `ProjectInUse`, `ProjectTooNew`, `MigrationFailed`, `FolderNotWritable`,
    `DiskFull`.
    """
    path = folder / DOCUMENT
    # `os.path`: Path.exists raises where a parent may not be entered or a name is too long.
    if not os.path.lexists(folder):
        raise NoSuchProject(folder=folder, parent=_nearest_above(folder))
    if not any(place.is_file() for place in (path, *backups(path))):
        raise NotAProject(folder=folder)
    lock = lock_folder(folder)
    try:
        stored = recover(path, _new_document)
        notices = (*stored.notices, *Runs(folder / RUNS).damaged())
        project = Project(folder, stored.document, lock, notices)
        if stored.changed:
            project.save()
        _make_folders(project)
        sweep_unfinished(folder)
    except BaseException:
        lock.release()
        raise
    return project


def _nearest_above(folder: Path) -> Path:
    """Return the nearest folder above that exists."""
    whole = folder.absolute()
    above = (each for each in whole.parents if os.path.isdir(each))  # noqa: PTH112  (never raises)
    return next(above, Path(whole.anchor))


def _make_folders(project: Project) -> None:
    try:
        for folder in (project.prepared_folder, project.runs_folder, project.models_folder):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(folder=project.folder, reason=error.strerror) from error


def _new_document() -> Document:
    return {
        "schema": current_version(PROJECT_STEPS),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "choices": {},
    }
