"""The lesson beside a training: a chapter's text, the narrator, and the way on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.records import Chapter, Said
from ganart.ui.pages.lesson_chapter import ChapterText
from ganart.ui.pages.lesson_words import said, spoken
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.narration import Narration
from ganart.ui.widgets.text import Caption, Heading

_WIDTH_PX = 310


class LessonPanel(QWidget):
    """Shows one chapter; knows neither the session nor the training, but is told how it stands."""

    chapter_chosen = Signal(int)
    """The place of a chapter, from 0."""
    start_wanted = Signal()
    change_wanted = Signal(object)
    """A `Change` for the training that runs."""
    page_wanted = Signal(str)
    """The name of a page where it goes on."""
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH_PX)
        self.chapters = QComboBox()
        self.chapters.setAccessibleName(self.tr("Chapter of the lesson"))
        for number, chapter in enumerate(CHAPTERS, 1):
            text = self.tr("{number}   {title}")
            self.chapters.addItem(text.format(number=number, title=said(chapter.title)))
        self.chapters.activated.connect(self.chapter_chosen)
        self.leave_button = tool_button("close", self.tr("Leave the lesson"))
        self.leave_button.clicked.connect(self.leave_wanted)
        # Letters are taken: the monitor beside it has many.
        self.previous_button = QPushButton(self.tr("Previous"))
        self.previous_button.setShortcut(QKeySequence("Alt+PgUp"))
        self.previous_button.setToolTip(self.tr("The chapter before (Alt+Page Up)"))
        self.previous_button.clicked.connect(self._on_previous)
        self.next_button = QPushButton(self.tr("Next"))
        self.next_button.setShortcut(QKeySequence("Alt+PgDown"))
        self.next_button.setToolTip(self.tr("The next chapter (Alt+Page Down)"))
        self.next_button.clicked.connect(self._on_next)
        self.start_button = QPushButton()
        self.start_button.setDefault(True)
        self.start_button.setAutoDefault(True)
        self.start_button.clicked.connect(self.start_wanted)
        self.hint = Caption()
        self.narration = Narration(self.tr("What the narrator says"))
        self.reading = QScrollArea()
        self.reading.setFrameShape(QFrame.Shape.NoFrame)
        self.reading.setWidgetResizable(True)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.setAccessibleName(self.tr("The chapter"))
        self._lay_out()
        self.show_chapter(0)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Heading(self.tr("The lesson")), 1)
        head.addWidget(self.leave_button)
        ways = QHBoxLayout()
        ways.addWidget(self.previous_button)
        ways.addStretch(1)
        ways.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 20, 12, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.chapters)
        layout.addWidget(self.reading, 1)
        layout.addWidget(self.narration)
        layout.addWidget(self.hint)
        layout.addWidget(self.start_button)
        layout.addLayout(ways)

    def chapter(self) -> Chapter:
        """Return what is shown."""
        return self.text.chapter

    def show_chapter(self, number: int) -> None:
        """Show the chapter of that place, from 0."""
        self.text = ChapterText(CHAPTERS[number])
        self.text.change_wanted.connect(self.change_wanted)
        self.text.page_wanted.connect(self.page_wanted)
        self.reading.setWidget(self.text)  # which deletes the one before
        self.chapters.setCurrentIndex(number)
        self.previous_button.setEnabled(number > 0)
        self.next_button.setEnabled(number + 1 < len(CHAPTERS))
        trains = bool(self.chapter().preset)
        self.narration.setVisible(trains)
        self.start_button.setVisible(trains)
        self.narration.show_quietly(self.tr("Here a narrator will tell what the curves show."))

    def offer_start(self, text: str, hint: str, *, possible: bool) -> None:
        """Say what the start button does now, and whether it can; `hint` says why not."""
        self.start_button.setText(text)
        self.start_button.setEnabled(possible)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def begin(self) -> None:
        """Be told that the chapter's training begins; what can be tried moves into view."""
        self.narration.show_quietly(self.tr("One moment …"))
        self.text.about.button.setChecked(False)

    def end(self) -> None:
        """Be told that the chapter's training has ended."""
        self.narration.tell(
            self.tr(
                "The training has ended and is kept. The slider below the pictures goes back "
                "through it; the next chapter goes on from here."
            )
        )

    def hear(self, record: Said) -> None:
        """Show what the narrator says."""
        self.narration.tell(spoken(record))

    @Slot()
    def _on_previous(self) -> None:
        self.chapter_chosen.emit(self.chapters.currentIndex() - 1)

    @Slot()
    def _on_next(self) -> None:
        self.chapter_chosen.emit(self.chapters.currentIndex() + 1)
