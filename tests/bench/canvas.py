"""How long the canvas takes from a move of the mouse to the new picture, and to refill its field.

Run: python -m tests.bench.canvas [moves]
The whole window is shown, on untrained models of the Sketch presets. A move is a drag of the map by
a few pixels; it ends when the new picture has been painted. While the mouse drags without a pause,
the last picture must be that of the last move. A refill begins at a far place with nothing drawn.
Reference: the bare time of rendering one picture, in the same process.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.models import LIVE
from ganart.engine.gan.presets import preset
from ganart.engine.gan.state import TrainState
from ganart.engine.latent.render import Model
from ganart.media.lattice import place_of_seed
from ganart.media.point import Point
from ganart.project.runs import Runs
from ganart.project.store import Project, create_project
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.common import machine, table
from tests.bench.stalls import spin

PRESETS = ("sketch-64", "sketch-128")
TILES = 100
FAR_SEED = 4_000_000
"""Far from whatever was drawn before."""


def keep_model(project: Project, key: str) -> Path:
    """Leave an untrained model of a preset in a run of its own."""
    config = preset(key).config
    runs = Runs(project.runs_folder)
    path = runs.folder(runs.create({"side": config.side}, key).id) / LIVE
    black = np.zeros((2, config.side, config.side, 3), np.uint8)
    state = TrainState.fresh(config, black, torch.device("cpu"))
    save_model(path, state, model_info(config, state, key, "data"))
    return path


def wait_for(condition: Callable[[], bool]) -> None:
    """Run the window's event loop, as the program does, until something holds."""
    loop = QEventLoop()
    beat = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
    beat.timeout.connect(lambda: condition() and loop.quit())
    beat.start()
    loop.exec()


class Hand:
    """Drags the map of a page, as a mouse would."""

    def __init__(self, page: ExplorePage) -> None:
        self._page = page
        self._map = page.canvas.map
        self._at = QPointF(self._map.rect().center() + QPoint(120, 60))
        self.newest: Point | None = None
        self.drawn: list[Point] = []
        page.exploration.rendered.connect(self._note)
        self._send(QMouseEvent.Type.MouseButtonPress)

    def _note(self, result: object) -> None:
        if getattr(result, "tag", "") == "picture":
            self.drawn.append(result.points[0])  # type: ignore[attr-defined]  # a PreviewResult

    def _send(self, kind: QMouseEvent.Type) -> None:
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, self._at, self._at, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._map, event)

    def move(self, number: int) -> None:
        """Drag by a few pixels, around in a large circle."""
        self._at += QPointF(7 * np.cos(number / 20), 7 * np.sin(number / 20))
        self._send(QMouseEvent.Type.MouseMove)
        self.newest = self._page.exploration.point

    def is_drawn(self) -> bool:
        """Whether the last picture is that of the last move."""
        return bool(self.drawn) and self.drawn[-1] == self.newest

    def let_go(self) -> None:
        """End the drag."""
        self._send(QMouseEvent.Type.MouseButtonRelease)


def time_moves(page: ExplorePage, moves: int) -> np.ndarray:
    """Return the milliseconds from each move to its picture, painted."""
    hand, taken = Hand(page), []
    for number in range(moves):
        begun = time.perf_counter()
        hand.move(number)
        wait_for(hand.is_drawn)
        page.easel.view.repaint()
        page.canvas.map.repaint()
        taken.append(1000 * (time.perf_counter() - begun))
    hand.let_go()
    return np.array(taken)


def count_stale(page: ExplorePage, moves: int) -> int:
    """Return in how many of ten drags without a pause an older picture came last."""
    stale = 0
    for _ in range(10):
        hand = Hand(page)
        for number in range(moves // 10):
            hand.move(number)
            spin(0.004)
        hand.let_go()
        wait_for(lambda: page.canvas.thumbs.is_complete() and not page.canvas.map.is_waiting())
        wait_for(hand.is_drawn)
        stale += not hand.is_drawn()
    return stale


def time_refill(page: ExplorePage, seed: int) -> tuple[float, float]:
    """Return the seconds until a field of TILES new tiles is drawn, and until its middle is."""
    canvas = page.canvas
    canvas.map.cell = 1.001 * np.sqrt(canvas.map.width() * canvas.map.height() / TILES)
    wait_for(lambda: canvas.thumbs.is_complete() and not canvas.map.is_waiting())
    drawn: list[Point] = []

    def note(result: object) -> None:
        if getattr(result, "tag", "") == "picture":
            drawn.append(result.points[0])  # type: ignore[attr-defined]  # a PreviewResult

    page.exploration.rendered.connect(note)
    begun = time.perf_counter()
    canvas.go_to(place_of_seed(seed), True)
    wait_for(lambda: page.exploration.point in drawn)
    middle = time.perf_counter() - begun
    wait_for(lambda: not canvas.map.is_waiting() and canvas.thumbs.is_complete())
    page.exploration.rendered.disconnect(note)
    return time.perf_counter() - begun, middle


def time_bare(path: Path) -> float:
    """Return the median milliseconds of rendering one picture."""
    model, taken = Model.load(path), []
    for seed in range(60):
        begun = time.perf_counter()
        model.render([Point.between(seed, seed + 1, 0.5)])
        taken.append(1000 * (time.perf_counter() - begun))
    return float(np.median(taken))


def measure(key: str, moves: int) -> list[object]:
    """Return a row of the table."""
    with tempfile.TemporaryDirectory() as parent:
        project = create_project(Path(parent) / "bench.ganart")
        path = keep_model(project, key)
        project.close()
        session = Session()
        window = MainWindow(session)
        window.resize(1280, 800)
        window.show()
        session.open_project(project.folder)
        window.pages.show_page("explore")
        page = window.pages.currentWidget()
        assert isinstance(page, ExplorePage)
        wait_for(lambda: not page.easel.view.image().isNull())
        wait_for(lambda: page.canvas.thumbs.is_complete() and not page.canvas.map.is_waiting())
        taken = time_moves(page, moves)
        stale = count_stale(page, moves)
        refills = [time_refill(page, FAR_SEED * number) for number in range(1, 6)]
        tiles = len(page.canvas.map.tiles())
        window.close()
        session.shutdown(20.0)
        bare = time_bare(path)
    seconds = float(np.median([each for each, _ in refills]))
    middle = 1000 * float(np.median([each for _, each in refills]))
    return [
        key,
        f"{bare:.1f}",
        f"{np.median(taken):.1f}",
        f"{np.percentile(taken, 95):.1f}",
        f"{np.median(taken) / bare:.2f}",
        tiles,
        f"{seconds * TILES / tiles:.2f}",
        f"{middle:.0f}",
        stale,
    ]


def main() -> None:
    """Print the table."""
    moves = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    app = QApplication([])
    Theme(app).apply("dark")
    rows = [measure(key, moves) for key in PRESETS]
    print(machine())
    header = [
        "preset",
        "bare render ms",
        "move to picture ms (median)",
        "95th percentile ms",
        "ratio to bare",
        "tiles seen",
        f"s for {TILES} tiles",
        "picture meanwhile ms",
        "stale pictures last",
    ]
    print(table(header, rows))


if __name__ == "__main__":
    main()
