"""Draws the frames of a loop: the one under the playhead, keyframes, and all in real time."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from ganart.errors import StudioError
from ganart.media.composition import Composition
from ganart.media.point import Point
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import told
from ganart.workers.loops import Walk, walk
from ganart.workers.previews import PreviewResult

FPS = 24
PREVIEW_SIDE = 128
"""In pixels; larger frames are kept at this size while they are played."""
_AHEAD = 4
"""Frames asked for at a time; between them others have their turn."""
_MOST_BYTES = 64 * 2**20
_STILL = "loop still"
_PLAYED = "loop played"
_KEYFRAMES = "loop keyframes"


class LoopPlayer(QObject):
    """Knows the loop, the place of the playhead, and what its frames look like.

    Frames that are not drawn in time are left out: the time goes on, and on the next round they are
    there.
    """

    moved = Signal(float)
    """The playhead is at another share of the loop."""
    shown = Signal(QImage)
    """The frame under the playhead."""
    playing_changed = Signal(bool)
    arrived = Signal()
    """Pictures of keyframes."""
    troubled = Signal(str)
    """Why nothing can be drawn, or an empty text."""

    def __init__(self, exploration: Exploration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._composition: Composition | None = None
        self._walk: Walk | None = None
        self._size = 0
        self._is_watched = False
        self._plays_soon = False
        self._at = 0.0
        self._kept: OrderedDict[Point, QImage] = OrderedDict()
        self._asked: dict[str, tuple[Point, ...]] = {}
        self._started_at = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1000 // FPS)
        self._timer.timeout.connect(self._tick)
        exploration.rendered.connect(self._on_rendered)
        exploration.model_changed.connect(self._on_model)

    @property
    def at(self) -> float:
        """Where the playhead is: a share of the loop, 0 ... below 1."""
        return self._at

    def point(self) -> Point | None:
        """Return the point under the playhead; None where there is no loop."""
        if self._walk is None:
            return None
        return self._walk[min(len(self._walk) - 1, int(self._at * len(self._walk)))]

    def picture_of(self, point: Point) -> QImage | None:
        """Return the small picture of a point if it was drawn."""
        return self._kept.get(point)

    def set_composition(self, composition: Composition | None) -> None:
        """Play another loop; what is common to both needs not be drawn again."""
        self._composition = composition
        self._make_walk()
        if self._walk is None:
            self.pause()
        elif self.is_playing():
            self._start_clock()
        self.draw()

    def seek(self, at: float) -> None:
        """Go to a share of the loop."""
        self._at = min(max(0.0, at), 1 - 1e-9)
        self._start_clock()
        self.moved.emit(self._at)
        if not self.is_playing():
            self._draw_still()

    def set_watched(self, is_watched: bool) -> None:
        """Draw only while somebody looks: a training has the computer otherwise."""
        self._is_watched = is_watched
        if is_watched:
            self.draw()
        else:
            self.pause()

    def is_playing(self) -> bool:
        """Whether the loop runs."""
        return self._timer.isActive()

    def play(self) -> None:
        """Let the loop run from the playhead on, once the model is loaded."""
        self._plays_soon = self._walk is None and self._is_watched
        if self._walk is not None and not self.is_playing():
            self._start_clock()
            self._timer.start()
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop where it is."""
        self._plays_soon = False
        if self.is_playing():
            self._timer.stop()
            self.playing_changed.emit(False)
            self._draw_still()

    def draw(self) -> None:
        """Ask for the frame under the playhead and the keyframes that are not drawn yet."""
        self._draw_still()
        self._draw_keyframes()

    def _make_walk(self) -> None:
        info, composition = self._exploration.info, self._composition
        self._walk, self._size = None, info.config.latent_size if info else 0
        if composition is None or not self._size:
            return
        if len(composition.keyframes) < 2 and composition.path != "circle":
            return
        frames = max(len(composition.keyframes), round(composition.seconds * FPS))
        try:
            self._walk = walk(composition, frames, self._size)
            self._walk[0]
        except StudioError as error:
            self._walk = None
            self.troubled.emit(told(error, ""))
            return
        self.troubled.emit("")

    def _start_clock(self) -> None:
        self._started_at = self._at
        self._clock.start()

    @Slot()
    def _tick(self) -> None:
        if self._walk is None or self._composition is None:
            return
        gone = self._clock.elapsed() / 1000 / self._composition.seconds
        self._at = (self._started_at + gone) % 1.0
        self.moved.emit(self._at)
        point = self.point()
        if point is not None and point in self._kept:
            self.shown.emit(self._kept[point])
        if _PLAYED not in self._asked:
            self._draw_ahead(self._walk)

    def _draw_ahead(self, frames: Walk) -> None:
        first = int(self._at * len(frames))
        wanted: list[Point] = []
        for ahead in range(min(len(frames), 2 * FPS)):
            point = frames[(first + ahead) % len(frames)]
            if point not in self._kept:
                wanted.append(point)
                if len(wanted) == _AHEAD:
                    break
        self._ask(_PLAYED, wanted)

    def _draw_still(self) -> None:
        point = self.point()
        if point is None and self._composition is not None:
            point = self._composition.keyframes[0].point
        if point is not None:
            self._ask(_STILL, [point])

    def _draw_keyframes(self) -> None:
        if self._composition is not None:
            points = dict.fromkeys(each.point for each in self._composition.keyframes)
            self._ask(_KEYFRAMES, [each for each in points if each not in self._kept][:_AHEAD])

    def _ask(self, tag: str, points: Sequence[Point]) -> None:
        path = self._exploration.path
        if path is not None and points and self._is_watched:
            self._asked[tag] = tuple(points)
            self._exploration.previewer.show(path, points, tag)

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        info = self._exploration.info
        if info is not None and info.config.latent_size != self._size:
            self._make_walk()
            self.draw()
            if self._plays_soon:
                self.play()
        if self._asked.get(result.tag) != result.points:
            return
        del self._asked[result.tag]
        if result.pixels is None:
            if result.error is not None:
                self.troubled.emit(told(result.error.error, result.error.text))
            return
        images = [image_of(each) for each in result.pixels]
        for point, image in zip(result.points, images, strict=True):
            self._keep(point, image)
        if result.tag == _STILL and not self.is_playing():
            self.shown.emit(images[0])
        elif result.tag == _KEYFRAMES:
            self.arrived.emit()
            self._draw_keyframes()

    def _keep(self, point: Point, image: QImage) -> None:
        if image.width() > PREVIEW_SIDE:
            image = image.scaledToWidth(PREVIEW_SIDE, Qt.TransformationMode.SmoothTransformation)
        self._kept[point] = image
        while len(self._kept) * image.sizeInBytes() > _MOST_BYTES:
            self._kept.popitem(last=False)

    @Slot()
    def _on_model(self) -> None:
        self._kept.clear()
        self._asked.clear()
        self._make_walk()
        if self._exploration.path is None:
            self.pause()
        self.draw()
