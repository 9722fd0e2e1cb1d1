"""The pictures of many points, drawn a few at a time between other wishes, and kept."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap

from ganart.media.point import Point
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import told
from ganart.workers.previews import PreviewResult

TAG = "breed"
CHUNK = 3
"""Pictures asked for at once, so that the easel never waits long for its own."""
_KEPT = 320
_LARGEST_PX = 256
"""Larger pictures are kept smaller."""


class PointPictures(QObject):
    """Draws with the model that is explored; another model, or a newer one, draws all anew."""

    changed = Signal()
    """There are more pictures, or none."""
    failed = Signal(str)
    """Why nothing is drawn, in a sentence."""

    def __init__(self, exploration: Exploration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._pictures: OrderedDict[Point, QPixmap] = OrderedDict()
        self._shape = QSize(1, 1)
        self._wanted: list[Point] = []
        self._stamp = 0
        """Of the request on its way; 0 for none."""
        exploration.model_changed.connect(self._on_model)
        exploration.rendered.connect(self._on_rendered)

    def picture(self, point: Point) -> QPixmap | None:
        """Return the picture of a point, None while it is not drawn."""
        return self._pictures.get(point)

    def shape(self) -> QSize:
        """Return a size with the shape of the pictures; a square until one was drawn."""
        return self._shape

    def want(self, points: Sequence[Point]) -> None:
        """Draw these, in this order, and nothing else; what is there already stays."""
        self._wanted = list(points)
        for point in points:
            if point in self._pictures:
                self._pictures.move_to_end(point)
        self._ask()

    def _ask(self) -> None:
        path = self._exploration.path
        missing = [each for each in self._wanted if each not in self._pictures][:CHUNK]
        if self._stamp or not missing or path is None:
            return
        self._stamp = self._exploration.previewer.show(path, missing, TAG)

    @Slot()
    def _on_model(self) -> None:
        self._pictures.clear()
        self._stamp = 0  # what is on its way was drawn by another model
        self.changed.emit()
        self._ask()

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        if result.tag != TAG or result.stamp != self._stamp:
            return
        self._stamp = 0
        if result.pixels is None:
            self._wanted = []
            report = result.error
            self.failed.emit(told(report.error, report.text) if report else "")
            return
        for point, pixels in zip(result.points, result.pixels, strict=True):
            image = image_of(pixels)
            self._shape = image.size()
            if image.width() > _LARGEST_PX:
                smooth = Qt.TransformationMode.SmoothTransformation
                image = image.scaledToWidth(_LARGEST_PX, smooth)
            self._pictures[point] = QPixmap.fromImage(image)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.changed.emit()
        self._ask()
