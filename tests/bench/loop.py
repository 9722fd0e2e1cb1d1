"""What the whole training loop costs over a bare loop of the same steps, with and without window.

Run: python -m tests.bench.loop [preset] [seconds] [rounds]
Reference: `tests.bench.bare`, alternating with the measured loop in the same process.
"""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from PySide6.QtWidgets import QApplication

from ganart.engine.device import default_threads
from ganart.engine.gan import run
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import read_curves
from ganart.engine.gan.events import Finished, RunStarted, Stats
from ganart.engine.gan.presets import preset
from ganart.engine.gan.state import TrainState
from ganart.project.store import Project
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.bare import bare_rate
from tests.bench.common import machine, prepared_pixels, sample_project, table


def engine_rate(project: Project, config: TrainConfig, key: str) -> float:
    """Return pictures per wall second of a run without a window, files and samples included."""
    begun = last = None
    for event in run.start(project, config, key, lambda: None):
        if isinstance(event, RunStarted):
            begun = time.perf_counter()
        elif isinstance(event, Stats):
            last = event
        elif isinstance(event, Finished):
            ended = time.perf_counter()
    assert begun is not None
    assert last is not None
    return last.pictures / (ended - begun)


def window_rate(app: QApplication, folder: Path, config: TrainConfig, key: str) -> float:
    """Return pictures per wall second of a run started from the window, on the Train page."""
    session = Session()
    window = MainWindow(session)
    window.resize(1280, 800)
    window.show()
    session.open_project(folder)
    window.pages.show_page("train")
    training = session.start_training(config, key)
    begun: list[float] = []

    def note(events: list[object]) -> None:
        if not begun and any(isinstance(event, RunStarted) for event in events):
            begun.append(time.perf_counter())

    training.reported.connect(note)
    while training.is_running():
        app.processEvents()
        time.sleep(0.002)
    ended = time.perf_counter()
    runs = sorted((folder / "runs").iterdir())
    pictures = read_curves(runs[-1])["pictures"][-1]
    window.close()
    session.shutdown(10.0)
    return float(pictures / (ended - begun[0]))


def main() -> None:
    """Print the table."""
    key = sys.argv[1] if len(sys.argv) > 1 else "sketch-32"
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30.0
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    torch.set_num_threads(default_threads())
    config = replace(preset(key).config, minutes=seconds / 60)
    app = QApplication([])
    Theme(app).apply("dark")
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        project = sample_project(Path(parent))
        pixels = prepared_pixels(project, config.side)
        for number in range(rounds):
            bare = bare_rate(config, TrainState.fresh(config, pixels, torch.device("cpu")), seconds)
            engine = engine_rate(project, config, key)
            project.close()
            windowed = window_rate(app, project.folder, config, key)
            project = run_again(project.folder)
            rows.append((number + 1, bare, engine, windowed))
            print("round", *(f"{value:.0f}" for value in rows[-1]), file=sys.stderr)
        project.close()
    print(machine())
    body = [
        [
            number,
            f"{bare:.0f}",
            f"{engine:.0f}",
            f"{bare / engine:.3f}",
            f"{windowed:.0f}",
            f"{bare / windowed:.3f}",
        ]
        for number, bare, engine, windowed in rows
    ]
    print(
        table(["round", "bare pictures/s", "engine", "bare/engine", "window", "bare/window"], body)
    )
    for column, name in ((2, "engine"), (3, "window")):
        ratio = statistics.median(row[1] / row[column] for row in rows)
        print(f"{key}: the {name} costs {100 * (ratio - 1):.1f} % over the bare loop (median)")


def run_again(folder: Path) -> Project:
    """Open the project again after the window closed it."""
    from ganart.project.store import open_project

    return open_project(folder)


if __name__ == "__main__":
    main()
