"""The one path of everything that nobody caught: into the log, then to the person, once."""

import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.run import ErrorReport

LOG_BYTES = 2**20
LOG_FILES = 3
_FAULTS = "faults.txt"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger("ganart")


class EndedUnexpectedly(StudioError):
    """The program crashed the last time."""

    title = QT_TRANSLATE_NOOP("errors", "After an unexpected end")
    happened = QT_TRANSLATE_NOOP("errors", "The studio ended unexpectedly the last time.")
    safe = QT_TRANSLATE_NOOP(
        "errors", "What was saved is kept, and a training can go on from its last checkpoint."
    )
    remedy = QT_TRANSLATE_NOOP(
        "errors", "You can go on. If it comes back, copy the details and report them."
    )


def start_log(folder: Path) -> None:
    """Write the log to `folder`, in a few files of limited size. Without a folder, to nowhere."""
    handler: logging.Handler
    logging.raiseExceptions = False  # on a full disk each line would print a traceback
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "ganart.log",
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES - 1,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:  # a read-only home must not keep the studio from working
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


class Faults(QObject):
    """Catches what nobody caught, in any thread, and tells it in the window's thread."""

    caught = Signal(object)
    """An `ErrorReport`."""
    _raised = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = folder / _FAULTS
        self._file: IO[bytes] | None = None
        # The hooks run in the thread of the fault; a dialog may only open in this one.
        self._raised.connect(self.caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> str:
        """Take over from here on; returns what a crash of the program left behind the last time."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)
        left = ""
        try:
            if self._path.exists():
                left = self._path.read_text("utf-8", errors="replace").strip()
            self._file = self._path.open("wb")
            faulthandler.enable(self._file)
        except OSError as error:
            _log.warning("no file for crashes: %s", error)
        if left:
            _log.error("the last time ended in a crash:\n%s", left)
        return left

    def remove(self) -> None:
        """Give everything back; the program ends well."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        frames: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, frames)
            return
        report = ErrorReport.of(error.with_traceback(frames))
        _let_go_of_frames()
        _log.error("not caught: %s", report.traceback)
        self._raised.emit(report)

    def _on_thread_exception(self, fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None:
            self._on_exception(fault.exc_type, fault.exc_value, fault.exc_traceback)


def _let_go_of_frames() -> None:
    """Undo Python's keeping of the last fault for debuggers: a painter that lives on in the frames
    of a paint event, past that event, crashes Qt.
    """
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        vars(sys).pop(name, None)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
