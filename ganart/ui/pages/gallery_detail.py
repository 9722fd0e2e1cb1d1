"""One artwork: large, moving if it moves, with its recipe in plain words."""

from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QImage, QImageReader, QMovie
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ganart.media.metadata import AnyRecipe
from ganart.media.style_recipe import StyleRecipe
from ganart.project.artworks import Artwork
from ganart.ui.icons import icon
from ganart.ui.pages.recipe_words import recipe_in_words
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption, Heading

_MOVING = {".gif", ".webp"}
_LIGHT_PX = 512
_SEEDS_SHOWN = 8


class ArtworkDetail(QWidget):
    """The picture above its facts and what can be done with it."""

    recipe_wanted = Signal(object)
    """A `Recipe` or `StyleRecipe` that is to be opened again."""
    stylize_wanted = Signal(object)
    """A list with the `Path` of a picture or film that is to be stylized."""
    train_wanted = Signal(object)
    """The `Path` of a picture that models are to learn from."""
    delete_wanted = Signal(object)
    """An `Artwork`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Artwork | None = None
        self._recipe: AnyRecipe | None = None
        self._movie: QMovie | None = None
        self.view = PictureView()
        self.view.setAccessibleName(self.tr("Artwork"))
        self.name = Heading()
        self.facts = Caption()
        self.play_button = push_button("play", self.tr("&Play"))
        self.explore_button = push_button("explore", self.tr("Open in &Explore"))
        self.stylize_button = push_button("stylize", self.tr("Styli&ze this"))
        self.train_button = push_button("dataset", self.tr("&Use as training picture"))
        self.open_button = QPushButton(self.tr("&Open"))
        self.open_button.setToolTip(self.tr("Open with this computer's own viewer"))
        self.reveal_button = push_button("folder", self.tr("&Show folder"))
        self.delete_button = ConfirmButton(self.tr("&Delete"), self.tr("Really &delete?"))
        self.delete_button.setToolTip(self.tr("Move the file to the computer's wastebasket"))
        self.play_button.clicked.connect(self.toggle_playing)
        self.explore_button.clicked.connect(self._on_explore)
        self.stylize_button.clicked.connect(self._on_stylize)
        self.train_button.clicked.connect(self._on_train)
        self.open_button.clicked.connect(self._on_open)
        self.reveal_button.clicked.connect(self._on_reveal)
        self.delete_button.confirmed.connect(self._on_delete)
        making = QHBoxLayout()
        for button in (
            self.play_button,
            self.explore_button,
            self.stylize_button,
            self.train_button,
        ):
            making.addWidget(button)
        making.addStretch(1)
        line = QHBoxLayout()
        line.addWidget(self.open_button)
        line.addWidget(self.reveal_button)
        line.addStretch(1)
        line.addWidget(self.delete_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.name)
        layout.addWidget(self.facts)
        layout.addLayout(making)
        layout.addLayout(line)

    def show_work(self, work: Artwork | None) -> None:
        """Show an artwork; its picture and recipe follow."""
        self.stop()
        self._work = work
        self._recipe = None
        self.delete_button.withdraw()
        self.view.set_image(QImage())
        self.name.setText(work.path.name if work else "")
        self.facts.clear()
        self.explore_button.setEnabled(False)
        self.play_button.setVisible(self._moves())
        self.train_button.setVisible(not self._is_film())

    def set_image(self, image: QImage) -> None:
        """Show the picture, unless the artwork plays already."""
        if self._movie is None:
            self.view.set_image(image)

    def set_recipe(self, recipe: AnyRecipe | None) -> None:
        """Tell how the artwork was made; None if it does not say."""
        self._recipe = recipe
        self.explore_button.setEnabled(recipe is not None)
        is_stylized = isinstance(recipe, StyleRecipe)
        again = self.tr("Stylize &again") if is_stylized else self.tr("Open in &Explore")
        self.explore_button.setText(again)
        self.explore_button.setIcon(icon("stylize" if is_stylized else "explore"))
        lines = [self._file_facts()]
        if recipe is None:
            lines.append(self.tr("This file carries no recipe."))
        else:
            lines += recipe_in_words(recipe)
        self.facts.setText("\n".join(lines))

    # Loops

    def is_playing(self) -> bool:
        """Whether a loop is running."""
        return self._movie is not None and self._movie.state() is QMovie.MovieState.Running

    @Slot()
    def toggle_playing(self) -> None:
        """Let a loop run or hold it."""
        if self._movie is not None:
            self._movie.setPaused(self.is_playing())
        elif self._work is not None:
            self._movie = QMovie(str(self._work.path), parent=self)
            self._movie.setScaledSize(self._size_to_play())
            self._movie.frameChanged.connect(self._on_frame)
            self._movie.start()
        self._update_play_button()

    def plays_lightly(self) -> bool:
        """Whether the artwork moves and is small enough to play without being asked: Qt decodes
        each picture of it in the window's thread.
        """
        size = self._size_of_file()
        return self._moves() and max(size.width(), size.height()) <= _LIGHT_PX

    def _moves(self) -> bool:
        return self._work is not None and self._work.path.suffix.lower() in _MOVING

    def _is_film(self) -> bool:
        return self._work is not None and self._work.path.suffix.lower() == ".mp4"

    def _size_of_file(self) -> QSize:
        return QImageReader(str(self._work.path)).size() if self._work is not None else QSize()

    def _size_to_play(self) -> QSize:
        size = self._size_of_file()
        room = self.view.size() * self.devicePixelRatioF()
        fits = size.width() <= room.width() and size.height() <= room.height()
        return size if fits else size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def stop(self) -> None:
        """End a loop and let its file go."""
        if self._movie is not None:
            self._movie.stop()
            self._movie.deleteLater()
            self._movie = None
        self._update_play_button()

    def _update_play_button(self) -> None:
        playing = self.is_playing()
        self.play_button.setText(self.tr("&Pause") if playing else self.tr("&Play"))
        self.play_button.setIcon(icon("pause" if playing else "play"))

    @Slot()
    def _on_frame(self) -> None:
        if self._movie is not None:
            self.view.set_image(self._movie.currentImage())

    # Words

    def _file_facts(self) -> str:
        if self._work is None:
            return ""
        made = words.moment(self._work.created.isoformat(timespec="seconds"))
        size = QLocale().formattedDataSize(self._work.bytes)
        return f"{size}   ·   {made}"

    # Deeds

    @Slot()
    def _on_explore(self) -> None:
        if self._recipe is not None:
            self.recipe_wanted.emit(self._recipe)

    @Slot()
    def _on_stylize(self) -> None:
        if self._work is not None:
            self.stylize_wanted.emit([self._work.path])

    @Slot()
    def _on_train(self) -> None:
        if self._work is not None:
            self.train_wanted.emit(self._work.path)

    @Slot()
    def _on_open(self) -> None:
        if self._work is not None:
            _open(self._work.path)

    @Slot()
    def _on_reveal(self) -> None:
        if self._work is not None:
            _open(self._work.path.parent)

    @Slot()
    def _on_delete(self) -> None:
        if self._work is not None:
            self.delete_wanted.emit(self._work)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
