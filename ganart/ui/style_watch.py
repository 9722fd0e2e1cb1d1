"""Follows what is being stylized, for the whole window: what, how far, and when it ends."""

from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from ganart.engine.style.events import (
    BrushStats,
    FilmProgress,
    ItemEnded,
    PaintStats,
    StylePhaseChanged,
)
from ganart.ui.training_watch import LONG_S
from ganart.ui.widgets.words import time_left
from ganart.workers.run import Run
from ganart.workers.session import Session


class StyleWatch(QObject):
    """Turns the records of the newest painting, batch, brush or film into one short text."""

    told = Signal(str)
    """How it stands; empty when nothing of the kind is under way."""
    ended = Signal()
    """Something that took long has ended without a failure."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[str, Run] = {}
        self._began_s: dict[str, float] = {}
        self._states: dict[str, str] = {}
        session.styling.changed.connect(self._follow)

    @Slot(str, object)
    def _follow(self, kind: str, run: Run | None) -> None:
        if run is not None:
            self._runs[kind] = run
            self._began_s[kind] = monotonic()
            self._states[kind] = self.tr("Starting")
            run.reported.connect(self._hear)
            run.paused.connect(self._tell)
        elif kind in self._runs:
            ended = self._runs.pop(kind)
            self._states.pop(kind)
            if monotonic() - self._began_s.pop(kind) > LONG_S and ended.failure is None:
                self.ended.emit()
        self._tell()

    @Slot(object)
    def _hear(self, records: list[object]) -> None:
        run = self.sender()
        kind = next((each for each, own in self._runs.items() if own is run), None)
        if kind is None:
            return
        for record in records:
            state = self._state(record)
            if state:
                self._states[kind] = state
        self._tell()

    def _state(self, record: object) -> str:
        if isinstance(record, StylePhaseChanged):
            return QCoreApplication.translate("phases", record.phase.value)
        if isinstance(record, PaintStats):
            return self._progress(self.tr("Painting"), record.time_left_s)
        if isinstance(record, BrushStats):
            return self._progress(self.tr("Training the brush"), record.time_left_s)
        if isinstance(record, FilmProgress):
            return self._progress(self.tr("Stylizing a film"), record.time_left_s)
        if isinstance(record, ItemEnded):
            text = self.tr("Stylizing {done} / {total}")
            return self._progress(
                text.format(done=record.done, total=record.total), record.time_left_s
            )
        return ""

    def _progress(self, what: str, left_s: float) -> str:
        return self.tr("{what}, {time} left").format(what=what, time=time_left(left_s))

    @Slot()
    def _tell(self) -> None:
        texts = [
            self.tr("Paused") if run.is_paused() else self._states[kind]
            for kind, run in self._runs.items()
        ]
        self.told.emit("   ·   ".join(texts))
