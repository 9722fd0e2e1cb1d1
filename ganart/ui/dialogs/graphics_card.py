"""Help ▸ Graphics card: the pack that lets NVIDIA's cards compute, fetched only on request."""

import time
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.pack.fetch import Fetching
from ganart.engine.pack.install import Installed, Installing
from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Heading, told
from ganart.ui.widgets.words import data_size, memory_size, time_left
from ganart.workers.pack import PackState, get_job, install_job, look_job, remove_pack
from ganart.workers.run import ErrorReport, Job, Run
from ganart.workers.session import Session

_WIDTH_PX = 560
_STEPS = 1000
_BEGIN_S = 3.0
"""Of a fetch, before there is a guess of how long it takes."""


class GraphicsCardDialog(QDialog):
    """Says what there is; gets, installs or removes the pack. Closing it ends what it does."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Graphics card"))
        self._session = session
        self.state: PackState | None = None
        self.run: Run | None = None
        self._began: tuple[float, int] | None = None
        self.verdict = Heading()
        self.verdict.setWordWrap(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.bar.setAccessibleName(self.tr("Progress of the pack"))
        self.news = Caption()
        self.get = QPushButton(self.tr("&Get the pack"))
        self.folder = QPushButton(self.tr("From a &folder…"))
        self.folder.setToolTip(
            self.tr("Install it from files that end in .whl, such as on a computer without network")
        )
        self.get.setDefault(True)
        self.pause = QPushButton(self.tr("&Pause"))
        self.pause.setCheckable(True)
        self.cancel = QPushButton(self.tr("C&ancel"))
        self.remove = QPushButton(self.tr("&Remove the pack"))
        self._build()
        self._look()

    def _build(self) -> None:
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        self._close = buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (self.get, self.folder, self.remove, self.pause, self.cancel):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.get.clicked.connect(self._get)
        self.folder.clicked.connect(self._choose)
        self.pause.toggled.connect(self._pause)
        self.cancel.clicked.connect(self._stop)
        self.remove.clicked.connect(self._remove)
        self.finished.connect(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.verdict)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addWidget(self.news)
        layout.addStretch(1)
        layout.addWidget(buttons)

    # How things stand

    def _look(self) -> None:
        self.verdict.setText(self.tr("Looking for a graphics card…"))
        self._allow()
        run = self._session.begin_apart(look_job, "graphics card")
        run.reported.connect(self._take_state)

    @Slot(object)
    def _take_state(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PackState):
                self._show(record)

    def _show(self, state: PackState) -> None:
        self.state = state
        self.verdict.setText(self._judge(state))
        self.words.setText(self._explain(state))
        self._allow()
        (self._close if self.get.isHidden() else self.get).setFocus()  # not "From a folder"

    def _judge(self, state: PackState) -> str:
        card = state.card
        if card is None:
            return self.tr("No NVIDIA graphics card was found.")
        memory = memory_size(card.memory_bytes)
        return self.tr("{name}, {memory}").format(name=card.name, memory=memory)

    def _explain(self, state: PackState) -> str:
        if not state.can_change:
            return self.tr(
                "This studio runs from its sources, and computes with the torch that was "
                "installed for it."
            )
        if state.installed is not None:
            return self.tr(
                "The pack for NVIDIA's cards is installed. Remove it to compute on the processor "
                "again."
            )
        if state.card is None:
            return self.tr(
                "The studio computes on the processor. If there is a card, install NVIDIA's "
                "driver, then look here again."
            )
        if state.contents is None:
            return self.tr(
                "No pack was tried out for this system. You can install torch from a folder of "
                "files that end in .whl."
            )
        if state.why_not:
            text = self.tr("The pack does not run here: {reason}.")
            return text.format(reason=state.why_not)
        text = self.tr(
            "With a pack of additional files this card trains many times as fast as the "
            "processor. They are {size} to fetch and take {space} on the disk. Your pictures stay "
            "on this computer."
        )
        size = state.contents.download_bytes - state.fetched_bytes
        return text.format(
            size=data_size(max(0, size)), space=data_size(state.contents.installed_bytes)
        )

    def _allow(self) -> None:
        """Show the buttons that make sense now."""
        state, is_busy = self.state, self.run is not None
        can_change = state is not None and state.can_change and not is_busy
        has_pack = state is not None and state.installed is not None
        self.get.setVisible(can_change and state is not None and state.is_offered())
        self.folder.setVisible(can_change and not has_pack)
        self.remove.setVisible(can_change and has_pack)
        self.pause.setVisible(is_busy)
        self.cancel.setVisible(is_busy)
        self.bar.setVisible(is_busy)
        self.news.setVisible(bool(self.news.text()))
        fit(self, _WIDTH_PX)

    # What it does

    @Slot()
    def _get(self) -> None:
        if self.state is not None and self.state.contents is not None:
            self._begin(get_job(self.state.contents))

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the folder with the files"), str(Path.home())
        )
        if chosen:
            self.install_from(Path(chosen))

    def install_from(self, folder: Path) -> None:
        """Install the pack from a folder of wheels."""
        self._begin(install_job(folder))

    def _begin(self, job: Job) -> None:
        self._began = None
        self.news.setText(self.tr("Beginning…"))
        self.bar.setRange(0, 0)
        self.pause.setChecked(False)
        self.run = self._session.begin_apart(job, "pack", announce=False)
        self.run.reported.connect(self._take)
        self.run.failed.connect(self._on_failed)
        self.run.done.connect(self._on_done)
        self._allow()

    @Slot(object)
    def _take(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Fetching):
                self._progress(record.done, record.total)
                self.news.setText(self._fetching(record))
            elif isinstance(record, Installing):
                self._progress(record.done, record.total)
                self.news.setText(
                    self.tr("Trying it out…")
                    if record.done >= record.total
                    else self.tr("Unpacking…")
                )
            elif isinstance(record, Installed):
                self.news.setText(self._installed(record))

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, _STEPS if done < total else 0)
        self.bar.setValue(round(_STEPS * done / max(1, total)))

    def _fetching(self, record: Fetching) -> str:
        text = self.tr("{done} of {total}").format(
            done=data_size(record.done), total=data_size(record.total)
        )
        now = time.monotonic()
        if self._began is None:
            self._began = (now, record.done)
        begun, before = self._began
        if now - begun > _BEGIN_S and record.done > before:
            left_s = (record.total - record.done) * (now - begun) / (record.done - before)
            text += "   ·   " + time_left(left_s)
        return text

    def _installed(self, record: Installed) -> str:
        if record.device == "cuda":
            return self.tr("It works. The card is used from the next start of the studio on.")
        return self.tr(
            "It is installed, but finds no card to compute with yet. It is used from the next "
            "start of the studio on."
        )

    @Slot(bool)
    def _pause(self, is_paused: bool) -> None:
        self._began = None
        if self.run is not None and is_paused:
            self.run.pause()
        elif self.run is not None:
            self.run.resume()

    @Slot()
    def _stop(self) -> None:
        if self.run is not None:
            self.cancel.setEnabled(False)
            self.run.stop()

    @Slot()
    def _remove(self) -> None:
        remove_pack()
        self.news.setText(self.tr("The pack is deleted at the next start of the studio."))
        self._look()

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.news.setText(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        was_stopped = not self.cancel.isEnabled()
        self.run = None
        self.cancel.setEnabled(True)
        if was_stopped:
            self.news.setText(self.tr("Ended. What was fetched is kept for the next time."))
        self._look()
