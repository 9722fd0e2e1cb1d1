"""What can be known of a training beside its pictures, each under a tab of its own."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from ganart.engine.gan.events import (
    Audit,
    Marked,
    Measured,
    Stats,
)
from ganart.ui.pages import coach_words
from ganart.ui.pages.train_audit import TrainAudit
from ganart.ui.pages.train_changes import TrainChanges
from ganart.ui.pages.train_curves import TrainCurves
from ganart.ui.pages.train_moments import TrainMoments
from ganart.ui.pages.train_quality import QualityCurves
from ganart.workers.history import RunHistory
from ganart.workers.session import Session


class TrainTabs(QTabWidget):
    """Learning curves, quality curves, the audit, the options and the kept moments of one run."""

    back_wanted = Signal(int)
    """A new run is to begin at the checkpoint of this step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Marked] = []
        self.curves = TrainCurves()
        self.quality = QualityCurves()
        self.audit = TrainAudit(session)
        self.changes = TrainChanges(session)
        self.moments = TrainMoments(session)
        self.changes.back_wanted.connect(self.back_wanted)
        self.audit.audit_wanted.connect(session.audit)
        self.setDocumentMode(True)
        for part in (self, self.tabBar()):
            part.setAccessibleName(self.tr("About this training"))
        self.addTab(self.curves, self.tr("&Curves"))
        self.addTab(self.quality, self.tr("&Quality"))
        self.addTab(self.audit, self.tr("Pictures"))
        self.addTab(self.changes, self.tr("Ch&ange"))
        self.addTab(self.moments, self.tr("&Moments"))

    def clear(self) -> None:
        """Forget a run."""
        for part in (self.curves, self.quality, self.audit, self.changes, self.moments):
            part.clear()
        self._show_marks([])

    def load(self, history: RunHistory) -> None:
        """Show a run as it stands on disk."""
        self.curves.load(history.curves)
        self.quality.load(history.measures)
        self.changes.load(history.marks)
        self.moments.show_run(history.record.id)
        self._show_marks(list(history.marks))
        if history.audit is not None:
            self.audit.show_audit(history.audit)

    def show_config(self, config: Mapping[str, Any]) -> None:
        """Show the options that hold now."""
        self.changes.show_config(config)

    def set_live(self, is_live: bool, has_begun: bool = False) -> None:
        """Allow what is possible with a run that goes on or rests."""
        self.changes.set_live(is_live and has_begun)
        self.audit.set_live(is_live and has_begun)
        self.moments.set_live(is_live)

    def hear(self, record: object) -> bool:
        """Show a record if it belongs here, and say whether it does."""
        match record:
            case Stats():
                self.curves.append(record)
            case Measured():
                self.quality.append(record)
                self.moments.refresh()
            case Audit():
                self.audit.show_audit(record)
            case Marked():
                self._show_marks([*self._marks, record])
                self.changes.append(record)
            case _:
                self.moments.hear(record)
                return False
        return True

    def stop(self) -> None:
        """End the threads that load and draw pictures."""
        self.audit.stop()
        self.moments.stop()

    def _show_marks(self, marks: list[Marked]) -> None:
        self._marks = marks
        shown = [coach_words.curve_mark(each) for each in marks]
        self.curves.plot.set_marks(shown)
        self.quality.plot.set_marks(shown)
