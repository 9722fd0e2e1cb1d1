"""Keeps the loop of a project in a document of its own."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from ganart.errors import StudioError
from ganart.media.composition import Composition
from ganart.project.documents import Damaged
from ganart.ui.pages.explore.exploration import Exploration
from ganart.workers.loops import keep_loop, loop_path, open_loop
from ganart.workers.run import Run

_KEEP_AFTER_MS = 500
_WAIT_S = 5.0


class LoopKeeper(QObject):
    """Reads it when a project is opened, writes it soon after each change and when it is closed."""

    opened = Signal(object)
    """The `Composition` of the project that was opened, or None."""
    troubled = Signal(str)

    def __init__(self, exploration: Exploration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = exploration.session
        self._composition: Composition | None = None
        self._writing: Run | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self._write)
        self._session.project_opened.connect(self.open)
        self._session.project_closing.connect(self._on_closing)
        self._session.project_closed.connect(self.open)

    def keep(self, composition: Composition | None) -> None:
        """Write this loop soon."""
        self._composition = composition
        self._timer.start()

    @Slot()
    def open(self) -> None:
        """Read the loop of the open project; without one there is no loop."""
        project = self._session.project
        self._composition = None
        if project is not None:
            try:
                self._composition = open_loop(loop_path(project))
            except (Damaged, StudioError, OSError):
                # It is replaced only when the artist composes another one.
                self.troubled.emit(
                    QCoreApplication.translate(
                        "LoopTab",
                        "The loop of this project cannot be read. Compose another, or put back "
                        "the file explore/loop.json of a backup.",
                    )
                )
        self.opened.emit(self._composition)

    @Slot()
    def _write(self) -> None:
        project = self._session.project
        if project is None:
            return
        if self._writing is not None and self._writing.is_running():
            self._timer.start()  # of two writers the older could be the last
            return
        self._writing = self._session.begin(
            keep_loop(loop_path(project), self._composition), "loop"
        )

    @Slot()
    def _on_closing(self) -> None:
        if self._writing is not None:
            self._writing.wait(_WAIT_S)
        if self._timer.isActive():
            self._timer.stop()
            self._write()
            if self._writing is not None:
                self._writing.wait(_WAIT_S)
