"""Keeps the choices for one photo in the project, and brings them back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Slot

from ganart.errors import StudioError
from ganart.project.store import Project
from ganart.ui.pages.stylize_choice import ChoiceHistory
from ganart.ui.pages.stylize_memory import KEY, areas_of, from_document, to_document
from ganart.ui.pages.stylize_paint_options import PaintOptions
from ganart.workers.areas import keep_areas
from ganart.workers.session import Session

_AREAS = "areas"
"""Folder of a project for the areas that its choices name."""


class ChoiceKeeper(QObject):
    """Writes what is chosen when a painting begins, the page is left or the project is closed."""

    def __init__(
        self,
        session: Session,
        history: ChoiceHistory,
        paint: PaintOptions,
        is_readable: Callable[[], bool],
    ) -> None:
        """`is_readable` says whether nothing is known against the photo; others are not kept."""
        super().__init__(history)
        self._session = session
        self._history = history
        self._paint = paint
        self._is_readable = is_readable
        session.project_closing.connect(self.remember)

    @Slot()
    def remember(self) -> None:
        """Keep the choices in the project, if they are others than it has."""
        project = self._session.project
        if project is None:
            return
        choice = self._history.now
        if not self._is_readable():
            choice = replace(choice, photo=None)
        kept = {**to_document(choice), **self._paint.to_document()}
        if kept == project.choices.get(KEY):
            return
        areas = areas_of(choice)
        if areas:
            self._session.begin(keep_areas(areas, project.folder / _AREAS), "areas")
        project.choices[KEY] = kept
        try:
            project.save()
        except StudioError as error:  # nothing that was made is lost
            self._session.warned.emit(error)

    def recall(self, project: Project) -> None:
        """Show what the person chose last time in a project."""
        kept: Any = project.choices.get(KEY)
        self._history.begin(from_document(kept, project.folder / _AREAS))
        self._paint.show_document(kept)
