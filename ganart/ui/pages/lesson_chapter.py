"""The text of one chapter of the lesson, what can be tried in it, and where it goes on."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ganart.engine.asks import Change
from ganart.engine.gan.lesson.records import Chapter, Experiment, restoring
from ganart.ui.pages.lesson_words import said
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.text import Caption, Heading


class ChapterText(QWidget):
    """One chapter, made for it and thrown away with it."""

    change_wanted = Signal(object)
    """A `Change` for the training that runs."""
    page_wanted = Signal(str)
    """The name of a page where it goes on."""

    def __init__(self, chapter: Chapter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chapter = chapter
        self.trials: dict[str, QPushButton] = {}
        self.links: dict[str, QPushButton] = {}
        self._now: dict[str, Any] = {}
        self._is_live = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 0, 6, 0)
        self._column.setSpacing(10)
        self.about = self._fold(self.tr("What it is about"), chapter.about)
        self.about.button.setChecked(True)
        self._write(self.tr("What to look for"), chapter.watch)
        if chapter.question:
            self._write(self.tr("A question"), (chapter.question,))
            self._fold(self.tr("An ans&wer"), (chapter.answer,))
        if chapter.experiments:
            self._offer_trials()
        for key in chapter.links:
            self._offer_link(key)
        self._column.addStretch(1)
        self._update()

    def _fold(self, title: str, texts: tuple[str, ...]) -> Fold:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for text in texts:
            column.addWidget(_paragraph(said(text)))
        fold = Fold(title, content)
        self._column.addWidget(fold)
        return fold

    def _write(self, title: str, texts: tuple[str, ...]) -> None:
        if texts:
            self._column.addWidget(Heading(title))
        for text in texts:
            self._column.addWidget(_paragraph(said(text)))

    def _offer_trials(self) -> None:
        self._column.addWidget(Heading(self.tr("Try it while it trains")))
        for each in self.chapter.experiments:
            button = QPushButton(said(each.label))
            button.setAccessibleDescription(said(each.sentence))
            button.setProperty("key", each.key)
            button.clicked.connect(self._on_trial)
            self.trials[each.key] = button
            self._column.addWidget(button)
            self._column.addWidget(Caption(said(each.sentence)))
        self.restore_button = QPushButton(self.tr("As it was at the beginning"))
        self.restore_button.clicked.connect(self._on_restore)
        self._column.addWidget(self.restore_button)

    def _offer_link(self, key: str) -> None:
        names = {
            "dataset": self.tr("Choose pictures"),
            "train": self.tr("Train a model"),
            "explore": self.tr("Open it on the Explore page"),
            "stylize": self.tr("Stylize a photo"),
        }
        button = self.links[key] = QPushButton(names[key])
        button.setProperty("key", key)
        button.clicked.connect(self._on_link)
        self._column.addWidget(button)

    # The training

    def set_live(self, is_live: bool) -> None:
        """Say whether the chapter's training goes on, so that things can be tried."""
        self._is_live = is_live
        self._update()

    def note(self, options: Mapping[str, Any]) -> None:
        """Be told the options that were changed since the training began."""
        self._now = dict(options)
        self._update()

    def _update(self) -> None:
        config = self.chapter.config()
        for each in self.chapter.experiments:
            holds = all(
                self._now.get(name, getattr(config, name)) == value for name, value in each.options
            )
            self.trials[each.key].setEnabled(self._is_live and not holds)
        if self.chapter.experiments:
            is_changed = bool(restoring(self.chapter, self._now))
            self.restore_button.setEnabled(self._is_live and is_changed)

    # What is done

    @Slot()
    def _on_trial(self) -> None:
        experiment = self._experiment()
        if experiment is not None:
            self.change_wanted.emit(experiment.change(said(experiment.label)))

    def _experiment(self) -> Experiment | None:
        button = self.sender()
        return self.chapter.experiment(str(button.property("key"))) if button else None

    @Slot()
    def _on_restore(self) -> None:
        options = restoring(self.chapter, self._now)
        self.change_wanted.emit(Change(options, self.tr("As at the beginning")))

    @Slot()
    def _on_link(self) -> None:
        button = self.sender()
        if button is not None:
            self.page_wanted.emit(str(button.property("key")))


def _paragraph(text: str) -> QLabel:
    """Return text to be read, wrapped into whatever width there is."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
