"""How smoothly 50,000 pictures of the Dataset page scroll, and how soon a screenful is there.

Run: python -m tests.bench.scroll [pictures]
Each frame, at most 60 a second, scrolls on by three rows; its time is that until the next frame, in
which the loop has also painted and taken in new thumbnails. Its work is the time that the window's
thread was computing, however busy the machine is. All thumbnails are on disk, none in memory.
Reference: Qt's own icon view with an item and a ready pixmap for each picture, in the same
window and the same process.
"""

import os
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QIcon, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QMainWindow

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.imprint import IMPRINT_BYTES
from ganart.datasets.inspect import Inspected
from ganart.datasets.measures import Measures
from ganart.datasets.records import Found
from ganart.project.store import create_project
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.dataset.cell_delegate import GAP_PX
from ganart.ui.pages.dataset.grid import STEPS_PX, ThumbnailGrid
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.pages.dataset.thumbs import SMALL_PX
from ganart.ui.theme import Theme
from ganart.workers.session import Session
from tests.bench.common import machine, table
from tests.bench.stalls import spin

FRAME_MS = 16
ROWS = 3
"""Scrolled each frame."""
DRAWN = 200
"""Different thumbnails; decoding one takes as long as if all were different."""
MEASURES = Measures(0.1, 0.9, 7.0, 0.5, 0.9, 0.0, 0.0)


def drawn(number: int, side_px: int) -> Image.Image:
    """Return a picture of soft shapes with a little grain, lying or upright."""
    random = np.random.default_rng(number)
    coarse = random.integers(0, 256, (6, 8, 3), np.uint8)
    size = (side_px, side_px * 3 // 4) if number % 3 else (side_px * 3 // 4, side_px)
    image = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    grain = random.integers(-12, 12, (size[1], size[0], 1))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


def jpeg(image: Image.Image) -> bytes:
    """Return a picture as the studio keeps thumbnails."""
    stream = BytesIO()
    image.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def fill(folder: Path, count: int) -> Path:
    """Make a project of so many pictures, whose files are not there, with both thumbnails."""
    small = [drawn(number, 128) for number in range(DRAWN)]
    blobs = [jpeg(image) for image in small]
    with create_project(folder) as project, Catalogue(project.catalogue_path) as catalogue:
        catalogue.add_source(folder)
        results = []
        for number in range(count):
            width, height = small[number % DRAWN].size
            found = Found(folder / "photos" / f"photo {number:05}.jpg", 4_000_000, 1)
            blob = blobs[number % DRAWN]
            imprint = bytes(IMPRINT_BYTES)
            results.append(
                (
                    found,
                    Inspected(31 * width, 31 * height, f"{number:032x}", blob, MEASURES, imprint),
                )
            )
        catalogue.record(results)
        paths = [row.path for row in catalogue.pictures()]
        catalogue.set_stars({path: number % 6 for number, path in enumerate(paths)})
        catalogue.set_marks(
            {path: ("none", "picked", "rejected")[n % 3] for n, path in enumerate(paths)}
        )
        sharp = project.thumbnails_folder
        sharp.joinpath("00").mkdir(parents=True)
        for number in range(DRAWN):
            sharp.joinpath(f"{number}").write_bytes(jpeg(drawn(number, 384)))
        for number in range(count):  # one file by many names
            name = f"{number:032x}-384.jpg"
            os.link(sharp / f"{number % DRAWN}", sharp / "00" / name)
        return project.folder


class Scroller(QObject):
    """Scrolls a view from its beginning to its end, and notes the time of each frame."""

    def __init__(self, view: QListView, row_px: int) -> None:
        super().__init__()
        self._bar = view.verticalScrollBar()
        self._step_px = ROWS * row_px
        self._loop = QEventLoop()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=FRAME_MS)
        self._timer.timeout.connect(self._frame)
        self._moments: list[tuple[float, float]] = []

    def run(self) -> np.ndarray:
        """Return (frames, 2): milliseconds on the clock, and of the window's thread at work."""
        self._bar.setValue(0)
        spin(0.5)
        self._note()
        self._timer.start()
        self._loop.exec()
        return 1000 * np.diff(np.array(self._moments), axis=0)

    def _note(self) -> None:
        self._moments.append((time.perf_counter(), time.thread_time()))

    @Slot()
    def _frame(self) -> None:
        self._note()
        if self._bar.value() >= self._bar.maximum():
            self._timer.stop()
            self._loop.quit()
        self._bar.setValue(self._bar.value() + self._step_px)


