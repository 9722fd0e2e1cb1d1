"""Photos that are to be stylized although no project is open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Slot

from ganart.datasets.kinds import PICTURE_SUFFIXES
from ganart.project.store import SUFFIX
from ganart.settings.paths import projects_folder
from ganart.ui.page_stack import PageStack
from ganart.ui.project_desk import ProjectDesk
from ganart.ui.widgets.words import left_to_right
from ganart.workers.session import Session

PHOTOS_NAME = f"Photos{SUFFIX}"


class PhotoDesk(QObject):
    """Keeps them in a project of their own, which is opened or made without a question."""

    def __init__(self, session: Session, pages: PageStack, desk: ProjectDesk) -> None:
        super().__init__(desk)
        self._session = session
        self._pages = pages
        self._desk = desk

    @Slot()
    def begin(self) -> None:
        """Show the Stylize page."""
        if self._open_project():
            self._pages.show_page("stylize")

    @Slot(object)
    def take(self, paths: Sequence[Path]) -> None:
        """Stylize a single photo where no project is open; anything else is for the dataset."""
        is_photo = len(paths) == 1 and paths[0].suffix.lower() in PICTURE_SUFFIXES
        if self._session.project is not None or not is_photo:
            self._desk.add_pictures(list(paths))
        elif self._open_project():
            self._pages.stylize(paths)

    def _open_project(self) -> bool:
        if self._session.project is not None:
            return True
        folder = projects_folder() / PHOTOS_NAME
        is_open = self._desk.open_or_make(folder)
        if is_open:
            text = self.tr("What you save here is kept in the project {name}: {folder}")
            place = left_to_right(QDir.toNativeSeparators(str(folder)))
            self._session.notice.emit(text.format(name=folder.stem, folder=place))
        return is_open
