"""How quick the gallery is with thousands of artworks, and how long the window's loop stalls.

Run: python -m tests.bench.gallery [artworks]
A timer beats every 5 ms in the window's thread; a stall is the time between two beats beyond that.
Reference: the same window with an empty gallery, in the same process.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from ganart.media.pictures import save_png
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.gallery import GalleryPage
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.common import machine, table
from tests.bench.stalls import Heart, spin
from tests.ui.gallery import RECIPE

SIDE_PX = 256
SETTLE_S = 1.5
STEPS = 150
"""Of scrolling from the first row to the last."""


def fill(folder: Path, count: int) -> None:
    """Leave pictures of noise that differ in their last bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(0).integers(0, 256, (SIDE_PX, SIDE_PX, 3), np.uint8)
    save_png(noise, folder / "0.png", RECIPE)
    content = (folder / "0.png").read_bytes()
    for number in range(1, count):
        (folder / f"{number}.png").write_bytes(content + str(number).encode())


def scroll(page: GalleryPage) -> None:
    """Go through all rows in steps."""
    bar = page.view.verticalScrollBar()
    for step in range(STEPS + 1):
        bar.setValue(step * bar.maximum() // STEPS)
        spin(0.02)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    app = QApplication([])
    Theme(app).apply("dark")
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as parent:
        session, heart = Session(), Heart()
        window = MainWindow(session)
        window.resize(1280, 800)
        window.show()
        session.create_project(Path(parent) / "Many")
        window.pages.show_page("gallery")
        page = window.pages.currentWidget()
        spin(1.0)

        def measure(name: str, do: Callable[[], object]) -> None:
            heart.start()
            began = time.perf_counter()
            do()
            took = time.perf_counter() - began
            spin(SETTLE_S)
            gaps = heart.stop()
            longest, most = gaps.max(), np.percentile(gaps, 99)
            rows.append([name, f"{1000 * took:.0f}", f"{longest:.0f}", f"{most:.1f}"])

        def until_read() -> None:
            page.shelf.refresh()
            while len(page.shelf.facts) < count:
                spin(0.05)

        measure("nothing, in an empty gallery", lambda: None)
        fill(session.project.artworks_folder, count)
        measure("reading all for the first time", until_read)
        measure("scrolling through all", lambda: scroll(page))
        measure("a search", lambda: page.bar.search.setText("99"))
        measure("everything again", page.bar.clear)
        measure("the order of names", lambda: page.bar.order.setCurrentIndex(2))
        measure("choosing all", page.view.selectAll)
        measure("stars for all", lambda: page.set_stars(3))
        measure("taking them back", session.undo.undo)
        measure("looking at the folder again", page.shelf.refresh)
        window.close()
        session.shutdown(20.0)
    print(machine())
    print(table([f"{count} artworks", "took ms", "longest stall ms", "99th percentile ms"], rows))


if __name__ == "__main__":
    main()
