"""Which share of a training's time goes elsewhere than into its networks' own steps.

Run: python -m tests.bench.loop [preset of an r3 network] [pictures]
Reference: `tests.bench.bare`, by turns with the measured loop in the same run, on one thread.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from ganart.engine.gan import run
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.presets import preset
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.trainer import train
from ganart.project.store import open_project
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.bare import BareLoop
from tests.bench.common import machine, prepared_pixels, sample_project, table
from tests.bench.turns import Turns

CPU = torch.device("cpu")


def in_window(app: QApplication, folder: Path, config: TrainConfig, key: str) -> None:
    """Train from the window, its Train page in sight."""
    session = Session()
    window = MainWindow(session)
    window.resize(1280, 800)
    window.show()
    session.open_project(folder)
    window.pages.show_page("train")
    training = session.start_training(config, key)
    while training.is_running():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.close()
    session.shutdown(10.0)


def main() -> None:
    """Print the table."""
    key = sys.argv[1] if len(sys.argv) > 1 else "sketch-32"
    pictures = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    torch.set_num_threads(1)
    config = replace(preset(key).config, minutes=0.0, pictures=pictures, threads=1, device="cpu")
    unmeasured = replace(config, quality_share=0.0)
    app = QApplication([])
    Theme(app).apply("dark")
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        project = sample_project(Path(parent))
        pixels = prepared_pixels(project, config.side)
        project.close()

        def alone() -> None:
            for _ in train(config, TrainState.fresh(config, pixels, CPU), lambda: None):
                pass

        def engine(options: TrainConfig) -> None:
            with open_project(project.folder) as again:
                for _ in run.start(again, options, key, lambda: None):
                    pass

        works: dict[str, Callable[[], None]] = {
            "loop and samples, no files": alone,
            "and files": lambda: engine(unmeasured),
            "and measuring how good it is": lambda: engine(config),
            "and the window": lambda: in_window(app, project.folder, config, key),
        }
        for name, work in works.items():
            bare = BareLoop(config, TrainState.fresh(config, pixels, CPU))
            turns = Turns(bare.step, config.penalty_interval)
            turns.during(work)
            shares = [
                f"{100 * (1 - reference / training):.1f} %"
                for reference, training in zip(turns.reference_s, turns.training_s, strict=True)
            ]
            rows.append([name, *reversed(shares)])
            print(*rows[-1], file=sys.stderr, flush=True)
    print(machine())
    print(f"\n{key}, outside the networks' own steps, runs of {pictures} pictures")
    print(table(["training", "share of processor", "share of the clock"], rows))


if __name__ == "__main__":
    main()
