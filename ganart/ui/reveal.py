"""Showing files in the computer's own file manager."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ganart.ui.outside import open_outside
from ganart.workers.revealing import NotRevealed, reveal_job
from ganart.workers.session import Session


class Revealer(QObject):
    """Selects a file in its folder, or opens the folder where no file manager selects files."""

    def __init__(self, session: Session, asker: QWidget) -> None:
        super().__init__(asker)
        self._session = session
        self._asker = asker

    @Slot(object)
    def reveal(self, path: Path) -> None:
        """Show a file."""
        self._session.begin(reveal_job(path), "reveal").reported.connect(self._on_reported)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, NotRevealed):
                open_outside(record.folder, self._asker)
