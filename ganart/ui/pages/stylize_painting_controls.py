"""What can be done with a painting, and how it stands."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.style.events import PaintStats
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.option_form import NumberBox
from ganart.ui.widgets.text import Caption
from ganart.workers.run import Run

_BAR_STEPS = 1000
_MORE = 100
"""Iterations offered for refining."""


class PaintingStatus(QWidget):
    """A bar, the state in words, and facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.bar.setAccessibleName(self.tr("Progress of the painting"))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.facts = Caption()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.bar, self.state, self.facts):
            layout.addWidget(widget)
        self.clear()

    def clear(self) -> None:
        """Forget a painting."""
        self.set_progress(0.0)
        self.say("")
        self.facts.clear()

    def say(self, text: str) -> None:
        """Say what is going on."""
        self.state.setText(text)
        self.bar.setAccessibleDescription(text)

    def set_progress(self, share: float | None) -> None:
        """Fill the bar, 0 to 1; None lets it run without an end."""
        self.bar.setRange(0, 0 if share is None else _BAR_STEPS)
        if share is not None:
            self.bar.setValue(round(_BAR_STEPS * min(1.0, share)))

    def show_stats(self, stats: PaintStats) -> None:
        """Show how far the painting has come."""
        self.set_progress(stats.iteration / max(1, stats.iterations))
        facts = [
            self.tr("iteration {number} of {all}").format(
                number=words.count(stats.iteration), all=words.count(stats.iterations)
            ),
            self.tr("{side} px").format(side=words.count(stats.side)),
            self.tr("painted for {duration}").format(duration=words.duration(stats.elapsed_s)),
        ]
        self.facts.setText("   ·   ".join(facts))

    def show_time_left(self, stats: PaintStats) -> None:
        """Say how long it will go on."""
        left = words.time_left(stats.time_left_s)
        self.say(self.tr("Painting   ·   {left} left").format(left=left))


class PaintingControls(QStackedWidget):
    """Buttons for a painting under way, or for one that rests."""

    go_on_wanted = Signal(int)
    """So many iterations more; 0: what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addWidget(self._make_live_row())
        self.addWidget(self._make_rest_rows())
        self.resume_button.clicked.connect(self._on_resume)
        self.refine_button.clicked.connect(self._on_refine)

    def show_run(self, run: Run | None) -> None:
        """Offer what is possible with a painting under way; None means that it rests."""
        self.setCurrentIndex(0 if run is not None else 1)
        if run is None:
            return
        live, paused = not run.is_stopping(), run.is_paused()
        self.pause_button.setText(self.tr("Go o&n") if paused else self.tr("P&ause"))
        self.pause_button.setEnabled(live)
        self.stop_button.setEnabled(live)
        self.now_button.setEnabled(live and not paused)

    def show_rest(self, *, has_folder: bool, has_picture: bool, can_resume: bool) -> None:
        """Offer what is possible with a painting that rests."""
        self.resume_button.setVisible(can_resume)
        self.refine_button.setEnabled(has_folder)
        self.discard_button.setEnabled(has_folder)
        self.gallery_button.setEnabled(has_picture)
        self.folder_button.setEnabled(has_picture)

    def _make_live_row(self) -> QWidget:
        self.pause_button = push_button("pause", self.tr("P&ause"))
        self.stop_button = push_button("stop", self.tr("Stop and &keep"))
        self.stop_button.setToolTip(self.tr("End the painting here; the picture is kept"))
        self.now_button = push_button("sample", self.tr("&Show now"))
        self.now_button.setToolTip(self.tr("Show the picture as it is at this moment"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        for button in (self.pause_button, self.stop_button, self.now_button):
            line.addWidget(button)
        line.addStretch(1)
        return row

    def _make_rest_rows(self) -> QWidget:
        self.resume_button = push_button("play", self.tr("Go o&n"))
        self.resume_button.setToolTip(self.tr("Paint what is left of this painting"))
        self.refine_button = push_button("stylize", self.tr("&Refine further"))
        self.refine_button.setToolTip(self.tr("Go on painting beyond what was planned"))
        self.more = NumberBox(1, 100_000, whole=True)
        self.more.setValue(_MORE)
        self.more.setAccessibleName(self.tr("Iterations more"))
        label = QLabel(self.tr("&by iterations"))
        label.setBuddy(self.more)
        self.gallery_button = push_button("gallery", self.tr("Show in Galler&y"))
        self.folder_button = push_button("folder", self.tr("Show fold&er"))
        self.discard_button = ConfirmButton(self.tr("Dis&card"), self.tr("Really dis&card it?"))
        self.discard_button.setToolTip(
            self.tr("Delete what it would go on from; saved artworks are kept")
        )
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        lines = (
            (self.resume_button, self.refine_button, label, self.more),
            (self.gallery_button, self.folder_button, self.discard_button),
        )
        for widgets in lines:
            line = QHBoxLayout()
            for widget in widgets:
                line.addWidget(widget)
            line.addStretch(1)
            column.addLayout(line)
        return rows

    @Slot()
    def _on_resume(self) -> None:
        self.go_on_wanted.emit(0)

    @Slot()
    def _on_refine(self) -> None:
        self.go_on_wanted.emit(int(self.more.value()))
