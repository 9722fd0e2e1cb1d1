"""Single pictures as training will see them, drawn away from the window: the newest wish counts."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from ganart.workers.mailbox import LatestMailbox

if TYPE_CHECKING:
    from PIL import Image

    from ganart.datasets.framing import Framing
    from ganart.datasets.records import PictureRow

LOOK_PX = 1600
"""Longer side of a whole picture that is only looked at."""
_DRAFTS = (8, 4, 2, 1)
"""By so much a JPEG can be reduced while it is decoded."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn for one place of the window, named by `tag`."""

    tag: str
    row: "PictureRow"
    framing: "Framing"
    size: tuple[int, int] | None
    """Width and height in pixels; None for the whole picture, on the background of the framing."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What became of a wish; the image is null where the file cannot be read now."""

    wish: Wish
    image: QImage


class _Drawer(QThread):
    drawn = Signal(object)

    def __init__(self, wishes: LatestMailbox[Wish], parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("framing")
        self._wishes = wishes
        self._decoded: Image.Image | None = None
        self._key: tuple[Path, int, object] | None = None
        self._drafts: tuple[int, ...] = ()
        """What was decoded serves these."""

    def run(self) -> None:
        from ganart.datasets.errors import Unreadable

        while (wish := self._wishes.take()) is not None:
            try:
                image = self._draw(wish)
            except (Unreadable, MemoryError):
                image = QImage()
            self.drawn.emit(Drawn(wish, image))
        self._decoded = None

    def _draw(self, wish: Wish) -> QImage:
        from ganart.datasets.framing import frame
        from ganart.datasets.prepare import shortest_side

        if wish.size is not None:
            decoded = self._decode(wish, shortest_side(wish.size, wish.framing))
            return _image_of(frame(decoded, wish.size, wish.framing))
        whole = self._decode(wish, LOOK_PX)
        if max(whole.size) > LOOK_PX:
            whole = whole.copy()
            whole.thumbnail((LOOK_PX, LOOK_PX))
        return _image_of(whole)

    def _decode(self, wish: Wish, shortest: int) -> "Image.Image":
        """Return a picture decoded as `prepare` does it, the last one without doing it again."""
        from ganart.datasets.decode import decode

        row, background = wish.row, wish.framing.background
        reduced = min(row.width, row.height) // max(1, shortest)
        draft = next((each for each in _DRAFTS if each <= reduced), 1)
        key = (row.path, row.mtime_ns, background)
        if self._decoded is None or key != self._key or draft not in self._drafts:
            self._decoded = None  # before the next one takes its memory
            self._decoded = decode(row.path, background, shortest)
            self._key = key
            # Where nothing was reduced that might have been, it never is.
            is_whole = self._decoded.size == (row.width, row.height)
            self._drafts = _DRAFTS if is_whole and draft > 1 else (draft,)
        return self._decoded


def _image_of(picture: "Image.Image") -> QImage:
    width, height = picture.size
    view = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.copy()  # which owns its memory


class Framer(QObject):
    """Draws what is wished for; a newer wish of a tag replaces the one that was not begun.

    Its thread starts with the first wish.
    """

    drawn = Signal(object)
    """A `Drawn`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wishes: LatestMailbox[Wish] | None = None
        self._thread: _Drawer | None = None

    def draw(self, wish: Wish) -> None:
        """Draw this; `drawn` follows."""
        if self._wishes is None:
            self._wishes = LatestMailbox()
            self._thread = _Drawer(self._wishes, self)
            self._thread.drawn.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
            self._thread.start()
        self._wishes.put(wish.tag, wish)

    @Slot()
    def stop(self) -> None:
        """End the thread after the picture that it is working on; nothing more is drawn."""
        if self._wishes is None or self._thread is None:
            return
        self._wishes.close()
        self._thread.wait()
        self._thread.deleteLater()
        self._wishes = self._thread = None

    @Slot(object)
    def _deliver(self, drawn: Drawn) -> None:
        if self._thread is not None:
            self.drawn.emit(drawn)
