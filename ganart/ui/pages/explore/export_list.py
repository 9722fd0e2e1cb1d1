"""The queue of exports: a button that tells how far it is, and a window with a row for each."""

import math

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.outside import open_outside
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import dialog_buttons, tool_button
from ganart.ui.widgets.text import Caption, told
from ganart.workers.export_queue import Entry, ExportQueue, State


class ExportRow(QWidget):
    """One export with its progress and what can be done about it."""

    def __init__(self, queue: ExportQueue, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self.entry = entry
        name = entry_name(entry)
        self.name = QLabel(name)
        self.state = Caption()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of {name}").format(name=name))
        self.pause_button = tool_button("pause", self.tr("Pause {name}").format(name=name))
        self.resume_button = tool_button("play", self.tr("Go on with {name}").format(name=name))
        self.show_button = tool_button(
            "folder", self.tr("Show the folder of {name}").format(name=name)
        )
        self.remove_button = tool_button("close", self.tr("Cancel {name}").format(name=name))
        self.pause_button.clicked.connect(self._on_pause)
        self.resume_button.clicked.connect(self._on_resume)
        self.show_button.clicked.connect(self._on_show)
        self.remove_button.clicked.connect(self._on_remove)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.name)
        texts.addWidget(self.state)
        texts.addWidget(self.progress)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 6, 0, 6)
        line.addLayout(texts, 1)
        for button in (self.pause_button, self.resume_button, self.show_button, self.remove_button):
            line.addWidget(button)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands."""
        entry = self.entry
        self.name.setText(entry_name(entry))
        self.state.setText(state_words(entry))
        self.progress.setRange(0, max(1, entry.total))
        self.progress.setValue(entry.done)
        is_open = entry.state is not State.DONE
        self.progress.setVisible(entry.state in {State.RUNNING, State.PAUSED})
        self.pause_button.setVisible(entry.state in {State.RUNNING, State.WAITING})
        self.resume_button.setVisible(entry.state in {State.PAUSED, State.STOPPED, State.FAILED})
        self.show_button.setVisible(entry.path is not None)
        name = self.name.text()
        text = self.tr("Cancel {name}") if is_open else self.tr("Take {name} off the list")
        self.remove_button.setAccessibleName(text.format(name=name))
        self.remove_button.setToolTip(text.format(name=name))

    @Slot()
    def _on_pause(self) -> None:
        self._queue.pause(self.entry)

    @Slot()
    def _on_resume(self) -> None:
        self._queue.resume(self.entry)

    @Slot()
    def _on_remove(self) -> None:
        self._queue.remove(self.entry)

    @Slot()
    def _on_show(self) -> None:
        if self.entry.path is not None:
            open_outside(self.entry.path.parent, self)


class ExportList(QDialog):
    """All exports of the queue; stays open beside the window."""

    def __init__(self, queue: ExportQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Exports"))
        self._queue = queue
        self.rows: list[ExportRow] = []
        self.empty = Caption(self.tr("No loop or print is being exported."))
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._content)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(460, 320)
        queue.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the exports that there are."""
        entries = self._queue.entries
        if [row.entry for row in self.rows] != entries:
            kept = {row.entry: row for row in self.rows}
            for row in self.rows:
                if row.entry not in entries:
                    self._column.removeWidget(row)
                    row.deleteLater()
            self.rows = [kept.get(each) or ExportRow(self._queue, each) for each in entries]
            for place, row in enumerate(self.rows):
                self._column.insertWidget(place, row)
        for row in self.rows:
            row.refresh()
        self.empty.setVisible(not entries)


class ExportQueueButton(QPushButton):
    """Tells how far the queue is, and opens its window; hidden while there is nothing in it."""

    opened = Signal()

    def __init__(self, queue: ExportQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self.clicked.connect(self.opened)
        queue.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how far it is."""
        entries, current = self._queue.entries, self._queue.current()
        self.setVisible(bool(entries))
        if current is not None and current.total:
            percent = words.count(100 * current.done / current.total)
            text = self.tr("E&xports: {percent} %").format(percent=percent)
            left = current.time_left_s()
            if current.state is State.PAUSED:
                text = self.tr("E&xports: paused")
            elif math.isfinite(left):
                text = self.tr("E&xports: {percent} %, {time}").format(
                    percent=percent, time=words.time_left(left)
                )
        else:
            text = self.tr("E&xports")
        self.setText(text)
        self.setToolTip("\n".join(f"{entry_name(each)}: {state_words(each)}" for each in entries))


def entry_name(entry: Entry) -> str:
    """Return what an export is called: its newest file, or what it is to be."""
    if entry.path is not None:
        return entry.path.name
    form = entry.order.output.format.upper()
    return f"{entry.order.name}, {form}"


def state_words(entry: Entry) -> str:
    """Return how an export stands, in words."""
    if entry.state is State.RUNNING:
        done = QCoreApplication.translate("exports", "{done} of {total}").format(
            done=words.count(entry.done), total=words.count(entry.total)
        )
        left = entry.time_left_s()
        if not math.isfinite(left):
            return done
        return QCoreApplication.translate("exports", "{done}, {time} left").format(
            done=done, time=words.time_left(left)
        )
    if entry.state is State.FAILED:
        return told(entry.error, QCoreApplication.translate("exports", "It failed."))
    known = {
        State.WAITING: QCoreApplication.translate("exports", "Waits for its turn"),
        State.PAUSED: QCoreApplication.translate("exports", "Paused"),
        State.STOPPED: QCoreApplication.translate("exports", "Stopped; what was drawn is kept"),
        State.DONE: QCoreApplication.translate("exports", "Saved"),
    }
    return known[entry.state]
