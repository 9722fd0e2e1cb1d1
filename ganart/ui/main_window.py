"""The main window: the rail, the pages, the menus and the status bar."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMargins, QSettings, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ganart.errors import StudioError
from ganart.project.store import Project
from ganart.settings.paths import window_file
from ganart.ui.actions import Actions
from ganart.ui.drops import Drops, DropVeil, local_paths
from ganart.ui.error_queue import ErrorQueue
from ganart.ui.help_desk import HelpDesk
from ganart.ui.icons import app_icon
from ganart.ui.interrupted import InterruptedWork
from ganart.ui.model_desk import ModelDesk
from ganart.ui.notice_bar import NoticeBar
from ganart.ui.outside import open_outside
from ganart.ui.pack_offer import PackOffer
from ganart.ui.page_stack import PageStack
from ganart.ui.photo_desk import PhotoDesk
from ganart.ui.project_desk import ProjectDesk
from ganart.ui.rail import Rail
from ganart.ui.recent_desk import RecentDesk
from ganart.ui.status_desk import StatusDesk
from ganart.ui.tour_desk import TourDesk
from ganart.ui.training_commands import TrainingCommands
from ganart.ui.update_desk import UpdateDesk
from ganart.ui.widgets.text import told
from ganart.workers.session import Session

_NAME = "GanArt Studio"
_FIRST_SIZE = QSize(1280, 800)
_FRAME = QMargins(8, 40, 8, 8)
"""What systems put around a window, or a little more."""
_MODAL_MS = 300
_SHUTDOWN_S = 2.0
"""The jobs have ended by then, or the person chose not to wait for them."""


class MainWindow(QMainWindow):
    """Puts the parts together and says in its title and status bar how things stand."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._percent = ""
        self.commands = Actions(self)
        self.desk = ProjectDesk(session, self)
        self.drops = Drops(session, self)
        self.training_commands = TrainingCommands(session, self.commands, self)
        self.errors = ErrorQueue(self)
        self.pages = PageStack(session)
        self.notice = NoticeBar()
        self.interrupted = InterruptedWork(session, self.notice, self.pages, self)
        self.photos = PhotoDesk(session, self.pages, self.desk, self.notice)
        make_project = self.desk.create_for_model
        self.models = ModelDesk(session, self.notice, self.pages, make_project, self)
        self.rail = Rail(list(self.commands.pages.values()))
        self.status = StatusDesk(session, self.commands, self)
        self.help = HelpDesk(session, self)
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setCentralWidget(self._arranged())
        self.veil = DropVeil(self)
        recent_menu = self.commands.fill(self.menuBar())
        self.recent = RecentDesk(session, self.pages.welcome, recent_menu, self)
        self.commands.histories.addStack(session.undo)
        chip = self.status.device_chip
        self.tour = TourDesk(session, self, self.rail, self.pages, self.desk, chip)
        self.pack_offer = PackOffer(session, self.notice, self)
        self.updates = UpdateDesk(session, self.notice, self)
        self._connect_commands()
        self._connect_parts()
        self._connect_session()
        self._on_project_closed()
        self._restore_geometry()

    def _arranged(self) -> QWidget:
        content = QVBoxLayout()
        content.setSpacing(0)
        content.addWidget(self.notice)
        content.addWidget(self.pages, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(content, 1)
        return centre

    def _connect_commands(self) -> None:
        commands = self.commands
        slots: dict[QAction, Callable[[], object]] = {
            commands.new_project: self.desk.create,
            commands.open_project: self.desk.choose,
            commands.open_sample: self.desk.open_sample,
            commands.add_pictures: self.desk.adding.choose_folder,
            commands.paste: self.desk.adding.paste,
            commands.scan: self._session.scan,
            commands.import_model: self.models.choose,
            commands.give_model: self.models.give_any_away,
            commands.reveal: self._reveal_project,
            commands.close_project: self.desk.close,
            commands.settings: self.help.show_settings,
            commands.quit: self.close,
            commands.full_screen: self._toggle_full_screen,
            commands.lesson: self._open_lesson,
            commands.tour: self.tour.begin,
            commands.graphics_card: self.help.show_graphics_card,
            commands.checkup: self.help.check_up,
            commands.open_log: self.help.reveal_log,
            commands.updates: self.updates.show,
            commands.about: self.help.show_about,
        }
        for action, slot in slots.items():
            action.triggered.connect(slot)
        for page in commands.pages.values():
            page.triggered.connect(self._on_page_chosen)

    def _connect_parts(self) -> None:
        welcome = self.pages.welcome
        welcome.new_asked.connect(self.desk.create)
        welcome.open_asked.connect(self.desk.choose)
        welcome.sample_asked.connect(self.desk.open_sample)
        welcome.stylize_asked.connect(self.photos.begin)
        welcome.lesson_asked.connect(self._open_lesson)
        welcome.tour_asked.connect(self.tour.begin)
        self.recent.opened.connect(self.desk.open)
        self.pages.add_asked.connect(self.desk.adding.choose_folder)
        self.pack_offer.wanted.connect(self.help.show_graphics_card)
        self.pages.page_shown.connect(self._on_page_shown)
        self.drops.project_found.connect(self.desk.open)
        self.drops.pictures_found.connect(self.photos.take)
        self.drops.stylized_found.connect(self.photos.reopen)
        self.drops.models_found.connect(self.models.take)
        self.pages.give_wanted.connect(self.models.give_away)
        self.drops.recipe_found.connect(self.pages.open_recipe)
        self.status.percent_changed.connect(self._on_percent)

    def _connect_session(self) -> None:
        self._session.project_opened.connect(self._on_project_opened)
        self._session.project_closed.connect(self._on_project_closed)
        self._session.warned.connect(self.show_warning)
        self._session.failed.connect(self.errors.tell)

    # Pages and projects

    @Slot()
    def _on_page_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.pages.show_page(str(action.data()))

    @Slot(str)
    def _on_page_shown(self, key: str) -> None:
        # The Stylize page has a way back of its own.
        has_own = key == "stylize"
        self.commands.histories.setActiveStack(
            self.commands.no_history if has_own else self._session.undo
        )
        # Other pages paste into places of their own.
        self.commands.paste.setEnabled(key == "dataset")
        if key:
            self.commands.pages[key].setChecked(True)
        if not self.rail.isAncestorOf(self.focusWidget() or self):
            self.pages.take_focus()

    @Slot(object)
    def _on_project_opened(self, project: Project) -> None:
        self._allow_project(True)
        self.pages.show_page("dataset")

    @Slot()
    def _on_project_closed(self) -> None:
        self._allow_project(False)
        self.notice.clear()
        self.recent.refresh()
        self.pages.show_page("")

    @Slot()
    def _open_lesson(self) -> None:
        """Open the lesson on the project's pictures, or on those of the sample project."""
        if self._session.project is None:
            self.desk.open_sample()
        if self._session.project is not None:
            self.pages.show_lesson()

    def _allow_project(self, is_open: bool) -> None:
        for action in self.commands.of_a_project:
            action.setEnabled(is_open)
        self.rail.setVisible(is_open)
        self._show_title()

    @Slot(str)
    def _on_percent(self, percent: str) -> None:
        self._percent = percent
        self._show_title()

    def _show_title(self) -> None:
        project = self._session.project
        parts = [self._percent, project.name if project else "", _NAME]
        self.setWindowTitle(" — ".join(part for part in parts if part))

    @Slot()
    def _reveal_project(self) -> None:
        if self._session.project is not None:
            open_outside(self._session.project.folder, self)

    # News and troubles

    @Slot(object)
    def show_warning(self, error: StudioError) -> None:
        """Tell a trouble that ended nothing."""
        self.notice.tell(told(error, ""))

    # The window itself

    @Slot()
    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take files of this computer."""
        if local_paths(event.mimeData()) and event.source() is None:
            _accept_copy(event)
            self.veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the offer back."""
        self.veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self.veil.hide()
        _accept_copy(event)
        paths = local_paths(event.mimeData())
        # After the drop has ended: the program that it came from waits until then.
        QTimer.singleShot(0, self, lambda: self._take(paths))

    def _take(self, paths: list[Path]) -> None:
        if not self.pages.take_dropped(paths):
            self.drops.take(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Look what has changed while the person was elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._session.sources.look()
            self._session.watcher.look_again()

    @Slot(object)
    def welcome_back(self, paths: list[Path]) -> None:
        """Come to the front, for the studio was started once more, and open what it was to open."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self.take_when_free(paths)

    def take_when_free(self, paths: list[Path]) -> None:
        """Open what was asked for; a dialog that is open now is to be answered first."""
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(_MODAL_MS, self, lambda: self.take_when_free(paths))
        elif paths:
            self.drops.take(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about a running training, save and stop everything, then close."""
        if not self.desk.may_leave(quitting=True):
            event.ignore()
            return
        _store().setValue("geometry", self.saveGeometry())
        self.hide()
        self._session.shutdown(_SHUTDOWN_S)
        event.accept()

    def _restore_geometry(self) -> None:
        self.resize(first_size(self.screen().availableSize()))
        geometry = _store().value("geometry")
        if geometry:
            self.restoreGeometry(geometry)


def first_size(available: QSize) -> QSize:
    """Return how large the window is at first, so that a screen has room for it and its frame."""
    return _FIRST_SIZE.boundedTo(available.shrunkBy(_FRAME))


def _store() -> QSettings:
    return QSettings(str(window_file()), QSettings.Format.IniFormat)


def _accept_copy(event: QDropEvent) -> None:
    """Accept, and say that nothing is moved: the other program would delete what was moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
