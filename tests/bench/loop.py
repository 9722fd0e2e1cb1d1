"""What the whole training loop costs over a bare loop of the same steps, with and without window.

Run: python -m tests.bench.loop [preset] [seconds] [rounds]
Reference: `tests.bench.bare`, alternating with the measured loop in the same process.
"""

import os
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from ganart.engine.device import default_threads
from ganart.engine.gan import run
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import read_curves
from ganart.engine.gan.events import RunStarted, Stats
from ganart.engine.gan.presets import preset
from ganart.engine.gan.state import TrainState
from ganart.project.store import Project, open_project
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.bare import Clock, bare_rate
from tests.bench.common import machine, prepared_pixels, sample_project, table


def engine_rate(project: Project, config: TrainConfig, key: str) -> tuple[float, float]:
    """Return the rates of a run without a window, files and samples included."""
    clock, pictures = Clock(), 0
    for event in run.start(project, config, key, lambda: None):
        if isinstance(event, RunStarted):
            clock = Clock()
        elif isinstance(event, Stats):
            pictures = event.pictures
    return clock.rates(pictures)


def window_rate(
    app: QApplication, folder: Path, config: TrainConfig, key: str
) -> tuple[float, float]:
    """Return the rates of a run started from the window, its Train page in sight."""
    session = Session()
    window = MainWindow(session)
    window.resize(1280, 800)
    window.show()
    session.open_project(folder)
    window.pages.show_page("train")
    training = session.start_training(config, key)
    clocks: list[Clock] = []

    def note(events: list[object]) -> None:
        if any(isinstance(event, RunStarted) for event in events):
            clocks.append(Clock())

    training.reported.connect(note)
    while training.is_running():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    newest = max((folder / "runs").iterdir())
    rates = clocks[0].rates(read_curves(newest)["pictures"][-1])
    window.close()
    session.shutdown(10.0)
    return rates


def main() -> None:
    """Print the table."""
    key = sys.argv[1] if len(sys.argv) > 1 else "sketch-32"
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    torch.set_num_threads(default_threads())
    config = replace(preset(key).config, minutes=seconds / 60)
    app = QApplication([])
    Theme(app).apply("dark")
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        project = sample_project(Path(parent))
        pixels = prepared_pixels(project, config.side)
        project.close()
        for _ in range(rounds):
            state = TrainState.fresh(config, pixels, torch.device("cpu"))
            bare = bare_rate(config, state, seconds)
            with open_project(project.folder) as again:
                engine = engine_rate(again, config, key)
            rows.append((bare, engine, window_rate(app, project.folder, config, key)))
            print(*(f"{wall:.0f}" for wall, _ in rows[-1]), file=sys.stderr)
    print(machine())
    for name, kind in (("wall", 0), ("processor", 1)):
        medians = [statistics.median(row[column][kind] for row in rows) for column in range(3)]
        costs = [
            statistics.median(row[0][kind] / row[column][kind] for row in rows) - 1
            for column in (1, 2)
        ]
        print(f"\n{key}, pictures per {name} second, medians of {rounds} rounds of {seconds:g} s")
        print(
            table(
                ["bare loop", "engine", "costs", "window", "costs"],
                [
                    [
                        f"{medians[0]:.0f}",
                        f"{medians[1]:.0f}",
                        f"{100 * costs[0]:+.1f} %",
                        f"{medians[2]:.0f}",
                        f"{100 * costs[1]:+.1f} %",
                    ]
                ],
            )
        )


if __name__ == "__main__":
    main()
