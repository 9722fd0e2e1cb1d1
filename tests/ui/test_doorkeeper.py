"""A second start hands over what it was to open."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ganart.ui.doorkeeper import Doorkeeper, hand_over, server_name
from ganart.ui.main_window import MainWindow
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

WAIT_S = WAIT_MS / 1000

SCRIPT = """
import sys
from pathlib import Path
from ganart.ui import doorkeeper
doorkeeper._WAIT_MS = int(sys.argv[1])
sys.exit(0 if doorkeeper.hand_over([Path(each) for each in sys.argv[2:]]) else 3)
"""


def start(*paths: str, wait_ms: int = 60_000) -> "subprocess.Popen[bytes]":
    """Hand paths over from another process, which returns 0 if they were taken, 3 if not."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(wait_ms), *paths], env=environment)


def test_a_second_start_hands_its_paths_over(qtbot: QtBot) -> None:
    keeper = Doorkeeper()
    odd = "caf\udce9 – ۱.ganart" if sys.platform != "win32" else "café – ۱.ganart"
    with qtbot.waitSignal(keeper.came, timeout=WAIT_MS) as came:
        answer = start("a b.ganart", odd)
    assert came.args == [[Path("a b.ganart"), Path(odd)]]
    qtbot.waitUntil(lambda: answer.poll() is not None, timeout=WAIT_MS)
    assert answer.returncode == 0
    with qtbot.waitSignal(keeper.came, timeout=WAIT_MS) as came:
        answer = start()
    assert came.args == [[]]
    assert answer.wait(WAIT_S) == 0


def test_a_dialog_that_follows_outlives_the_connection(qtbot: QtBot) -> None:
    keeper = Doorkeeper()
    within: list[bool] = []

    def ask() -> None:
        callers = {frame.name for frame in traceback.extract_stack()}
        within.append(Doorkeeper._on_message.__name__ in callers)
        dialog = QDialog()
        closing = QTimer(dialog)
        closing.timeout.connect(lambda: answer.poll() is None or dialog.accept())
        closing.start(100)
        dialog.exec()
        closing.stop()

    keeper.came.connect(ask)
    answer = start("a.ganart")
    qtbot.waitUntil(lambda: bool(within) and answer.poll() is not None, timeout=WAIT_MS)
    assert answer.returncode == 0
    assert within == [False]  # else the socket is deleted while it calls


def test_without_a_window_there_is_nobody_to_take_it() -> None:
    assert not hand_over([Path("a.ganart")])


def test_a_window_that_hangs_is_left_alone(qtbot: QtBot) -> None:
    keeper = Doorkeeper()
    assert start("a.ganart", wait_ms=300).wait(WAIT_S) == 3  # who would answer waits here
    keeper.deleteLater()


def test_people_and_folders_of_settings_have_doors_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = server_name()
    monkeypatch.setenv("GANART_HOME", str(tmp_path / "other"))
    assert server_name() != ours


@pytest.mark.parametrize("message", [b"\n", b"{}\n", b"[1]\n", b"\xff\n", b"[" * 10_000 + b"\n"])
def test_what_no_start_would_write_is_sent_away(qtbot: QtBot, message: bytes) -> None:
    keeper = Doorkeeper()
    came: list[object] = []
    keeper.came.connect(came.append)
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    assert socket.waitForConnected(5000)
    with qtbot.waitSignal(socket.disconnected, timeout=WAIT_MS):
        socket.write(message)
    assert came == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes vanish with their process there")
def test_a_door_that_a_crash_left_is_replaced(qtbot: QtBot) -> None:
    script = (
        "import os, sys; from PySide6.QtCore import QCoreApplication;"
        "from ganart.ui.doorkeeper import Doorkeeper; app = QCoreApplication([]);"
        "keeper = Doorkeeper(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert not hand_over([])
    keeper = Doorkeeper()
    with qtbot.waitSignal(keeper.came, timeout=WAIT_MS):
        answer = start()
    assert answer.wait(WAIT_S) == 0


def test_the_window_opens_the_project_even_after_a_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session()
    assert session.create_project(tmp_path / "Asked for")
    asked = session.project
    assert asked is not None
    assert session.close_project()
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    dialog = QDialog(window)
    seen: list[object] = []
    QTimer.singleShot(0, lambda: window.welcome_back([asked.folder]))
    QTimer.singleShot(500, lambda: (seen.append(session.project), dialog.reject()))
    dialog.exec()
    assert seen == [None]
    qtbot.waitUntil(lambda: session.project is not None, timeout=WAIT_MS)
    assert session.project is not None
    assert session.project.folder == asked.folder
    assert session.shutdown(20)
