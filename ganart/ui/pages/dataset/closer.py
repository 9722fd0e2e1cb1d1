"""Looking closely at pictures of the dataset, over the tabs: the loupe, comparing, surveying."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ganart.ui.pages.dataset.board import Board
from ganart.ui.pages.dataset.close_images import CloseImages
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.loupe import PictureLoupe
from ganart.ui.widgets.words import count
from ganart.workers.close_facts import CloseFacts, close_facts_job
from ganart.workers.run import Run

MOST_COMPARED = 4
MOST_SURVEYED = 12


class Closer(QStackedWidget):
    """Shows what the tabs want to be looked at, and tells them at the end what was looked at last.

    The loupe and the board are made when they are first wanted.
    """

    opened = Signal()
    """There is something to be seen here."""
    left = Signal()
    """The person goes back to the tabs; `Desk.looked_at` is to follow with `last`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._images: CloseImages | None = None
        self._facts: Run | None = None
        self._is_from_board = False
        """Whether the loupe leads back to the board."""
        self.loupe: PictureLoupe | None = None
        self.board: Board | None = None
        self.last = 0
        """The id of the picture that was looked at last."""
        desk.loupe_wanted.connect(self.show_loupe)
        desk.compare_wanted.connect(self.compare)
        desk.survey_wanted.connect(self.survey)
        desk.session.project_closed.connect(self._leave_closed)

    @Slot(object, int)
    def show_loupe(self, ids: Sequence[int], current: int) -> None:
        """Look at one of some pictures, and from there at the others."""
        if not self._desk.pictures.known(ids):
            return
        self._is_from_board = self.isVisible() and self.currentWidget() is self.board
        loupe = self._made_loupe()
        self._read_facts()
        self._show(loupe)
        loupe.show_ids(ids, current)

    @Slot(object)
    def compare(self, ids: Sequence[int]) -> None:
        """Look at two to four pictures side by side, of more at the first four."""
        self._show_board(ids[:MOST_COMPARED], is_survey=False)
        if len(ids) > MOST_COMPARED:
            text = self.tr("At most {most} pictures are compared: the first of {count} selected.")
            self._say_how_many(text, MOST_COMPARED, len(ids))

    @Slot(object)
    def survey(self, ids: Sequence[int]) -> None:
        """Look at two to twelve pictures all at once, until those are left that are kept."""
        self._show_board(ids[:MOST_SURVEYED], is_survey=True)
        if len(ids) > MOST_SURVEYED:
            text = self.tr("At most {most} pictures are surveyed: the first of {count} selected.")
            self._say_how_many(text, MOST_SURVEYED, len(ids))

    def _say_how_many(self, text: str, most: int, chosen: int) -> None:
        self._desk.session.notice.emit(text.format(most=count(most), count=count(chosen)))

    def make_all(self) -> None:
        """Make what was not wanted yet, such as to tell its keys."""
        self._made_loupe()
        self._made_board()

    def _show_board(self, ids: Sequence[int], *, is_survey: bool) -> None:
        if self._desk.pictures.known(ids):
            board = self._made_board()
            self._show(board)
            board.show_ids(ids, is_survey=is_survey)

    def _show(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.opened.emit()
        part.setFocus()

    def _made_loupe(self) -> PictureLoupe:
        if self.loupe is None:
            self.loupe = PictureLoupe(self._desk, self._made_images())
            self.loupe.left.connect(self._leave_loupe)
            self.addWidget(self.loupe)
        return self.loupe

    def _made_board(self) -> Board:
        if self.board is None:
            self.board = Board(self._desk, self._made_images())
            self.board.left.connect(self._leave)
            self.addWidget(self.board)
        return self.board

    def _made_images(self) -> CloseImages:
        if self._images is None:
            self._images = CloseImages(self._desk, self)
        return self._images

    def _read_facts(self) -> None:
        """Have the loupe know what may be wrong with pictures, as of now."""
        project = self._desk.session.project
        if project is not None and self._facts is None:
            self._facts = self._desk.session.begin(
                close_facts_job(project.catalogue_path), "close facts"
            )
            self._facts.reported.connect(self._on_facts)
            self._facts.done.connect(self._on_facts_done)

    @Slot(object)
    def _on_facts(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, CloseFacts) and self.loupe is not None:
                self.loupe.set_facts(record)

    @Slot()
    def _on_facts_done(self) -> None:
        self._facts = None

    @Slot()
    def _leave_loupe(self) -> None:
        if self._is_from_board and self.loupe is not None and self.board is not None:
            self._is_from_board = False
            self._show(self.board)
            self.board.come_back(self.loupe.current())
        else:
            self._leave()

    @Slot()
    def _leave(self) -> None:
        part = self.currentWidget()
        if isinstance(part, PictureLoupe | Board):
            self.last = part.current()
            if self._images is not None:
                self._images.rest()
            self.left.emit()

    @Slot()
    def _leave_closed(self) -> None:
        self._facts = None
        if self.loupe is not None:
            self.loupe.set_facts(CloseFacts())  # the next project's pictures have the same numbers
        self.last = 0
        self.left.emit()
