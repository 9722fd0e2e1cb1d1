"""How long the window's event loop stalls while a 64 px run trains, or a photo is painted.

Run: python -m tests.bench.stalls [seconds] [preset of a training, or "painting"]
A timer beats every 5 ms in the window's thread; a stall is the time between two beats beyond that.
Reference: the same window with nothing under way, in the same process.
"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from ganart.engine.gan.presets import preset
from ganart.engine.style.presets import paint_preset
from ganart.resources import resource
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.paintings import PaintOrder, PaintStyle
from ganart.workers.run import Run
from ganart.workers.session import Session
from tests.bench.common import machine, sample_project, table

BEAT_MS = 5
PAINTING = "painting"


class Heart(QObject):
    """Notes the time between beats of a timer."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self.gaps_ms.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> np.ndarray:
        """End, and return the stalls in milliseconds."""
        self._timer.stop()
        return np.maximum(0.0, np.array(self.gaps_ms) - BEAT_MS)

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append(1000 * (now - self._last))
        self._last = now


def spin(seconds: float) -> None:
    """Run the event loop for so long, as `QApplication.exec` does."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def begin_painting(window: MainWindow, session: Session) -> Run:
    """Paint a bundled photo with the preset Standard, as a click on the page would."""
    mode = window.pages.currentWidget().show_mode("photo")
    style = PaintStyle(resource("sample/styles/vangogh_Gogh4.jpg"))
    photo = resource("sample/photos/animals_koala.jpg")
    mode.set_photo(photo)
    config = replace(paint_preset("standard").config, iterations=10_000)
    mode.paint(PaintOrder(photo, (style,), config))
    run = session.styling.run("painting")
    assert run is not None
    return run


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    key = sys.argv[2] if len(sys.argv) > 2 else "sketch-64"
    app = QApplication([])
    Theme(app).apply("dark")
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        project = sample_project(Path(parent))
        project.close()
        session, heart = Session(), Heart()
        window = MainWindow(session)
        window.resize(1280, 800)
        window.show()
        session.open_project(project.folder)
        window.pages.show_page("stylize" if key == PAINTING else "train")
        spin(3.0)
        heart.start()
        spin(seconds / 3)
        rows.append(("idle", heart.stop()))
        if key == PAINTING:
            job = begin_painting(window, session)
        else:
            job = session.start_training(replace(preset(key).config, minutes=60.0), key)
        spin(15.0)
        heart.start()
        spin(seconds)
        rows.append((key, heart.stop()))
        job.stop()
        while job.is_running():
            spin(0.1)
        window.close()
        session.shutdown(20.0)
    print(machine())
    print(
        table(
            ["window", "beats", "longest stall ms", "99th percentile ms", "median ms"],
            [
                [
                    name,
                    len(gaps),
                    f"{gaps.max():.0f}",
                    f"{np.percentile(gaps, 99):.1f}",
                    f"{np.median(gaps):.1f}",
                ]
                for name, gaps in rows
            ],
        )
    )


if __name__ == "__main__":
    main()
