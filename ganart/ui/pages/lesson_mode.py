"""The lesson on the Train page: which chapter is read, and its training."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from ganart.engine.asks import Change
from ganart.engine.gan.events import Mark, Marked, Phase, PhaseChanged, RunStarted
from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.records import Chapter, Said
from ganart.ui.pages.lesson_cover import LessonCover
from ganart.ui.pages.lesson_notes import LessonNotes
from ganart.ui.pages.lesson_panel import LessonPanel
from ganart.ui.pages.train_monitor import TrainMonitor
from ganart.ui.pages.train_runs import RunList
from ganart.workers.run import Run
from ganart.workers.session import Session

_FEWEST_PICTURES = 2


class LessonMode(QObject):
    """While it is open, its panel stands in place of the list of runs, beside the monitor."""

    setup_wanted = Signal()
    """The lesson was left, and nothing is trained."""
    run_wanted = Signal(str)
    """The run of this id, which was trained for the chapter, is to be shown."""
    page_wanted = Signal(str)
    """The name of another page: "dataset" or "stylize"."""
    explore_wanted = Signal(str)
    """The id of a run whose newest model is to be explored."""

    def __init__(
        self,
        session: Session,
        runs: RunList,
        stack: QStackedWidget,
        monitor: TrainMonitor,
        parent: QObject | None = None,
    ) -> None:
        """Take the parts of the Train page; a cover is added to the `stack`."""
        super().__init__(parent)
        self._session = session
        self._runs, self._stack, self._monitor = runs, stack, monitor
        self._notes = LessonNotes(session)
        self._pictures = 0
        self._trained: Chapter | None = None
        """The chapter that is trained right now."""
        self._is_next = False
        self._has_begun = False
        self._heard: Said | None = None
        self._changed: dict[str, Any] = {}
        self.panel = LessonPanel()
        self.panel.hide()
        self.cover = LessonCover()
        stack.addWidget(self.cover)
        self.panel.chapter_chosen.connect(self.show_chapter)
        self.panel.start_wanted.connect(self.start)
        self.panel.change_wanted.connect(self._on_change_wanted)
        self.panel.page_wanted.connect(self._on_page_wanted)
        self.panel.leave_wanted.connect(self.leave)
        session.training_changed.connect(self._on_training_changed)
        session.jobs_stopping.connect(self._on_jobs_stopping)
        session.project_closed.connect(self.leave)

    # In and out

    def is_open(self) -> bool:
        """Whether the lesson is on."""
        return not self.panel.isHidden()

    @Slot()
    def enter(self) -> None:
        """Go on with the lesson where it was left in this project."""
        if self._session.project is None:
            return
        key = self._notes.chapter()
        places = [place for place, each in enumerate(CHAPTERS) if each.key == key]
        self.panel.show()
        self._runs.hide()
        self.show_chapter(places[0] if places else 0)

    @Slot()
    def leave(self) -> None:
        """End the lesson; a training goes on, and all that was trained is kept."""
        if self.is_open():
            self._is_next = False
            self.panel.hide()
            self.refresh()
            if self._session.training is None:
                self.setup_wanted.emit()
            else:
                self._stack.setCurrentWidget(self._monitor)

    def refresh(self) -> None:
        """Show the list of runs where there is any, or the lesson in its place; it was read."""
        self._runs.setVisible(self._runs.list.count() > 0 and not self.is_open())
        self._update()
        is_waiting = self.is_open() and self._stack.currentWidget() is self.cover
        if is_waiting and self.run_id() and self._session.training is None:
            self.run_wanted.emit(self.run_id())

    # Chapters

    @Slot(int)
    def show_chapter(self, number: int) -> None:
        """Show the chapter of that place, from 0, with what was trained for it."""
        self.panel.show_chapter(number)
        chapter = self.panel.chapter()
        self.cover.show_chapter(chapter)
        self._notes.keep_chapter(chapter.key)
        if self._trained is chapter:
            self._show_live()
        self._update()
        is_busy = self._session.training is not None
        if is_busy and self._trained in {chapter, None}:
            self._stack.setCurrentWidget(self._monitor)
        elif self.run_id() and not is_busy:
            self.run_wanted.emit(self.run_id())
        else:
            self._stack.setCurrentWidget(self.cover)

    def run_id(self) -> str:
        """Return the id of the newest run of the shown chapter, empty where there is none."""
        run_id = self._notes.run_id(self.panel.chapter().key)
        return run_id if self._runs.holds(run_id) else ""

    def set_pictures(self, count: int) -> None:
        """Say how many pictures of the dataset can be trained on."""
        self._pictures = count
        self._update()

    # Training

    @Slot()
    def start(self) -> None:
        """Train the chapter; another chapter's training is stopped and kept first."""
        if self._session.training is not None:
            self._is_next = True
            self._monitor.stop()
            return
        chapter = self.panel.chapter()
        if chapter.preset:
            self._trained = chapter
            self._monitor.clear(self.tr("New training"))
            self._monitor.show_beginning()
            self._session.start_lesson(chapter)

    def begin_next(self) -> bool:
        """Begin the chapter that waited for the end of a training; whether one did."""
        if self._is_next:
            QTimer.singleShot(0, self._begin_next)  # when all have heard of the end
        return self._is_next

    @Slot()
    def _begin_next(self) -> None:
        if self._is_next:
            self._is_next = False
            self.start()

    @Slot()
    def _on_jobs_stopping(self) -> None:
        self._is_next = False

    @Slot(object)
    def _on_training_changed(self, run: Run | None) -> None:
        if run is None:
            if self._trained is self.panel.chapter() and self._has_begun:
                self.panel.end()
            self._trained = None
        elif self._trained is not None:
            self._has_begun, self._heard, self._changed = False, None, {}
            self.panel.begin()
            run.reported.connect(self._on_reported)
            run.stop_asked.connect(self._update)
        self._update()

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        known = (self._heard, dict(self._changed), self._has_begun)
        for record in records:
            match record:
                case RunStarted() if self._trained is not None:
                    self._notes.keep_run(self._trained.key, record.run_id)
                case Said():
                    self._heard = record
                case Marked(mark=Mark.CHANGED):
                    self._changed.update(record.options)
                case PhaseChanged(phase=Phase.TRAINING):
                    self._has_begun = True
        is_news = known != (self._heard, self._changed, self._has_begun)
        if is_news and self._trained is self.panel.chapter():
            self._show_live()

    def _show_live(self) -> None:
        """Show what is known of the training of the shown chapter."""
        run = self._session.training
        if self._heard is not None:
            self.panel.hear(self._heard)
        self.panel.text.note(self._changed)
        self.panel.text.set_live(self._has_begun and run is not None and not run.is_stopping())

    @Slot(object)
    def _on_change_wanted(self, change: Change) -> None:
        self._session.change_training(change)

    @Slot(str)
    def _on_page_wanted(self, name: str) -> None:
        if name == "train":
            self.leave()
        elif name == "explore":
            self.explore_wanted.emit(self.run_id())
        else:
            self.page_wanted.emit(name)

    @Slot()
    def _update(self) -> None:
        """Say what can be started, and allow what can be done."""
        panel, run = self.panel, self._session.training
        if run is None or run.is_stopping():
            panel.text.set_live(False)
        explore = panel.text.links.get("explore")
        if explore is not None:
            explore.setEnabled(bool(self.run_id()))
        start = self.tr("Start this chapter")
        if not panel.chapter().preset:
            panel.offer_start("", "", possible=False)
        elif run is None:
            hint = self.tr("The project has no pictures yet, or they are still being looked at.")
            ready = self._pictures >= _FEWEST_PICTURES
            again = self.tr("Start it again") if self.run_id() else start
            panel.offer_start(again, "" if ready else hint, possible=ready)
        elif self._trained is None:
            hint = self.tr("A training is running. The chapter can start when it has ended.")
            panel.offer_start(start, hint, possible=False)
        elif self._trained is panel.chapter():
            panel.offer_start(self.tr("This chapter is running"), "", possible=False)
        else:
            hint = self.tr("Another chapter is still training. It will be stopped and kept.")
            panel.offer_start(start, hint, possible=not run.is_stopping())
