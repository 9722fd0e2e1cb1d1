"""What the tests of the Dataset page's tabs share: a page with pictures of many shapes."""

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ganart.datasets.records import PictureRow
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.workers.session import Session

SHAPES = {
    "a wide.png": (300, 200),
    "b tall.png": (100, 400),
    "c square.png": (160, 160),
    "d tiny.png": (12, 9),
    "e photo.jpg": (1200, 900),
}


def make_pictures(folder: Path) -> Path:
    """Make pictures of smooth colours with a bright spot, and a clear one; return the folder."""
    folder.mkdir()
    for number, (name, (width, height)) in enumerate(SHAPES.items()):
        down, across = np.mgrid[0:height, 0:width]
        pixels = np.stack([across * 255 // width, down * 255 // height, across * 0 + 60], axis=-1)
        pixels[: height // 5 + 1, : width // 5 + 1, 2] = 255 - number
        Image.fromarray(pixels.astype(np.uint8)).save(folder / name, quality=95)
    clear = Image.new("RGBA", (80, 120), (0, 0, 0, 0))
    clear.paste((200, 30, 30, 255), (20, 20, 60, 100))
    clear.save(folder / "f clear.png")
    return folder


def fill(qtbot: QtBot, session: Session, folder: Path) -> None:
    """Add a folder and wait until the window knows its pictures."""
    with qtbot.waitSignal(session.pictures.listed):
        session.add_folders([folder])
    settle(qtbot, session)


def settle(qtbot: QtBot, session: Session) -> None:
    """Wait until all that was asked for is done, and written."""
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=30_000)


def focus(qtbot: QtBot, widget: QWidget) -> None:
    """Let keys go to a widget, and to the actions around it."""
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def named(page: DatasetPage, part: str) -> PictureRow:
    """Return the picture whose name holds `part`."""
    return next(row for row in page.desk.pictures.rows if part in row.path.name)
