"""Trains presets one after the other from the real window, as a person would, and keeps the grids.

Run: python -m tests.bench.architectures FOLDER minutes OUT preset[@side] ...
There is no reference: the table says what each made of the folder, the pictures say whether it is
any good.
"""

import csv
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from PySide6.QtWidgets import QApplication

from ganart.engine.gan.curves import MEASURES
from ganart.project.runs import RunRecord, Runs
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.common import folder_project, machine, table
from tests.bench.stalls import spin


def train(window: MainWindow, session: Session, wish: str, minutes: float, out: Path) -> None:
    """Choose the preset and the time on the Train page, press Start, wait, keep a screenshot."""
    key, _, side = wish.partition("@")
    window.pages.show_page("train")
    page = window.pages.currentWidget()
    page.show_setup()
    spin(1.0)
    page.setup.presets.choose(key)
    page.setup.minutes.setValue(minutes)
    if side:
        page.setup.form.set_values({"side": int(side)})
    page.setup.start_button.click()
    spin(1.0)
    assert session.training is not None, "the training did not begin"
    while session.training is not None:
        spin(0.5)
    spin(1.0)
    window.grab().save(str(out / f"{key}-window.png"))


def row(record: RunRecord, folder: Path) -> list[object]:
    """Return what a run came to, its measures being the last ones it took."""
    with (folder / MEASURES).open(encoding="utf-8", newline="") as file:
        last = list(csv.DictReader(file))[-1]
    return [
        record.preset,
        record.config["architecture"],
        record.config["side"],
        f"{record.elapsed_s / 60:.1f}",
        record.pictures,
        f"{float(last['likeness']):.3f}",
        f"{float(last['diversity']):.2f}",
        f"{float(last['coverage']):.2f}",
    ]


def main() -> None:
    """Train and print the table."""
    folder, minutes, out = Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    Theme(app).apply("dark")
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        os.environ["GANART_HOME"] = parent  # the person's own settings stay as they are
        project = folder_project(folder, Path(parent))
        runs_folder = project.runs_folder
        project.close()
        session = Session()
        session.change_setting("priority", "normal")
        window = MainWindow(session)
        window.resize(1280, 800)
        window.show()
        session.open_project(project.folder)
        spin(2.0)
        for wish in sys.argv[4:]:
            train(window, session, wish, minutes, out)
            key = wish.partition("@")[0]
            runs = Runs(runs_folder)
            record = next(each for each in runs.list() if each.preset == key)
            run_folder = runs.folder(record.id)
            grid = max((run_folder / "grids").glob("*.png"))
            (out / f"{key}.png").write_bytes(grid.read_bytes())
            rows.append(row(record, run_folder))
            print(rows[-1], file=sys.stderr, flush=True)
        window.close()
        session.shutdown(20.0)
    print(machine())
    header = ["preset", "network", "side", "minutes", "pictures shown"]
    print(table([*header, "likeness (lower is closer)", "diversity", "coverage"], rows))


if __name__ == "__main__":
    main()
