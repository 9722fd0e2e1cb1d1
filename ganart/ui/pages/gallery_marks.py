"""Stars and tags of the chosen artworks, to be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from ganart.project.artwork_marks import STARS_MAX, TAG_MAX, TAGS_MAX, Mark, tidy_tags
from ganart.ui.icons import icon
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.tag_completer import LastTagCompleter


class StarBar(QWidget):
    """Five stars; a click on the last one that is set takes all away."""

    chosen = Signal(int)
    """How many stars are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = 0
        self.buttons: list[QToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number in range(1, STARS_MAX + 1):
            name = self.tr("Stars: {count}").format(count=number)
            tip = self.tr("Give {count} of 5 stars (key {count})").format(count=number)
            button = tool_button("star", name, tip)
            button.clicked.connect(lambda _checked=False, number=number: self._choose(number))
            row.addWidget(button)
            self.buttons.append(button)

    def stars(self) -> int:
        """Return how many are set."""
        return self._stars

    def set_stars(self, stars: int) -> None:
        """Show so many."""
        self._stars = stars
        for number, button in enumerate(self.buttons, start=1):
            button.setIcon(icon("star-set" if number <= stars else "star"))

    def _choose(self, number: int) -> None:
        self.chosen.emit(0 if number == self._stars else number)


class TagField(QLineEdit):
    """Tags with commas between them, completed from those in use."""

    changed = Signal(object, object)
    """The tags that were added, and those that were taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: tuple[str, ...] = ()
        self._words = QStringListModel(self)
        self.setMaxLength(TAG_MAX * TAGS_MAX)
        self.setPlaceholderText(self.tr("Tags, with commas between"))
        completer = LastTagCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.editingFinished.connect(self._on_finished)

    def set_known(self, tags: Sequence[str]) -> None:
        """Offer these tags while one is typed."""
        self._words.setStringList(list(tags))

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show these tags, unless the person is typing."""
        self._tags = tuple(tags)
        if not (self.hasFocus() and self.isModified()):
            self.setText(", ".join(tags))

    @Slot()
    def _on_finished(self) -> None:
        wanted = tidy_tags(self.text().split(","))
        add = tuple(tag for tag in wanted if tag not in self._tags)
        remove = tuple(tag for tag in self._tags if tag not in wanted)
        self.setText(", ".join(wanted))
        if add or remove:
            self._tags = wanted
            self.changed.emit(add, remove)


class MarksEditor(QWidget):
    """The stars and tags that the chosen artworks have in common."""

    stars_chosen = Signal(int)
    tags_changed = Signal(object, object)
    """As `TagField.changed`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stars = StarBar()
        self.tags = TagField()
        self.stars.chosen.connect(self.stars_chosen)
        self.tags.changed.connect(self.tags_changed)
        label = QLabel(self.tr("Ta&gs"))
        label.setBuddy(self.tags)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.stars)
        row.addSpacing(8)
        row.addWidget(label)
        row.addWidget(self.tags, 1)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show what some artworks have in common."""
        self.setEnabled(bool(marks))
        stars = {mark.stars for mark in marks}
        self.stars.set_stars(stars.pop() if len(stars) == 1 else 0)
        common = set.intersection(*(set(mark.tags) for mark in marks)) if marks else set()
        self.tags.set_tags(tidy_tags(common))

    def edit_tags(self) -> None:
        """Put the cursor behind the last tag."""
        self.tags.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tags.end(False)
