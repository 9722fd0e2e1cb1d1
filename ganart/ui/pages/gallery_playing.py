"""Artworks that move, played where a still picture would stand."""

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QMovie

from ganart.project.artworks import Artwork
from ganart.ui.widgets.picture_view import PictureView
from ganart.workers.film_player import FilmPlayer

_BY_QT = {".gif", ".webp"}
"""What Qt plays, decoding each picture in the window's thread."""
_FILMS = {".apng", ".mp4", ".webm", ".mkv"}
_LIGHT_PX = 512


class Playing(QObject):
    """Plays one artwork at a time in a view."""

    changed = Signal()
    """It plays now, or does not any more."""

    def __init__(self, view: PictureView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._work: Artwork | None = None
        self._movie: QMovie | None = None
        self._film: FilmPlayer | None = None

    def take(self, work: Artwork | None) -> None:
        """Be told what is shown; it does not play yet."""
        self.stop()
        self._work = work

    def can_play(self) -> bool:
        """Whether the artwork moves, going by its name."""
        return self._suffix() in _BY_QT | _FILMS

    def is_film(self) -> bool:
        """Whether it is a film, which models do not learn from."""
        return self._suffix() in _FILMS

    def is_light(self) -> bool:
        """Whether it moves and can be played without being asked: films have a thread of their own,
        others must be small.
        """
        if self.is_film():
            return True
        size = self._size_of_file()
        return self.can_play() and max(size.width(), size.height()) <= _LIGHT_PX

    def has_begun(self) -> bool:
        """Whether it plays or is held."""
        return self._movie is not None or self._film is not None

    def is_playing(self) -> bool:
        """Whether it runs."""
        if self._film is not None:
            return self._film.is_playing()
        return self._movie is not None and self._movie.state() is QMovie.MovieState.Running

    @Slot()
    def toggle(self) -> None:
        """Let it run, or hold it."""
        if self._film is not None:
            self._film.set_paused(self._film.is_playing())
        elif self._movie is not None:
            self._movie.setPaused(self.is_playing())
        elif self._work is not None and self.is_film():
            self._film = FilmPlayer(self._work.path, self._room(), self)
            self._film.framed.connect(self._view.set_image)
            self._film.broke.connect(self._on_broke)
        elif self._work is not None and self.can_play():
            self._movie = QMovie(str(self._work.path), parent=self)
            self._movie.setScaledSize(self._size_to_play())
            self._movie.frameChanged.connect(self._on_frame)
            self._movie.start()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End, and let the file go."""
        if self._movie is not None:
            self._movie.stop()
            self._movie.deleteLater()
            self._movie = None
        if self._film is not None:
            self._film.stop()
            self._film.deleteLater()
            self._film = None
        self.changed.emit()

    def _suffix(self) -> str:
        return self._work.path.suffix.lower() if self._work is not None else ""

    def _room(self) -> QSize:
        return self._view.size() * self._view.devicePixelRatioF()

    def _size_of_file(self) -> QSize:
        return QImageReader(str(self._work.path)).size() if self._work is not None else QSize()

    def _size_to_play(self) -> QSize:
        size, room = self._size_of_file(), self._room()
        fits = size.width() <= room.width() and size.height() <= room.height()
        return size if fits else size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    @Slot()
    def _on_frame(self) -> None:
        if self._movie is not None:
            image: QImage = self._movie.currentImage()
            self._view.set_image(image)

    @Slot()
    def _on_broke(self) -> None:
        self.stop()
