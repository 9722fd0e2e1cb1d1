"""One batch, live or as it was left: its queue, the newest result, and what can be done with it."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.events import (
    BatchFinished,
    BatchStarted,
    ItemEnded,
    ItemState,
    StyleTrouble,
)
from ganart.ui.outside import open_outside
from ganart.ui.pages.batch_controls import BatchControls
from ganart.ui.pages.batch_queue import BatchQueue
from ganart.ui.pages.look_words import look_in_words, looks_in_words
from ganart.ui.widgets import words
from ganart.ui.widgets.live_view import LiveView
from ganart.ui.widgets.panes import halves
from ganart.ui.widgets.result_view import ResultView
from ganart.ui.widgets.status_line import StatusLine
from ganart.ui.widgets.text import Caption, Heading, give_way, told
from ganart.workers.batches import BatchCounts, BatchItem, BatchOpened, BatchRecord
from ganart.workers.image_loader import ImageLoader
from ganart.workers.run import ErrorReport, Run

_NAMES_SHOWN = 3


class BatchMonitor(LiveView):
    """Shows one batch. It is live while a `Run` is attached."""

    reading_wanted = Signal()
    """The queue is to be read again: something arrived that it does not list."""

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: BatchRecord | None = None
        self.sheet: Path | None = None
        self._ended: dict[int, ItemEnded] = {}
        """What the live run told, by item: what was read from disk meanwhile may be older."""
        self.title = Heading()
        self.about = Caption()
        self.status = StatusLine()
        self.status.bar.setAccessibleName(self.tr("Progress of the batch"))
        self.notice = Caption()
        self.queue = BatchQueue()
        self.view = ResultView(loader, self.tr("The results appear here."))
        self.view.setAccessibleName(self.tr("Photo and result"))
        self.controls = BatchControls()
        self._lay_out()
        self.queue.chosen.connect(self._on_chosen)
        self.controls.pause_button.clicked.connect(self.toggle_pause)
        self.controls.stop_button.clicked.connect(self.stop)
        self.controls.folder_button.clicked.connect(self._on_folder)
        self.controls.sheet_button.clicked.connect(self._on_sheet)

    def _lay_out(self) -> None:
        give_way(self.title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self.title, self.about, self.status):
            layout.addWidget(widget)
        layout.addWidget(halves(self.queue, self.view), 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.controls)

    # What is shown

    def clear(self) -> None:
        """Show an empty batch, such as one that is about to start."""
        self.record = self.sheet = None
        self._ended.clear()
        self.title.setText(self.tr("New batch"))
        self.about.clear()
        self.notice.clear()
        self.status.set_state("")
        self.status.set_facts([])
        self.queue.show_items((), ())
        self.view.show_files(None, None)

    def show_batch(self, opened: BatchOpened) -> None:
        """Show a batch as it stands on disk; a live one goes on from there."""
        if self.record is not None and self.record.folder != opened.record.folder:
            self.clear()
        self.record = record = opened.record
        self.title.setText(batch_title(record.plan))
        text = self.tr("Looks: {looks}   ·   results in {folder}   ·   started {time}")
        self.about.setText(
            text.format(
                looks=looks_in_words(record.plan.looks),
                folder=record.plan.output.folder,
                time=words.moment(record.created),
            )
        )
        self.queue.show_items(opened.items, [look_in_words(look) for look in record.plan.looks])
        self.sheet = opened.sheet
        if self._run is None:
            self._show_rest(record.counts)
        else:
            self._show_ended(list(self._ended.values()))
        if self.view.photo() is None:
            done = [item for item in opened.items if item.state is ItemState.DONE]
            if done:
                self._show_item(done[-1])

    def _show_rest(self, counts: BatchCounts) -> None:
        self.status.set_progress(counts.ended / counts.total if counts.total else 0.0)
        if counts.waiting:
            text = self.tr("Stopped. It can go on at any time; what is done stays done.")
        elif counts.failed:
            text = self.tr("Finished, but for what failed.")
        elif counts.total:
            text = self.tr("Finished.")
        else:
            text = self.tr("No photo was found.")
        self.status.set_state(text)
        self.status.set_facts(self._facts(counts))
        self.controls.offer(counts, has_sheet=self.sheet is not None)

    def _facts(self, counts: BatchCounts) -> list[str]:
        done, total = words.count(counts.done), words.count(counts.total)
        facts = [self.tr("done: {done} of {total}").format(done=done, total=total)]
        if counts.skipped:
            facts.append(self.tr("skipped: {count}").format(count=words.count(counts.skipped)))
        if counts.failed:
            facts.append(self.tr("failed: {count}").format(count=words.count(counts.failed)))
        return facts

    @Slot(object)
    def _on_chosen(self, item: BatchItem) -> None:
        self.notice.setText(item.message)
        self._show_item(item)

    def _show_item(self, item: BatchItem) -> None:
        self.view.show_files(item.photo.path, item.result)

    # Live

    def attach(self, run: Run | None) -> None:
        """Follow a batch; None when it has ended."""
        self._run = run
        if run is not None:
            self._ended.clear()
            self.notice.clear()
            self.status.set_state(self.tr("Starting …"))
            self.status.set_progress(None)
            run.reported.connect(self._on_reported)
            run.failed.connect(self._on_failed)
            run.paused.connect(self._on_paused)
            run.stop_asked.connect(self._on_stop_asked)
        self.controls.show_run(run)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        ended = [record for record in records if isinstance(record, ItemEnded)]
        self._ended.update((each.item, each) for each in ended)
        if not self._show_ended(ended):
            self.reading_wanted.emit()
        for record in records:
            self._on_rare(record)

    def _show_ended(self, ended: list[ItemEnded]) -> bool:
        """Show how items ended; False if one is not listed yet."""
        listed = [self.queue.update_item(each) for each in ended]
        if ended:
            self._show_progress(ended)
        return all(listed)

    def _on_rare(self, record: object) -> None:
        if isinstance(record, BatchStarted):
            self.status.set_progress(record.done / record.total if record.total else None)
            self.status.set_state(self.tr("Stylizing …"))
        elif isinstance(record, StyleTrouble):
            self.notice.setText(told(record.error, ""))
        elif isinstance(record, BatchFinished):
            self.sheet = record.sheet or self.sheet

    def _show_progress(self, ended: list[ItemEnded]) -> None:
        last = ended[-1]
        self.status.set_progress(last.done / last.total if last.total else None)
        self.status.set_facts(self._facts(self.queue.model.counts()))
        if self._run is not None and not (self._run.is_paused() or self._run.is_stopping()):
            self._say_how_long(last)
        fresh = [each for each in ended if each.state is ItemState.DONE]
        if fresh and not self.queue.chosen_items():
            self.view.show_files(fresh[-1].photo, fresh[-1].result)

    def _say_how_long(self, last: ItemEnded) -> None:
        if last.done < last.total:
            left, end = words.time_left(last.time_left_s), words.clock_after(last.time_left_s)
            text = self.tr("Stylizing   ·   {left} left, until {time}")
            self.status.set_state(text.format(left=left, time=end))
        elif self.record is not None and self.record.plan.watch:
            self.status.set_state(self.tr("Waiting for new photos in the folders."))
        else:
            self.status.set_state(self.tr("Finishing …"))

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.notice.setText(told(report.error, report.text))

    @Slot(bool)
    def _on_paused(self, paused: bool) -> None:
        if paused:
            self.status.set_state(self.tr("Paused."))
        elif self._ended:
            self._say_how_long(list(self._ended.values())[-1])
        self.controls.show_run(self._run)

    @Slot()
    def _on_stop_asked(self) -> None:
        self.status.set_state(self.tr("Stopping …"))
        self.controls.show_run(self._run)

    @Slot()
    def _on_folder(self) -> None:
        if self.record is not None:
            open_outside(self.record.plan.output.folder, self)

    @Slot()
    def _on_sheet(self) -> None:
        if self.sheet is not None:
            open_outside(self.sheet, self)


def batch_title(plan: BatchPlan) -> str:
    """Return the names of the sources of a batch."""
    names = [path.name or str(path) for path in plan.sources]
    return ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")
