"""The projects opened lately, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ganart.errors import StudioError
from ganart.settings import files
from ganart.settings.paths import recent_file

VERSION = 1


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project opened lately; `exists` tells whether its folder is still there."""

    path: Path
    exists: bool


class RecentProjects:
    """The list of recent projects, kept in a small file that all windows share."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or recent_file()
        self.notice: StudioError | None = None
        """Tells that the list was lost."""

    def list(self) -> tuple[RecentProject, ...]:
        """Return the recent projects, newest first, each looked for on its disk."""
        return tuple(RecentProject(path, path.is_dir()) for path in self.paths())

    def add(self, folder: Path, limit: int = 8) -> None:
        """Put a project first and forget those past `limit`.

        Raises `NotKept`.
        """
        folder = folder.resolve()
        others = [path for path in self.paths() if path != folder]
        self._write((folder, *others)[:limit])

    def remove(self, folder: Path) -> None:
        """Forget one project."""
        self._write(path for path in self.paths() if path != folder)

    def paths(self) -> tuple[Path, ...]:
        """Return their folders, newest first, whether or not they are still there."""
        document, damage = files.read(self._path)
        self.notice = self.notice or damage
        projects = document.get("projects")
        if not isinstance(projects, list):
            return ()
        return tuple(Path(each) for each in projects if isinstance(each, str) and "\0" not in each)

    def _write(self, paths: Iterable[Path]) -> None:
        files.write(self._path, {"version": VERSION, "projects": [str(path) for path in paths]})
