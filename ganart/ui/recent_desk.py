"""The projects opened lately: listed at once, and looked for on a thread of their own."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ganart.engine.asks import Poll
from ganart.settings.recent import RecentProject, RecentProjects
from ganart.ui.pages.welcome import WelcomePage
from ganart.workers.run import Job, Run
from ganart.workers.session import Session


def recent_job(recent: RecentProjects) -> Job:
    """Yield one tuple of `RecentProject`. Looking for a folder on a network may take a minute."""

    def job(_poll: Poll) -> Iterator[object]:
        yield recent.list()

    return job


class RecentDesk(QObject):
    """Fills the list on the welcome page and the menu, and greys what is found to be missing."""

    opened = Signal(object)
    """The `Path` of a project to open."""

    def __init__(self, session: Session, page: WelcomePage, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._page = page
        self._menu = menu
        self._exists: dict[Path, bool] = {}
        self._run: Run | None = None
        self._is_stale = False
        page.recent_opened.connect(self._open)
        page.recent_removed.connect(self._forget)
        menu.aboutToShow.connect(self._fill_menu)
        menu.triggered.connect(self._open_chosen)

    @Slot()
    def refresh(self) -> None:
        """List the projects, and look which of them are still there."""
        self._page.show_recent(self._projects())
        if self._run is not None:
            self._is_stale = True
            return
        self._run = self._session.begin_apart(recent_job(self._session.recent), "recent")
        self._run.reported.connect(self._hear)
        self._run.done.connect(self._end)

    def _projects(self) -> tuple[RecentProject, ...]:
        paths = self._session.recent.paths()
        return tuple(RecentProject(path, self._exists.get(path, True)) for path in paths)

    @Slot(object)
    def _hear(self, records: list[tuple[RecentProject, ...]]) -> None:
        self._exists = {project.path: project.exists for found in records for project in found}
        self._page.show_recent(self._projects())
        for action in self._menu.actions():  # it may be open
            action.setEnabled(self._exists.get(action.data(), action.isEnabled()))

    @Slot()
    def _end(self) -> None:
        self._run = None
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        for project in self._projects():
            action = self._menu.addAction(project.path.stem.replace("&", "&&"))
            action.setData(project.path)
            action.setEnabled(project.exists)
            action.setToolTip(QDir.toNativeSeparators(str(project.path)))
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("None yet")).setEnabled(False)
        self.refresh()

    @Slot(QAction)
    def _open_chosen(self, action: QAction) -> None:
        self._open(action.data())

    @Slot(object)
    def _open(self, folder: Path) -> None:
        self.opened.emit(folder)
        self.refresh()  # it may have turned out to be gone, or to be back

    @Slot(object)
    def _forget(self, folder: Path) -> None:
        self._session.forget_recent(folder)
        self._page.show_recent(self._projects())
