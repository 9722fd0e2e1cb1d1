"""The model that was explored last, which the project remembers."""

from pathlib import Path

from ganart.errors import StudioError
from ganart.workers.session import Session

_KEY = "explored_model"


class ModelMemory:
    """What the person chose, by its place in the project's folder."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def recalled(self) -> Path | None:
        """Return the file of the model, which may be gone; None if none was chosen."""
        project = self._session.project
        kept = project.choices.get(_KEY) if project is not None else None
        return project.folder / kept if project is not None and isinstance(kept, str) else None

    def keep(self, path: Path) -> None:
        """Remember a model; one outside the project is not the project's to remember."""
        project = self._session.project
        if project is None or not path.is_relative_to(project.folder):
            return
        if path == self.recalled():
            return
        project.choices[_KEY] = path.relative_to(project.folder).as_posix()
        try:
            project.save()
        except StudioError as error:  # nothing that was made is lost
            self._session.warned.emit(error)
