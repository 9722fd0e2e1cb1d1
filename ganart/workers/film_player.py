"""Playing a film without sound: decoded on a thread of its own, no larger than it is seen."""

import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from ganart.errors import StudioError
from ganart.media.video import Frame, open_film
from ganart.workers.images import image_of

_LATE_S = 0.25
"""Further behind than this, the clock is set back rather than frames shown faster."""
_HELD_S = 0.05
"""Between two looks at whether a film that is held goes on."""


class _Decoder(QThread):
    framed = Signal(QImage)
    broke = Signal()

    def __init__(self, path: Path, room: QSize, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("film")
        self._path = path
        self._room = room
        self.is_over = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.shown = threading.Semaphore(1)
        """One frame at a time is on its way to the window, which could be busy."""

    def run(self) -> None:
        try:
            while not self.is_over.is_set() and self._play_once():
                pass
        except (StudioError, OSError, ValueError):
            self.broke.emit()

    def _play_once(self) -> bool:
        """Show the film from its beginning to its end; False if it holds no picture."""
        started, shown = time.monotonic(), 0
        with open_film(self._path) as film:
            for frame in film.frames:
                if not isinstance(frame, Frame):
                    continue
                started = self._wait(started, frame.at_s)
                if self.is_over.is_set():
                    return False
                self.framed.emit(self._fitted(image_of(frame.pixels)))
                shown += 1
            self.is_over.wait(1 / film.fps)  # the last picture stays as long as the others
        return shown > 0

    def _wait(self, started: float, at_s: float) -> float:
        """Wait until a frame is due, and return when the film began, pauses taken out."""
        while not self.is_over.is_set() and not self.may_go_on.is_set():
            held = time.monotonic()
            self.may_go_on.wait(_HELD_S)
            started += time.monotonic() - held
        while not self.is_over.is_set() and not self.shown.acquire(timeout=_HELD_S):
            pass
        behind = time.monotonic() - started - at_s
        if behind < 0:
            self.is_over.wait(-behind)
        return started + behind if behind > _LATE_S else started

    def _fitted(self, image: QImage) -> QImage:
        if image.width() <= self._room.width() and image.height() <= self._room.height():
            return image
        return image.scaled(
            self._room,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )


class FilmPlayer(QObject):
    """Plays one film over and over."""

    framed = Signal(QImage)
    """The next picture."""
    broke = Signal()
    """It cannot be played."""

    def __init__(self, path: Path, room: QSize, parent: QObject | None = None) -> None:
        """Take the largest size of its pictures, in pixels."""
        super().__init__(parent)
        self._decoder = _Decoder(path, room, self)
        self._decoder.framed.connect(self._on_framed, Qt.ConnectionType.QueuedConnection)
        self._decoder.broke.connect(self.broke, Qt.ConnectionType.QueuedConnection)
        self._decoder.start()

    def is_playing(self) -> bool:
        """Whether it runs."""
        return self._decoder.isRunning() and self._decoder.may_go_on.is_set()

    def set_paused(self, is_paused: bool) -> None:
        """Hold it or let it go on."""
        if is_paused:
            self._decoder.may_go_on.clear()
        else:
            self._decoder.may_go_on.set()

    def stop(self) -> None:
        """End, and let the file go."""
        self._decoder.is_over.set()
        self._decoder.may_go_on.set()
        self._decoder.shown.release()
        self._decoder.wait()
        self._decoder.framed.disconnect(self._on_framed)

    @Slot(QImage)
    def _on_framed(self, image: QImage) -> None:
        self._decoder.shown.release()
        self.framed.emit(image)
