"""A single picture that joins the dataset from outside: it is shown there, and may go again."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from ganart.ui.adding import Adding
from ganart.ui.notice_bar import NoticeBar
from ganart.ui.page_stack import PageStack
from ganart.ui.pages.dataset.sources_removal import is_noted
from ganart.workers.session import Session

_TAKE_OUT = "take out:"
"""What the button of a notice does, before the path of the picture."""


class Arrivals(QObject):
    """Brings the person to the picture, so that it is never added unseen."""

    def __init__(
        self, session: Session, adding: Adding, pages: PageStack, notice: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._adding = adding
        self._pages = pages
        self._notice = notice
        self._awaited: Path | None = None
        self._going: list[Path] = []
        """To be taken out when the scan that runs has ended."""
        session.pictures.listed.connect(self._on_listed)
        session.scanned.connect(self._take_out)
        session.project_closed.connect(self._forget)
        notice.acted.connect(self._on_acted)

    def take(self, path: Path) -> None:
        """Add a picture to the open project, or go to it if it is there already."""
        self._pages.show_page("dataset")
        path = Path(os.path.realpath(path))  # as the catalogue names it
        row = self._session.pictures.at(path)
        if row is not None:
            self._pages.show_picture(row.id)
            text = self.tr("{name} is among the pictures already.")
            self._session.notice.emit(text.format(name=path.name))
            return
        self._awaited = path
        self._adding.take([path])

    @Slot()
    def _on_listed(self) -> None:
        path, pictures = self._awaited, self._session.pictures
        if path is None:
            return
        row = pictures.at(path)
        if row is not None:
            self._pages.show_picture(row.id)
            self._tell(path, self.tr("{name} was added to the pictures to train on."))
        elif any(each.path == path for each in pictures.refused):
            self._tell(path, self.tr("{name} cannot be used. The files below say why."))
        elif self._session.scanning is not None or pictures.is_reading():
            return
        self._awaited = None

    def _tell(self, path: Path, text: str) -> None:
        button = self.tr("Take it out again")
        self._notice.tell(text.format(name=path.name), button, f"{_TAKE_OUT}{path}")

    @Slot(str)
    def _on_acted(self, key: str) -> None:
        if not key.startswith(_TAKE_OUT):
            return
        path = Path(key.removeprefix(_TAKE_OUT))
        row = self._session.pictures.at(path)
        if row is not None and is_noted(row):
            self._pages.show_picture(row.id)
            text = self.tr(
                "{name} has marks by now, which would go with it. Remove it among the sources."
            )
            self._session.notice.emit(text.format(name=path.name))
        else:
            self._going.append(path)
            self._take_out()

    @Slot()
    def _take_out(self) -> None:
        if self._going and self._session.remove_sources(self._going) is not None:
            self._going = []

    @Slot()
    def _forget(self) -> None:
        self._awaited = None
        self._going = []