def reference(count: int, cell_px: int) -> QListView:
    """Return Qt's own view with items that have their pixmaps already."""
    icons = [QIcon(_pixmap(number)) for number in range(DRAWN)]
    model = QStandardItemModel()
    for number in range(count):
        model.appendRow(QStandardItem(icons[number % DRAWN], ""))
    view = QListView()
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setMovement(QListView.Movement.Static)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setIconSize(QSize(cell_px - 8, cell_px - 8))
    view.setGridSize(QSize(cell_px, cell_px))
    view.setModel(model)
    model.setParent(view)
    return view


def _pixmap(number: int) -> QPixmap:
    pixmap = QPixmap()
    pixmap.loadFromData(jpeg(drawn(number, 128)))
    return pixmap


def screenful_ms(grid: ThumbnailGrid, page: DatasetPage) -> float:
    """Jump to the middle, where nothing was read yet, and return how soon all is there."""
    bar = grid.verticalScrollBar()
    began = time.perf_counter()
    bar.setValue(bar.maximum() // 2)
    side_px = grid.cells().width - 2 * GAP_PX
    loop = QEventLoop()
    while not all(_is_there(page, place, side_px) for place in grid.shown_rows()):
        loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    return 1000 * (time.perf_counter() - began)


def _is_there(page: DatasetPage, place: int, side_px: int) -> bool:
    row = page.desk.pictures.row(page.pictures.model.ids[place])
    assert row is not None
    pixmap = page.desk.thumbs.pixmap(row, side_px)
    # The sharp ones are larger than the small ones, which come first.
    least_px = SMALL_PX + 1 if side_px > SMALL_PX else 1
    return pixmap is not None and max(pixmap.width(), pixmap.height()) >= least_px


def main() -> None:
    """Print the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    app = QApplication([])
    Theme(app).apply("dark")
    rows: list[list[object]] = []
    first: list[list[object]] = []

    def note(name: str, frames: np.ndarray) -> None:
        clock, work = frames.T
        times = (np.median(clock), np.percentile(clock, 99), clock.max())
        worked = (np.median(work), np.percentile(work, 99))
        rows.append([name, len(frames), *(f"{each:.1f}" for each in (*times, *worked))])

    with tempfile.TemporaryDirectory() as parent:
        folder = fill(Path(parent) / "Many", count)
        session = Session()
        window = MainWindow(session)
        window.resize(1280, 800)
        window.show()
        began = time.perf_counter()
        session.open_project(folder)
        window.pages.show_page("dataset")
        page = window.pages.currentWidget()
        assert isinstance(page, DatasetPage)
        grid = page.pictures.grid
        while not page.pictures.model.ids:
            spin(0.005)
        first.append(
            [
                "opening the project, until the grid is there",
                f"{1000 * (time.perf_counter() - began):.0f}",
            ]
        )
        spin(3.0)  # torch is loaded meanwhile
        for side_px in (112, 80, 232):
            grid.set_step(STEPS_PX.index(side_px))
            spin(0.5)
            shown = len(grid.shown_rows())
            first.append(
                [f"a screenful of {shown} at {side_px} px", f"{screenful_ms(grid, page):.0f}"]
            )
            note(
                f"cells of {side_px} px, {shown} in sight",
                Scroller(grid, grid.cells().height).run(),
            )
        size, cell_px = grid.size(), 112
        window.close()
        session.shutdown(20.0)
    other = QMainWindow()
    view = reference(count, cell_px)
    other.setCentralWidget(view)
    other.resize(size)
    other.show()
    spin(1.0)
    note("Qt's icon view, cells of 112 px, pixmaps in memory", Scroller(view, cell_px).run())
    other.close()
    header = [
        f"scrolling {count} pictures",
        "frames",
        "median ms",
        "99th percentile ms",
        "longest ms",
        "median work ms",
        "99th percentile work ms",
    ]
    print(machine())
    print(table(header, rows))
    print(table(["nothing in memory", "ms"], first))


if __name__ == "__main__":
    main()
