"""Small pictures of points, drawn away from the window's thread, and kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from ganart.media.point import Point
from ganart.media.recipe_checks import BadRecipe
from ganart.ui.pages.explore.easel import PICTURE
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.widgets.images import image_of
from ganart.workers.previews import PreviewResult, Version

_TAG = "canvas"
_CHUNK = 8
"""Pictures asked for at once."""
_LARGEST_PX = 128
"""Larger pictures are kept smaller."""
TINY_PX = 32
"""Of the copy that stands in a field of hundreds."""
_KEPT_BYTES = 96 * 2**20


@dataclass(slots=True)
class Thumb:
    """What is kept of one point; null pixmaps if it cannot be drawn."""

    version: Version
    pixmap: QPixmap
    tiny: QPixmap


class Thumbs(QObject):
    """Draws a few points at a time, the most wanted first.

    While a newer version of the model draws them again, the older pictures can still be had.
    """

    arrived = Signal()
    """Some pictures are new."""
    outdated = Signal()
    """Another version of the model, or another model, draws from now on: want what is seen."""

    def __init__(self, exploration: Exploration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._kept: OrderedDict[tuple[Path | None, Point], Thumb] = OrderedDict()
        self._waiting: list[Point] = []
        self._path: Path | None = None
        self._version: Version = None
        self._stamp = 0
        """Of the request under way, else 0."""
        self._alone = 0
        """So many of those that wait are asked for one by one."""
        exploration.model_changed.connect(self._on_model)
        exploration.rendered.connect(self._on_rendered)

    def get(self, point: Point) -> Thumb | None:
        """Return what the model, or an older version of it, draws at a point, if that is known."""
        key = (self._path, point)
        thumb = self._kept.get(key)
        if thumb is not None:
            self._kept.move_to_end(key)
        return thumb

    def want(self, points: Sequence[Point]) -> None:
        """Draw these, the first first, in place of what was wanted before."""
        wanted = points if self._path is not None else ()
        self._waiting = [point for point in wanted if not self._is_fresh(point)][::-1]
        self._alone = 0
        if not self._stamp:
            self._go_on()

    def is_complete(self) -> bool:
        """Whether all that is wanted was drawn."""
        return not (self._waiting or self._stamp)

    def _is_fresh(self, point: Point) -> bool:
        thumb = self.get(point)
        return thumb is not None and thumb.version == self._version

    def _go_on(self) -> None:
        size = 1 if self._alone else _CHUNK
        self._alone = max(0, self._alone - 1)
        chunk = [self._waiting.pop() for _ in range(min(size, len(self._waiting)))]
        self._stamp = self._ask(chunk) if chunk else 0

    def _ask(self, points: Sequence[Point]) -> int:
        previewer, path = self._exploration.previewer, self._path
        return previewer.show(path, points, _TAG, is_glance=True) if path is not None else 0

    @Slot()
    def _on_model(self) -> None:
        path = self._exploration.path
        # What was asked of the previewer may have been dropped.
        self._stamp = 0
        self._waiting.clear()
        if path != self._path:
            self._path, self._version = path, None
        self.outdated.emit()

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        is_ours = result.tag == _TAG and result.stamp == self._stamp
        # The large picture is asked for as soon as a model changes; what else comes may be older.
        if not is_ours and result.tag != PICTURE:
            return
        if result.pixels is not None and result.version != self._version:
            self._version = result.version
            self.outdated.emit()
        if not is_ours:
            return
        if result.pixels is not None:
            for point, pixels in zip(result.points, result.pixels, strict=True):
                self._keep(point, image_of(pixels), result.version)
        elif result.error is not None and isinstance(result.error.error, BadRecipe):
            self._part(result.points)
        else:  # the model itself cannot be read
            self._waiting.clear()
        self._go_on()
        self.arrived.emit()

    def _part(self, points: Sequence[Point]) -> None:
        """One of these does not fit the model: find out which."""
        if len(points) == 1:
            self._keep(points[0], QImage(), self._version)
            return
        self._waiting.extend(reversed(points))
        self._alone = len(points)

    def _keep(self, point: Point, image: QImage, version: Version) -> None:
        if self._path is None:
            return
        if image.width() > _LARGEST_PX:
            image = _shrunk(image, _LARGEST_PX)
        tiny = _shrunk(image, TINY_PX) if image.width() > TINY_PX else image
        thumb = Thumb(version, QPixmap.fromImage(image), QPixmap.fromImage(tiny))
        self._kept[self._path, point] = thumb
        self._kept.move_to_end((self._path, point))
        each_bytes = 4 * max(1, image.width() * image.height())
        while len(self._kept) * each_bytes > _KEPT_BYTES:
            self._kept.popitem(last=False)


def _shrunk(image: QImage, side: int) -> QImage:
    return image.scaledToWidth(side, Qt.TransformationMode.SmoothTransformation)
