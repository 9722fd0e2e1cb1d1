"""Where photos and stylized pictures go that come from outside: to Stylize, or to the dataset."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Slot

from ganart.datasets.kinds import PICTURE_SUFFIXES
from ganart.media.style_recipe import StyleRecipe
from ganart.project.store import SUFFIX
from ganart.settings.paths import projects_folder
from ganart.ui.arrivals import Arrivals
from ganart.ui.notice_bar import NoticeBar
from ganart.ui.page_stack import PageStack
from ganart.ui.project_desk import ProjectDesk
from ganart.ui.widgets.words import left_to_right
from ganart.workers.session import Session

PHOTOS_NAME = f"Photos{SUFFIX}"
_MOST_PROJECTS = 99
_STYLIZE = "stylize:"
"""What the button of a notice does, before the path of the picture."""


class PhotoDesk(QObject):
    """Sends a single photo where the person is.

    Where no project is open it is stylized, in a project for photos that is opened or made without
    a question.
    """

    def __init__(
        self, session: Session, pages: PageStack, desk: ProjectDesk, notice: NoticeBar
    ) -> None:
        super().__init__(desk)
        self._session = session
        self._pages = pages
        self._desk = desk
        self._notice = notice
        self._arrivals = Arrivals(session, desk.adding, pages, notice, self)
        pages.photo_missing.connect(self._on_photo_missing)
        notice.acted.connect(self._on_acted)

    @Slot()
    def begin(self) -> None:
        """Show the Stylize page."""
        if self._open_project():
            self._pages.show_page("stylize")

    @Slot(object)
    def take(self, paths: Sequence[Path]) -> None:
        """Stylize a single photo where no project is open, or the Stylize page is shown; anything
        else is for the dataset, which is shown.
        """
        is_photo = len(paths) == 1 and paths[0].suffix.lower() in PICTURE_SUFFIXES
        if is_photo and (self._session.project is None or self._pages.is_shown("stylize")):
            if self._open_project():
                self._pages.stylize(paths)
        elif is_photo:
            self._arrivals.take(paths[0])
        else:
            self._desk.add_pictures(list(paths))
            if self._session.project is not None:
                self._pages.show_page("dataset")

    @Slot(object, object)
    def reopen(self, recipe: StyleRecipe, picture: Path) -> None:
        """Show a stylized `picture` with its photo and styles again, as its recipe names them."""
        if self._open_project():
            self._pages.open_stylized(recipe, picture)

    @Slot(object, str)
    def _on_photo_missing(self, picture: Path, names: str) -> None:
        text = self.tr(
            "{picture} was made of files that were not found: {names}. Choose them by hand, or "
            "take the picture itself as the photo."
        )
        self._notice.tell(
            text.format(picture=picture.name, names=names),
            self.tr("Take it as the photo"),
            f"{_STYLIZE}{picture}",
        )

    @Slot(str)
    def _on_acted(self, key: str) -> None:
        if key.startswith(_STYLIZE) and self._session.project is not None:
            self._pages.stylize([Path(key.removeprefix(_STYLIZE))])

    def _open_project(self) -> bool:
        if self._session.project is None and self._desk.open_any(list(_places())):
            self._tell_where()
        return self._session.project is not None

    def _tell_where(self) -> None:
        project = self._session.project
        if project is not None:
            text = self.tr("What you save here is kept in the project {name}: {folder}")
            place = left_to_right(QDir.toNativeSeparators(str(project.folder)))
            self._session.notice.emit(text.format(name=project.name, folder=place))


def _places() -> Iterator[Path]:
    """Yield the folders of projects for photos, the usual one first."""
    first = projects_folder() / PHOTOS_NAME
    yield first
    for number in range(2, _MOST_PROJECTS + 1):
        yield first.with_name(f"{first.stem} {number}{SUFFIX}")
