"""The breeding board as it is kept in the project: read and written away from the window."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganart.engine.asks import Poll
from ganart.engine.latent.breeding import children as children
from ganart.errors import StudioError
from ganart.files import make_folder
from ganart.media.breeding_board import Board
from ganart.media.recipe_checks import BadRecipe
from ganart.project.documents import Damaged, read_document, write_document
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session

SCHEMA = 1
_FOLDER = "explore"
_NAME = "breeding.json"
_DELAY_MS = 400


class BoardDamaged(StudioError):
    """The kept board cannot be read. Details: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "The breeding board of this project cannot be read.")
    safe = QT_TRANSLATE_NOOP("errors", "Its file was put aside as {path}; a new board begins.")


def read_board(path: Path) -> Board:
    """Return the board that is kept in a file, an empty one where there is no file.

    Raises `BoardDamaged`, after the file was put aside.
    """
    try:
        return Board.from_values(_ours(read_document(path)))
    except OSError:
        return Board()
    except (Damaged, BadRecipe) as error:
        aside = path.with_suffix(".damaged.json")
        with suppress(OSError):
            path.replace(aside)
        raise BoardDamaged(path=aside) from error


def _ours(document: dict[str, Any]) -> dict[str, Any]:
    if document["schema"] > SCHEMA:
        raise Damaged("it is of a newer version")
    return document


def write_board(path: Path, board: Board) -> None:
    """Keep a board in a file. Raises `DiskFull`, `FolderNotWritable`."""
    make_folder(path.parent)
    write_document(path, {"schema": SCHEMA, **board.to_values()})


class BoardKeeper(QObject):
    """Keeps the board of the open project a moment after each change, and brings it back."""

    recalled = Signal(object)
    """The `Board` of a project that was opened."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Board | None = None
        self._is_recalling = False
        self._run: Run | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._write)
        session.project_opened.connect(self.recall)
        session.project_closing.connect(self._flush)
        if session.project is not None:
            self.recall()

    def keep(self, board: Board) -> None:
        """Write a board soon."""
        self._is_recalling = False  # what is kept now is newer
        self._wanted = board
        self._timer.start()

    @Slot()
    def recall(self) -> None:
        """Read the board of the project that is open."""
        path = self._path()
        if path is None:
            return

        def job(_poll: Poll) -> Iterator[object]:
            yield read_board(path)

        self._is_recalling = True
        run = self._session.begin(job, "board", announce=False)
        run.reported.connect(self._on_read)
        run.failed.connect(self._on_failed)

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        if self._is_recalling:
            self.recalled.emit(records[0])

    @Slot()
    def _write(self) -> None:
        path, board = self._path(), self._wanted
        if path is None or board is None or self._run is not None:
            return
        self._wanted = None
        self._run = self._session.begin(_writing(path, board), "board", announce=False)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_written)

    @Slot()
    def _on_written(self) -> None:
        self._run = None
        if self._wanted is not None:
            self._timer.start()

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        if report.error is not None:
            self._session.warned.emit(report.error)
        else:
            self._session.failed.emit(report)

    @Slot()
    def _flush(self) -> None:
        """Write what is not yet written before the project closes."""
        if self._run is not None:
            self._run.wait(5)
        self._timer.stop()
        path, board = self._path(), self._wanted
        self._wanted = None
        if path is not None and board is not None:
            try:
                write_board(path, board)
            except StudioError as error:
                self._session.warned.emit(error)

    def _path(self) -> Path | None:
        project = self._session.project
        return None if project is None else project.folder / _FOLDER / _NAME


def _writing(path: Path, board: Board) -> Job:
    def job(_poll: Poll) -> Iterator[object]:
        write_board(path, board)
        return iter(())

    return job
