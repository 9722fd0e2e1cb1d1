"""Paintings small enough for a test: 32 px, a few iterations, with the real network."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PIL import Image

from ganart.engine.asks import Ask
from ganart.engine.style import painting_run
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.events import PaintFinished, PaintStarted, PaintStats

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
PHOTO = SAMPLE / "photos" / "animals_koala.jpg"
PAINTINGS = sorted((SAMPLE / "styles").glob("*.jpg"))
STYLE = StyleSource(PAINTINGS[0])


def small(**changes: Any) -> PaintConfig:
    """Return options of a painting that takes a second."""
    values: dict[str, Any] = {
        "long_side": 32,
        "iterations": 6,
        "coarsest": 0,
        "coarse_iterations": 2,
        "start": "photo",
        "device": "cpu",
        "threads": 1,
    }
    return PaintConfig(**values | changes)


class Desk:
    """A poll that asks once the iteration it is told for has been done."""

    def __init__(self, asks: Mapping[int, Ask]) -> None:
        self._asks = dict(asks)
        self._ask: Ask | None = None

    def __call__(self) -> Ask | None:
        ask, self._ask = self._ask, None
        return ask

    def follow(self, events: Iterator[Any]) -> list[Any]:
        """Take all events."""
        taken = []
        for event in events:
            taken.append(event)
            if isinstance(event, PaintStats):
                self._ask = self._asks.get(event.iteration)
        return taken


def painted(
    folder: Path,
    config: PaintConfig,
    asks: Mapping[int, Ask] = MappingProxyType({}),
    photo: Path = PHOTO,
    styles: Iterable[StyleSource] = (STYLE,),
) -> list[Any]:
    """Paint to the end and return the events; `asks` come after their iterations."""
    desk = Desk(asks)
    return desk.follow(painting_run.start(photo, list(styles), config, folder, desk))


def resumed(folder: Path, **more: Any) -> list[Any]:
    """Go on to the end and return the events."""
    return list(painting_run.resume(folder, lambda: None, **more))


def folder_of(events: Iterable[Any]) -> Path:
    """Return the work folder that a painting told."""
    return next(event.folder for event in events if isinstance(event, PaintStarted))


def picture_of(events: Iterable[Any]) -> bytes:
    """Return the pixels of the finished picture."""
    (finished,) = [event for event in events if isinstance(event, PaintFinished)]
    with Image.open(finished.picture) as image:
        return image.tobytes()
