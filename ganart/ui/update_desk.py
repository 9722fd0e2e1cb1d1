"""Tells of a newer version, for whoever has switched that on, and shows what there is to it."""

import time

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ganart.errors import StudioError
from ganart.ui.dialogs.updates import UpdatesDialog
from ganart.ui.notice_bar import NoticeBar
from ganart.updates.answer import Newer
from ganart.updates.memory import UpdateMemory
from ganart.updates.question import known_question
from ganart.workers.session import Session
from ganart.workers.updates import look_job

_KEY = "newer version"


class UpdateDesk(QObject):
    """Asks at the start, at most once a week and silently; opens the dialog at any time."""

    def __init__(self, session: Session, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._notice = notice
        self._window = window
        self._newer: Newer | None = None
        notice.acted.connect(self._on_acted)
        notice.declined.connect(self._on_declined)

    @Slot()
    def look(self) -> None:
        """Ask, if the person wants that and it is time to."""
        question = known_question()
        if question is None or not self._session.settings.get("ask_for_updates"):
            return
        job = look_job(question, time.time())
        run = self._session.begin_apart(job, "newer version", announce=False)
        run.reported.connect(self._take)

    @Slot(object)
    def _take(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Newer):
                self._newer = record
                text = self.tr("Version {version} of the studio is there.")
                self._notice.tell(
                    text.format(version=record.version),
                    self.tr("What is new"),
                    _KEY,
                    self.tr("Not now"),
                )

    @Slot()
    def show(self) -> None:
        """Open the dialog, in which it can be asked."""
        self._open(None)

    def _open(self, newer: Newer | None) -> None:
        dialog = UpdatesDialog(self._session, known_question(), newer, self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot(str)
    def _on_acted(self, key: str) -> None:
        if key == _KEY:
            self._open(self._newer)

    @Slot(str)
    def _on_declined(self, key: str) -> None:
        if key != _KEY or self._newer is None:
            return
        try:
            UpdateMemory().pass_over(self._newer.version)
        except StudioError as error:  # it comes back in a week
            self._session.warned.emit(error)
