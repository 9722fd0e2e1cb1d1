"""The board of the open project: changed with a way back, and written away from the window."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganart.engine.asks import Poll
from ganart.errors import StudioError
from ganart.media.board import Board, load_board, save_board
from ganart.project.documents import Damaged
from ganart.text import QT_TRANSLATE_NOOP
from ganart.ui.undo import Change
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session

DOCUMENT = "canvas.json"
_SAVE_AFTER_MS = 500
_DAMAGED = ".damaged"


class CanvasDamaged(StudioError):
    """A notice. Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{path}, which holds the anchors and bookmarks of Explore, cannot be read."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The file is kept under the same name and .damaged.")
    remedy = QT_TRANSLATE_NOOP("errors", "The canvas begins without anchors and bookmarks.")


class BoardKeeper(QObject):
    """Holds the `Board` of the project that is open."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self.board = Board()
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)
        session.project_opened.connect(self._load)
        session.project_closing.connect(self._flush)
        session.project_closed.connect(self._forget)
        self._load()

    def change(self, board: Board, text: str, control: str = "") -> None:
        """Let another board hold, with a way back as `Change` has it."""
        if board != self.board:
            self._session.undo.push(Change(text, self._put, self.board, board, control))

    def _put(self, board: Board) -> None:
        self.board = board
        self._timer.start()
        self.changed.emit()

    @Slot()
    def _load(self) -> None:
        path, self.board = self._path(), Board()
        if path is not None:
            try:
                self.board = load_board(path)
            except (Damaged, OSError):
                with suppress(OSError):
                    path.replace(path.with_name(path.name + _DAMAGED))
                self._session.warned.emit(CanvasDamaged(path=path))
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self._timer.stop()
        self.board = Board()
        self.changed.emit()

    @Slot()
    def _save(self) -> None:
        path = self._path()
        if path is None:
            return
        if self._run is not None:  # one after the other, so that the newest is written last
            self._timer.start()
            return
        self._run = self._session.begin(_saving(self.board, path), "canvas")
        self._run.done.connect(self._on_saved)

    @Slot()
    def _on_saved(self) -> None:
        self._run = None

    @Slot()
    def _flush(self) -> None:
        """Write what the timer would have written too late."""
        path = self._path()
        if path is None or not self._timer.isActive():
            return
        self._timer.stop()
        if self._run is not None:
            self._run.wait(10.0)
        try:
            save_board(self.board, path)
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))

    def _path(self) -> Path | None:
        project = self._session.project
        return project.folder / "explore" / DOCUMENT if project is not None else None


def _saving(board: Board, path: Path) -> Job:
    def job(_poll: Poll) -> Iterator[object]:
        save_board(board, path)
        yield from ()

    return job
