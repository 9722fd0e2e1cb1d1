"""Whatever nobody caught reaches the log and the window's thread."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread, qWarning
from pytestqt.qtbot import QtBot

from ganart.ui.faults import Faults, start_log

FAULTY_PAINTING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget
from ganart.ui.faults import Faults

class Canvas(QWidget):
    paintings = 0

    def paintEvent(self, event):
        self.paintings += 1
        painter = QPainter(self)
        painter.save()
        if self.paintings < 4:
            QTimer.singleShot(0, self.update)
            raise ValueError("no such brush")
        QTimer.singleShot(0, app.quit)

app = QApplication(sys.argv[:1])
faults = Faults(Path(sys.argv[1]))
faults.caught.connect(lambda report: print(report.text))
faults.install()
window = QWidget()
canvas = Canvas(window)
QTimer.singleShot(0, window.show)
app.exec()
faults.remove()
"""


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Start the log in a folder and return its file."""
    logger = logging.getLogger("ganart")
    before = list(logger.handlers)
    start_log(tmp_path / "logs")
    yield tmp_path / "logs" / "ganart.log"
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def faults(log_file: Path) -> Faults:
    # Not installed: pytest and pytest-qt have hooks of their own in the same places.
    return Faults(log_file.parent)


def test_a_fault_in_any_thread_arrives_in_the_window_s_thread(
    qtbot: QtBot, faults: Faults, log_file: Path
) -> None:
    threads: list[QThread] = []
    faults.caught.connect(lambda _report: threads.append(QThread.currentThread()))

    def fail() -> None:
        try:
            raise ZeroDivisionError("in a thread")
        except ZeroDivisionError as error:
            faults._on_exception(type(error), error, error.__traceback__)

    with qtbot.waitSignal(faults.caught) as blocker:
        thread = threading.Thread(target=fail)
        thread.start()
    thread.join()
    assert blocker.args[0].text == "in a thread"
    assert threads == [QThread.currentThread()]
    assert "ZeroDivisionError: in a thread" in log_file.read_text("utf-8")


def test_installing_and_removing_leaves_the_hooks_as_they_were(
    qtbot: QtBot, faults: Faults, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    monkeypatch.setattr("faulthandler.enable", lambda _file: None)
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    monkeypatch.setattr("ganart.ui.faults.qInstallMessageHandler", lambda _handler: None)
    hooks = sys.excepthook, threading.excepthook
    try:
        assert faults.install() == ""
        assert sys.excepthook == faults._on_exception
    finally:
        faults.remove()
        removed = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = hooks
    assert removed == (sys.__excepthook__, threading.__excepthook__)


def test_what_a_crash_left_behind_is_told_once(
    qtbot: QtBot, faults: Faults, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    monkeypatch.setattr("faulthandler.enable", lambda _file: None)
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    monkeypatch.setattr("ganart.ui.faults.qInstallMessageHandler", lambda _handler: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    (log_file.parent / "faults.txt").write_text("Fatal Python error: Segmentation fault")
    assert "Segmentation fault" in faults.install()
    faults.remove()
    assert faults.install() == ""
    faults.remove()
    assert "Segmentation fault" in log_file.read_text("utf-8")


def test_a_home_that_cannot_be_written_does_not_stop_the_studio(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    logger = logging.getLogger("ganart")
    before = list(logger.handlers)
    start_log(blocked / "logs")
    (added,) = set(logger.handlers) - set(before)
    assert isinstance(added, logging.NullHandler)
    logger.removeHandler(added)


@pytest.mark.qt_log_ignore("a remark of Qt")
def test_qt_s_messages_join_the_log(qtbot: QtBot, log_file: Path) -> None:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from ganart.ui.faults import _on_qt_message

    _on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "a remark of Qt")
    qWarning("a remark of Qt")
    assert "WARNING" in log_file.read_text("utf-8")
    assert "a remark of Qt" in log_file.read_text("utf-8")


def test_a_fault_in_a_paint_event_does_not_end_the_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAULTY_PAINTING, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["no such brush"] * 3
    assert "active painter" not in done.stderr
