"""What every test gets: no need of a display, a home of its own, and a look for what it leaves."""

import os

# Before Qt and torch are imported anywhere: both read these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(QT_SCALE_FACTOR="1", OMP_WAIT_POLICY="passive", PYTHONUTF8="1")

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

SAMPLE_PICTURES = Path(__file__).parents[1] / "resources" / "sample" / "pixel-avatars"
GRACE_S = 5.0
"""How long a thread that was told to end may take; ending in time costs nothing."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a new home, so that none sees the settings of another or of the developer."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("GANART_HOME", str(home / "ganart"))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / "config"))


@pytest.fixture(autouse=True)
def _no_python_thread_left() -> Iterator[None]:
    """Fail a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    # A dummy stands for a foreign thread (such as a QThread) that once ran Python code; it is never
    # taken off the list, so it says nothing. Live QThreads are looked for by the fixture below.
    started = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in started:
        thread.join(GRACE_S)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def _no_qt_work_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QThread, a pool job or an active QTimer behind."""
    if "PySide6.QtCore" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
    from shiboken6 import isValid

    started: dict[type, list[QThread | QTimer]] = {QThread: [], QTimer: []}
    for kind, those in started.items():
        original = kind.start

        def start(self, *args, _original=original, _those=those):
            _those.append(self)
            _original(self, *args)

        monkeypatch.setattr(kind, "start", start)
    yield
    # Widgets closed at the end of a test are deleted only by an event, and their timers with them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    threads = [thread for thread in started[QThread] if isValid(thread)]
    timers = [timer for timer in started[QTimer] if isValid(timer)]
    grace_ms = round(GRACE_S * 1000)
    running = [str(thread.objectName()) for thread in threads if not thread.wait(grace_ms)]
    assert not running, f"QThreads left running: {running}"
    assert QThreadPool.globalInstance().waitForDone(grace_ms), "pool jobs left running"
    ticking = [f"{timer.objectName()} of {timer.parent()}" for timer in timers if timer.isActive()]
    assert not ticking, f"QTimers left ticking: {ticking}"


@pytest.fixture
def pictures_folder(tmp_path: Path) -> Path:
    """Return a folder with 24 small real pictures (64 px PNG) that the test may change."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for path in sorted(SAMPLE_PICTURES.glob("*.png"))[:24]:
        shutil.copy(path, folder)
    return folder
