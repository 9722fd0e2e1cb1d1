"""Drawing the artist's seeds with moments of a run, with other models, and with blends of two."""

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from ganart.engine.gan.config import TrainConfig
from ganart.media.point import Point
from ganart.ui.widgets.images import image_of
from ganart.workers.previews import Previewer, PreviewResult, Source
from ganart.workers.run import ErrorReport

_MODELS = 4
"""Loaded at once: the two that are compared, and those just passed by."""
_SHEETS = 32
_THUMBS = 256
"""Drawn pictures that are kept, so that going back and forth costs nothing."""
_THUMB = "thumb"
THUMB_PX = 96
"""Larger thumbnails are kept smaller."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What came of a wish: a sheet of all seeds, or an error."""

    place: str
    image: QImage
    error: ErrorReport | None = None
    splits: tuple[int, ...] = ()
    """Of a blend, as in `PreviewResult`."""
    config: TrainConfig | None = None
    """Of the model that drew it."""


class MomentDrawing(QObject):
    """Draws away from the window's thread; only the newest wish of each place is answered.

    A model is named by its hash, so that what is kept of it can never be another one's.
    """

    drawn = Signal(object)
    """A `Drawn`."""
    thumb_drawn = Signal(str)
    """The hash of a model whose thumbnail can be had."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.previewer = Previewer(self, _MODELS)
        self.previewer.rendered.connect(self._on_rendered)
        self._seeds: tuple[int, ...] = (0,)
        self._wanted: dict[str, tuple[int, str]] = {}
        self._sheets: OrderedDict[tuple[str, tuple[int, ...]], QImage] = OrderedDict()
        self._thumbs: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._waiting: list[tuple[str, Path]] = []

    def set_seeds(self, seeds: Sequence[int]) -> None:
        """Draw other seeds from now on; what is shown is to be wished for anew."""
        self._seeds = tuple(seeds)
        self._waiting.clear()

    def show(self, place: str, source: Source, model_hash: str = "") -> None:
        """Wish for the seeds as `source` draws them; `drawn` follows, perhaps at once.

        Without a hash nothing is kept.
        """
        kept = self._sheets.get((model_hash, self._seeds))
        if kept is not None:
            self.forget(place)
            self.drawn.emit(Drawn(place, kept))
            return
        points = [Point.at(seed) for seed in self._seeds]
        columns = math.ceil(math.sqrt(len(points)))
        stamp = self.previewer.show(source, points, place, columns)
        self._wanted[place] = (stamp, model_hash)

    def forget(self, place: str) -> None:
        """Drop the wish of a place."""
        self._wanted.pop(place, None)
        self.previewer.forget(place)

    def thumb(self, model_hash: str) -> QImage:
        """Return the first seed's picture as a model draws it, or a null image."""
        return self._thumbs.get((model_hash, self._seeds[0]), QImage())

    def want_thumbs(self, models: Sequence[tuple[str, Path]]) -> None:
        """Draw the thumbnails of these models, by and by, whenever there is nothing else to do."""
        self._waiting = [each for each in models if self.thumb(each[0]).isNull()]
        self._go_on()

    def rest(self) -> None:
        """Let the models go while nobody looks; pictures that were drawn stay."""
        self._waiting.clear()
        self._wanted.clear()
        self.previewer.rest()

    def stop(self) -> None:
        """End the thread, and let models and pictures go."""
        self._waiting.clear()
        self._wanted.clear()
        self._sheets.clear()
        self._thumbs.clear()
        self.previewer.stop()

    def _go_on(self) -> None:
        # One at a time: a wish made meanwhile has to wait for one picture at most.
        if self._waiting and not self._wanted:
            model_hash, path = self._waiting.pop(0)
            stamp = self.previewer.show(path, [Point.at(self._seeds[0])], _THUMB)
            self._wanted[_THUMB] = (stamp, model_hash)

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        stamp, model_hash = self._wanted.get(result.tag, (0, ""))
        is_newest = result.stamp == stamp
        # Of a blend those on the way are shown too: they are the nearest to what is wished for.
        seeds = tuple(point.seeds[0] for point in result.points)
        if not is_newest and (model_hash or result.tag not in self._wanted or seeds != self._seeds):
            return
        if is_newest:
            del self._wanted[result.tag]
        if result.pixels is not None and is_newest and model_hash:
            self._keep_thumb(model_hash, seeds[0], image_of(result.pixels[0]))
        if result.tag != _THUMB:
            self._tell(result, model_hash)
        self._go_on()

    def _tell(self, result: PreviewResult, model_hash: str) -> None:
        image = result.sheet or QImage()
        config = result.info.config if result.info is not None else None
        if model_hash and result.sheet is not None:
            self._sheets[model_hash, tuple(point.seeds[0] for point in result.points)] = image
            while len(self._sheets) > _SHEETS:
                self._sheets.popitem(last=False)
        self.drawn.emit(Drawn(result.tag, image, result.error, result.splits, config))

    def _keep_thumb(self, model_hash: str, seed: int, image: QImage) -> None:
        if image.width() > THUMB_PX:
            image = image.scaledToWidth(THUMB_PX, Qt.TransformationMode.SmoothTransformation)
        self._thumbs[model_hash, seed] = image
        while len(self._thumbs) > _THUMBS:
            self._thumbs.popitem(last=False)
        self.thumb_drawn.emit(model_hash)
