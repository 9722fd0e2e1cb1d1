"""Shows troubles one after the other."""

import logging

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ganart.ui.dialogs.error import ErrorDialog
from ganart.workers.run import ErrorReport

_log = logging.getLogger("ganart")


class ErrorQueue(QObject):
    """One dialog at a time; a trouble that waits or is being told already is not told again."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._reports: list[ErrorReport] = []
        self.dialog: ErrorDialog | None = None

    @Slot(object)
    def tell(self, report: ErrorReport) -> None:
        """Show the failure of a job; a fault of the program also goes into the log."""
        if report.error is None:
            _log.error("a job failed: %s", report.traceback or report.text)
        self.show(report)

    @Slot(object)
    def show(self, report: ErrorReport) -> None:
        """Show `report`, at once or after those before it."""
        if report.text in {each.text for each in self._reports}:
            return
        self._reports.append(report)
        if self.dialog is None:
            self._show_next()

    @Slot()
    def _show_next(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
            self._reports.pop(0)
        if self._reports:
            self.dialog = ErrorDialog(self._reports[0], self._window)
            self.dialog.finished.connect(self._show_next)
            self.dialog.open()
