"""The program as a whole, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from ganart.app import load_language

EMPTY_TRANSLATION = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
"""What every file of Qt's translations begins with."""

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from ganart.ui import main_window

class Window(main_window.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.report)

    def report(self):
        loaded = {"torch", "pyqtgraph", "numpy", "PIL"} & set(sys.modules)
        print(ascii(self.windowTitle()), sorted(loaded), self.layoutDirection().name, flush=True)
        ACT
        QTimer.singleShot(200, self.finish)

    def finish(self):
        print(self.errors.dialog.message() if self.errors.dialog else "no error", flush=True)
        if self.errors.dialog:
            self.errors.dialog.reject()
        self.close()

main_window.MainWindow = Window
import ganart.app
ganart.app.MainWindow = Window
ganart.app._WARM_UP_MS = 100_000
sys.exit(ganart.app.main(sys.argv[1:]))
"""


def run(*arguments: str, act: str = "pass", **environment: str) -> list[str]:
    """Start the studio, let it `act`, close it, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("ACT", act), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_window_comes_up_before_anything_heavy_is_loaded() -> None:
    assert run() == ["'GanArt Studio' [] LeftToRight", "no error"]


def test_a_project_named_on_the_command_line_is_opened(tmp_path: Path) -> None:
    from ganart.project.store import create_project

    create_project(tmp_path / "Tiles").close()
    title = run(str(tmp_path / "Tiles.ganart"), act="print(self.windowTitle())")
    assert "Tiles — GanArt Studio" in title


def test_a_fault_in_a_slot_is_told_and_the_studio_goes_on() -> None:
    printed = run(act="QTimer.singleShot(0, lambda: 1 / 0)")
    assert "division by zero" in printed[-1]
    home = Path(os.environ["GANART_HOME"])
    assert "ZeroDivisionError" in (home / "logs" / "ganart.log").read_text("utf-8")


def test_a_crash_of_the_last_time_is_told_in_sentences() -> None:
    logs = Path(os.environ["GANART_HOME"]) / "logs"
    logs.mkdir(parents=True)
    (logs / "faults.txt").write_text("Fatal Python error: Segmentation fault")
    assert run()[-1].startswith("The studio ended unexpectedly the last time. What was saved")


def test_a_crash_of_the_last_time_is_told_before_what_was_to_be_opened(tmp_path: Path) -> None:
    logs = Path(os.environ["GANART_HOME"]) / "logs"
    logs.mkdir(parents=True)
    (logs / "faults.txt").write_text("Fatal Python error: Segmentation fault")
    notes = tmp_path / "notes.txt"
    notes.write_text("words")
    act = (
        "self.opened = []; self.drops.take = self.opened.append; "
        "QTimer.singleShot(150, lambda: print(self.opened))"
    )
    printed = run(str(notes), act=act)
    assert printed[-2] == "[]"
    assert printed[-1].startswith("The studio ended unexpectedly the last time.")


def test_a_language_without_a_translation_leaves_the_window_english() -> None:
    assert run(LC_ALL="fa_IR.UTF-8", LANGUAGE="fa")[0].endswith("LeftToRight")


def test_a_translation_from_right_to_left_mirrors_the_window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ganart_fa.qm").write_bytes(EMPTY_TRANSLATION)
    monkeypatch.setattr("ganart.app.resource", lambda _name: tmp_path)
    before = QLocale()
    try:
        load_language(qapp, "fa")
        assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    finally:
        QLocale.setDefault(before)
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()
