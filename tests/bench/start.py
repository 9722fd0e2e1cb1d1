"""How long until the first window is painted, in a new process, and whether torch was loaded.

Run: python -m tests.bench.start [runs]
Reference: a process that paints an empty QMainWindow.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench.common import machine, table

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
window.grab()
"""
STUDIO = """
import sys
from ganart.start import prepare_process
prepare_process()
from PySide6.QtWidgets import QApplication
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.session import Session
app = QApplication([])
session = Session()
Theme(app).apply("dark")
window = MainWindow(session)
window.show()
app.processEvents()
window.grab()
assert "torch" not in sys.modules
"""


def seconds(program: str) -> float:
    """Run a program in a process of its own and return its wall time, start and end included."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GANART_HOME": home}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, env=environment)
        return time.perf_counter() - begun


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    seconds(EMPTY), seconds(STUDIO)
    pairs = [(seconds(EMPTY), seconds(STUDIO)) for _ in range(runs)]
    empty, studio = zip(*pairs, strict=True)
    ratios = [ours / theirs for theirs, ours in pairs]
    print(machine())
    print(
        table(
            ["process", "median s", "min", "max"],
            [
                [name, *(f"{f(times):.2f}" for f in (statistics.median, min, max))]
                for name, times in (("empty QMainWindow", empty), ("studio", studio))
            ],
        )
    )
    print(f"ratio, median of pairs: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
