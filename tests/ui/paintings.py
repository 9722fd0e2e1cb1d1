"""What the tests of the mode for one photo share: toys in place of networks, and photos."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.style.config import PaintConfig
from ganart.engine.style.events import (
    PaintFinished,
    PaintPlan,
    PaintSaved,
    PaintStarted,
    PaintStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
)
from ganart.engine.style.looks import Look
from ganart.engine.style.painting_record import PaintingRecord, write_record
from ganart.media.pictures import save_png
from ganart.media.style_recipe import Source
from ganart.ui.pages.stylize import StylizePage
from ganart.ui.pages.stylize_photo import PhotoMode
from ganart.workers.session import Session

WAIT_MS = 30_000
PLAN = PaintPlan(32, 24, 2, 0, 1_000_000)


@dataclass
class ToyStylizer:
    """Fills a photo with a grey that says how strong the look is."""

    look: Look

    @classmethod
    def load(cls, look: Look, _device: object) -> "ToyStylizer":
        return cls(look)

    def apply(self, photo, between=lambda: None):
        return photo * 0 + self.look.strength


class ToyPaintings:
    """Paints grey upon grey until it is stopped, and remembers what it was asked."""

    def __init__(self) -> None:
        self.styles = []
        self.masks: list[bytes] = []
        self.asked: list[Ask] = []
        self.iterations = 0
        self.config = PaintConfig()
        self.failure: Exception | None = None
        """Raised at the start."""
        self.trouble: Exception | None = None
        """Raised on the way."""

    def start(self, photo, styles, config, folder: Path, poll: Poll) -> Iterator[object]:
        self.styles, self.config = styles, config
        masks = [path for each in styles for path in (each.photo_mask, each.style_mask) if path]
        self.masks = [path.read_bytes() for path in masks]
        if self.failure is not None:
            raise self.failure
        work = keep_painting(folder, photo, "running")
        yield from self._paint(work, 1, poll)

    def resume(self, folder: Path, poll: Poll, iterations: int = 0) -> Iterator[object]:
        self.iterations = iterations
        yield from self._paint(folder, 5, poll)

    def _paint(self, work: Path, first: int, poll: Poll) -> Iterator[object]:
        yield PaintStarted(work, PLAN)
        yield StylePhaseChanged(StylePhase.PAINTING)
        for number in range(first, first + 4):
            yield PaintStats(number, 8, 0, 32, 1.0, 5.0 - number / 2, 0.1, 6.0, 2.0, 60.0)
            yield Preview(np.full((24, 32, 3), 10 * number, np.uint8), number)
        beat = threading.Event()
        while (ask := poll()) is not Ask.STOP:
            if ask is not None:
                self.asked.append(ask)
            if self.trouble is not None:
                raise self.trouble
            beat.wait(0.005)
            yield StylePhaseChanged(StylePhase.PAINTING)
        yield PaintSaved(work, first + 3)
        yield PaintFinished(work, work / "picture.png", stopped=True)


def keep_painting(folder: Path, photo: Path, status: str) -> Path:
    """Leave a work folder as a painting does, and return it."""
    work = folder / photo.stem
    work.mkdir(parents=True)
    for name, grey in (("photo", 200), ("picture", 40)):
        save_png(np.full((24, 32, 3), grey, np.uint8), work / f"{name}.png")
    source = Source(photo.name)
    config = PaintConfig()
    record = PaintingRecord(
        work, "2026-01-01T12:00:00+00:00", photo, (), (source,), config, 32, 24, status, 4
    )
    write_record(record)
    return work


def put_toys(monkeypatch: pytest.MonkeyPatch) -> ToyPaintings:
    """Put toys in place of the networks and of the painting loop."""
    toy = ToyPaintings()
    monkeypatch.setattr("ganart.engine.style.instant.Stylizer", ToyStylizer)
    monkeypatch.setattr("ganart.engine.style.painting_run.start", toy.start)
    monkeypatch.setattr("ganart.engine.style.painting_run.resume", toy.resume)
    return toy


def keep_picture(path: Path, colour: str) -> Path:
    """Save a picture of one colour and return its file."""
    image = QImage(64, 48, QImage.Format.Format_RGB888)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def shown_page(session: Session, qtbot: QtBot) -> StylizePage:
    """Return the page, shown."""
    page = StylizePage(session)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def photo_mode(page: StylizePage) -> PhotoMode:
    """Return the mode for one photo, shown."""
    mode = page.show_mode("photo")
    assert isinstance(mode, PhotoMode)
    return mode


def choose(mode: PhotoMode, photo: Path, style: Path, qtbot: QtBot) -> None:
    """Choose a photo and a painting and wait for the quick look."""
    mode.set_photo(photo)
    mode.setup.side.look.add_paintings([style])
    qtbot.waitUntil(mode.setup.stage.view.has_after, timeout=WAIT_MS)
