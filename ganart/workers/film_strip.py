"""A few frames of a film as small images, for whoever chooses which are to be taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from ganart.datasets.pool import Stop
from ganart.engine.asks import Poll
from ganart.engine.sources.frame_choice import FrameChoice
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True, eq=False)
class StripFrame:
    """A frame by its number, counted from 0, no larger than there is room for."""

    number: int
    image: QImage


def shown_frames(choice: FrameChoice | None, frames: int, count: int) -> list[int]:
    """Return which frames of so many, 0 for unknown, stand for all that a choice may take.

    They are at most `count`, at equal distances, counted from 0; None is the first frame alone.
    """
    if choice is None:
        return [0]
    if frames == 0:
        return [number * choice.every for number in range(min(count, choice.most))]
    # Scenes may lie anywhere, however few of them are taken.
    taken = frames if choice.difference else choice.at_most(frames)
    count = min(count, taken)
    places = [round(each * (taken - 1) / max(1, count - 1)) for each in range(count)]
    return [place * choice.every for place in places]


def strip_job(path: Path, numbers: Sequence[int], room: QSize) -> Job:
    """Yield a `StripFrame` for each number, which ascend; `room` is in pixels of the screen."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.media.glimpses import glimpses
        from ganart.workers.images import image_of

        for glimpse in glimpses(path, numbers, Stop(poll)):
            image = image_of(glimpse.pixels)
            fitted = image.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            yield StripFrame(glimpse.number, fitted)

    return job
