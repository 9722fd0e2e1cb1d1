"""One artwork: large, moving if it moves, with its stars and its recipe in plain words."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ganart.media.metadata import AnyRecipe
from ganart.media.style_recipe import StyleRecipe
from ganart.project.artworks import Artwork, Facts
from ganart.ui.icons import icon
from ganart.ui.outside import open_outside
from ganart.ui.pages.gallery_filter import STILLS
from ganart.ui.pages.gallery_marks import MarksEditor
from ganart.ui.pages.gallery_playing import Playing
from ganart.ui.pages.recipe_words import recipe_in_words
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption, Heading, give_way


class ArtworkDetail(QWidget):
    """The picture above its facts and what can be done with it, or with several chosen ones."""

    recipe_wanted = Signal(object)
    """A `Recipe` or `StyleRecipe` that is to be opened again."""
    stylize_wanted = Signal(object)
    """A list with the `Path` of a picture or film that is to be stylized."""
    train_wanted = Signal(object)
    """The `Path` of a picture that models are to learn from."""
    reveal_wanted = Signal(object)
    """The `Path` of a file to be shown in the computer's file manager."""
    compare_wanted = Signal()
    delete_wanted = Signal()
    """All that is chosen is to be deleted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Artwork | None = None
        self._recipe: AnyRecipe | None = None
        self.view = PictureView()
        self.view.setAccessibleName(self.tr("Artwork"))
        self.playing = Playing(self.view, self)
        self.name = Heading()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        give_way(self.name)
        self.marks = MarksEditor()
        self.facts = Caption()
        self.play_button = push_button("play", self.tr("&Play"))
        self.explore_button = push_button("explore", self.tr("Open in &Explore"))
        self.stylize_button = push_button("stylize", self.tr("Styli&ze this"))
        self.train_button = push_button("dataset", self.tr("&Use as training picture"))
        self.open_button = QPushButton(self.tr("&Open"))
        self.open_button.setToolTip(self.tr("Open with this computer's own viewer"))
        self.reveal_button = push_button("folder", self.tr("&Show in folder"))
        self.compare_button = QPushButton(self.tr("&Compare"))
        self.compare_button.setToolTip(self.tr("Compare the two to four chosen artworks"))
        self.delete_button = ConfirmButton(self.tr("&Delete"), self.tr("Really &delete?"))
        self.delete_button.setToolTip(self.tr("Move the file to the computer's wastebasket"))
        self._connect()
        self._lay_out()
        self.show_work(None)

    def _connect(self) -> None:
        self.playing.changed.connect(self._update_play_button)
        self.play_button.clicked.connect(self.playing.toggle)
        self.explore_button.clicked.connect(self._on_explore)
        self.stylize_button.clicked.connect(self._on_stylize)
        self.train_button.clicked.connect(self._on_train)
        self.open_button.clicked.connect(self._on_open)
        self.reveal_button.clicked.connect(self._on_reveal)
        self.compare_button.clicked.connect(self.compare_wanted)
        self.delete_button.confirmed.connect(self.delete_wanted)

    def _lay_out(self) -> None:
        making, keeping = QHBoxLayout(), QHBoxLayout()
        for button in (self.play_button, self.explore_button, self.stylize_button):
            making.addWidget(button)
        making.addWidget(self.train_button)
        making.addStretch(1)
        for button in (self.open_button, self.reveal_button, self.compare_button):
            keeping.addWidget(button)
        keeping.addStretch(1)
        keeping.addWidget(self.delete_button)
        # A recipe of a long loop is a long text.
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidget(self.facts)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        self.facts.setAutoFillBackground(False)
        area.setFixedHeight(6 * self.fontMetrics().lineSpacing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.name)
        layout.addWidget(self.marks)
        layout.addWidget(area)
        layout.addLayout(making)
        layout.addLayout(keeping)

    def show_work(self, work: Artwork | None) -> None:
        """Show another artwork, or none; its picture and its recipe follow."""
        self._work = work
        self._recipe = None
        self.playing.take(work)
        self.delete_button.withdraw()
        self.view.set_placeholder("")
        self.view.set_image(QImage())
        self.name.setText(work.path.name if work else "")
        self.facts.clear()
        self.explore_button.setEnabled(False)
        self.play_button.setVisible(self.playing.can_play())
        self.train_button.setVisible(work is not None and not self.playing.is_film())

    def set_chosen_count(self, count: int) -> None:
        """Be told how many artworks are chosen: deleting and comparing are for all of them."""
        self.compare_button.setEnabled(2 <= count <= 4)
        if count > 1:
            text = self.tr("&Delete {count}").format(count=words.count(count))
            question = self.tr("Really &delete {count}?").format(count=words.count(count))
        else:
            text, question = self.tr("&Delete"), self.tr("Really &delete?")
        self.delete_button.reword(text, question)

    def set_image(self, image: QImage) -> None:
        """Show the picture, unless the artwork plays already."""
        if self.playing.has_begun():
            return
        blank = self.tr("This artwork cannot be shown as a picture here.")
        self.view.set_placeholder(blank if image.isNull() else "")
        self.view.set_image(image)

    def set_recipe(self, recipe: AnyRecipe | None, facts: Facts | None = None) -> None:
        """Tell how the artwork was made; None if it does not say."""
        self._recipe = recipe
        self.explore_button.setEnabled(recipe is not None)
        is_stylized = isinstance(recipe, StyleRecipe)
        is_still = recipe is not None and recipe.kind in STILLS
        self.play_button.setVisible(self.playing.can_play() and not is_still)
        again = self.tr("Stylize &again") if is_stylized else self.tr("Open in &Explore")
        self.explore_button.setText(again)
        self.explore_button.setIcon(icon("stylize" if is_stylized else "explore"))
        lines = [self._file_facts(facts)]
        if recipe is None:
            lines.append(self.tr("This file carries no recipe."))
        else:
            lines += recipe_in_words(recipe)
        self.facts.setText("\n".join(lines))

    @Slot()
    def _update_play_button(self) -> None:
        playing = self.playing.is_playing()
        self.play_button.setText(self.tr("&Pause") if playing else self.tr("&Play"))
        self.play_button.setIcon(icon("pause" if playing else "play"))

    def _file_facts(self, facts: Facts | None) -> str:
        if self._work is None:
            return ""
        parts = [
            words.data_size(self._work.bytes),
            words.moment(self._work.created.isoformat(timespec="seconds")),
        ]
        if facts is not None and facts.width:
            size = self.tr("{width} × {height} px")
            parts.insert(0, size.format(width=facts.width, height=facts.height))
        return "   ·   ".join(parts)

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
            open_outside(self._work.path, self)

    @Slot()
    def _on_reveal(self) -> None:
        if self._work is not None:
            self.reveal_wanted.emit(self._work.path)
