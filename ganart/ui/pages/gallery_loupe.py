"""One artwork on the whole page, to be looked at closely, and on to the next one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.project.artwork_marks import Mark
from ganart.project.artworks import Artwork
from ganart.ui.pages.gallery_grid import stars_of
from ganart.ui.pages.gallery_marks import StarBar
from ganart.ui.pages.gallery_playing import Playing
from ganart.ui.widgets.buttons import arrow_button, push_button
from ganart.ui.widgets.loupe_view import LoupeView, is_mirrored
from ganart.ui.widgets.text import Heading, give_way


class ArtworkView(LoupeView):
    """As `LoupeView`; also 0 to 5 give stars and P plays."""

    stars_wanted = Signal(int)
    play_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        stars = stars_of(event)
        if stars >= 0:
            self.stars_wanted.emit(stars)
        elif event.key() == Qt.Key.Key_P:
            self.play_wanted.emit()
        else:
            super().keyPressEvent(event)


class Loupe(QWidget):
    """The picture under a line that says what it is."""

    step_wanted = Signal(int)
    stars_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ArtworkView()
        self.view.setAccessibleName(self.tr("Artwork"))
        self.playing = Playing(self.view, self)
        self.back_button = push_button("back", self.tr("&Back to all"))
        self.back_button.setToolTip(self.tr("Esc"))
        self.name = Heading()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        give_way(self.name)
        self.place = QLabel()
        self.stars = StarBar()
        arrows = [Qt.ArrowType.LeftArrow, Qt.ArrowType.RightArrow]
        if is_mirrored():
            arrows.reverse()
        before = arrow_button(arrows[0], self.tr("The artwork before"))
        after = arrow_button(arrows[1], self.tr("The next artwork"))
        line = QHBoxLayout()
        line.addWidget(self.back_button)
        line.addSpacing(8)
        line.addWidget(self.name, 1)
        line.addWidget(self.stars)
        line.addSpacing(8)
        line.addWidget(before)
        line.addWidget(self.place)
        line.addWidget(after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.back_button.clicked.connect(self.left)
        before.clicked.connect(lambda: self.step_wanted.emit(-1))
        after.clicked.connect(lambda: self.step_wanted.emit(1))
        self.stars.chosen.connect(self.stars_wanted)
        self.view.step_wanted.connect(self.step_wanted)
        self.view.stars_wanted.connect(self.stars_wanted)
        self.view.play_wanted.connect(self.playing.toggle)
        self.view.left.connect(self.left)

    def show_work(self, work: Artwork | None, mark: Mark, place: str) -> None:
        """Show another artwork; its picture follows. `place` says which of how many."""
        self.playing.take(work)
        self.view.set_placeholder("")
        self.view.set_image(QImage())
        self.view.fit()
        self.name.setText(work.path.name if work is not None else "")
        self.place.setText(place)
        self.show_mark(mark)

    def show_mark(self, mark: Mark) -> None:
        """Show other stars."""
        self.stars.set_stars(mark.stars)

    def set_image(self, image: QImage) -> None:
        """Show the picture, unless the artwork plays already."""
        if self.playing.has_begun():
            return
        blank = self.tr("This artwork cannot be shown as a picture here.")
        self.view.set_placeholder(blank if image.isNull() else "")
        self.view.set_image(image)

    @Slot()
    def leave(self) -> None:
        """Let the file go."""
        self.playing.take(None)
