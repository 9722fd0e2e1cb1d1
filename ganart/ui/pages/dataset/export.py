"""Exporting the curated set: the question, the progress, and where it lies in the end."""

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from ganart.ui.dialogs.export_set import ExportSetDialog, SetChoices
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.parts import ProgressStrip
from ganart.ui.reveal import Revealer
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.words import count
from ganart.workers.run import Run
from ganart.workers.set_exports import SetLeft, SetStep, SetWritten, set_export_job

_DETAILS = 20
"""Pictures that were left out and are named."""


class ExportStrip(ProgressStrip):
    """How far an export is; at its end, where the set lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        cancel = QPushButton(self.tr("Cancel the export"))
        cancel.setAccessibleDescription(self.tr("Ends it and leaves nothing behind."))
        super().__init__(self.tr("Progress of the export"), cancel, parent)
        self.show_button = QPushButton(self.tr("Show in its folder"))
        self.close_button = tool_button("close", self.tr("Hide this notice"))
        self.row.addStretch()
        self.row.addWidget(self.show_button)
        self.row.addWidget(self.close_button)
        self.close_button.clicked.connect(self.hide)

    def begin(self) -> None:
        """Show an export that has just begun."""
        self._show_running(True)
        self.begin_with(self.tr("Exporting the set…"))

    def end(self, text: str, details: str) -> None:
        """Say how it went; `details` for who points at it."""
        self._show_running(False)
        self.label.setText(text)
        self.label.setToolTip(details)

    def _show_running(self, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self.show_button.setVisible(not is_running)
        self.close_button.setVisible(not is_running)


class SetExporter(QObject):
    """One export at a time."""

    def __init__(self, desk: Desk, shown: Callable[[], Collection[int]], window: QWidget) -> None:
        """`shown` tells the numbers of the pictures that the page shows."""
        super().__init__(window)
        self._session = desk.session
        self._pictures = desk.pictures
        self._shown = shown
        self._window = window
        self._run: Run | None = None
        self._choices: SetChoices | None = None
        self._left: list[SetLeft] = []
        self._written: SetWritten | None = None
        self._revealer = Revealer(desk.session, window)
        self.strip = ExportStrip()
        self.strip.cancel.clicked.connect(self._cancel)
        self.strip.show_button.clicked.connect(self._reveal)
        self.button = QPushButton(self.tr("Export the set…"))
        self.button.setToolTip(
            self.tr("Write the curated pictures as a folder or a ZIP file, for other programs")
        )
        self.button.clicked.connect(self.ask)
        self.dialog: ExportSetDialog | None = None
        self._session.project_closed.connect(self._forget)

    @Slot()
    def ask(self) -> None:
        """Ask what is wanted, then export it."""
        if self.dialog is None and self._run is None and self._session.project is not None:
            choices = self._choices or self._usual_choices()
            choices = replace(choices, name=choices.name or self._session.project.name)
            rows = self._pictures.rows
            self.dialog = ExportSetDialog(rows, self._shown(), choices, self._window)
            self.dialog.finished.connect(self._on_answered)
            self.dialog.open()

    def _usual_choices(self) -> SetChoices:
        """Return what is offered first: pictures prepared for the size of the next training."""
        width, height = self._session.shown_as.showing.size
        return SetChoices(width=width, height=height)

    @Slot(int)
    def _on_answered(self, answer: int) -> None:
        dialog, self.dialog = self.dialog, None
        project = self._session.project
        if dialog is None:
            return
        self._choices = dialog.choices()
        dialog.deleteLater()
        if answer != ExportSetDialog.DialogCode.Accepted or project is None:
            return
        self._left, self._written = [], None
        self.strip.begin()
        self.button.setEnabled(False)
        self._run = self._session.begin(
            set_export_job(project.catalogue_path, dialog.wish()), "set export"
        )
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._on_done)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, SetStep):
                text = self.tr("Exporting pictures: {done} of {total}")
                done, total = count(record.done), count(record.total)
                self.strip.show_step(text.format(done=done, total=total), record.done, record.total)
            elif isinstance(record, SetLeft):
                self._left.append(record)
            elif isinstance(record, SetWritten):
                self._written = record

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self.button.setEnabled(True)
        written = self._written
        if written is None:  # it failed, which is told, or was cancelled
            self.strip.hide()
            return
        text = self.tr("Exported: {name}   ·   pictures: {count}").format(
            name=written.path.name, count=count(written.count)
        )
        if self._left:
            left = self.tr("could not be read: {count}").format(count=count(len(self._left)))
            text = f"{text}   ·   {left}"
        self.strip.end(text, self._details())
        self._session.notice.emit(text)

    def _details(self) -> str:
        """Return which pictures were left out, and why; of many the first ones."""
        lines = [
            f"{each.path.name}: {QCoreApplication.translate('errors', each.reason)}"
            for each in self._left[:_DETAILS]
        ]
        return "\n".join([*lines, "…"] if len(self._left) > _DETAILS else lines)

    @Slot()
    def _cancel(self) -> None:
        if self._run is not None:
            self.strip.cancel.setEnabled(False)
            self._run.stop()

    @Slot()
    def _reveal(self) -> None:
        if self._written is not None:
            self._revealer.reveal(self._written.path)

    @Slot()
    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        if self._choices is not None:
            self._choices = replace(self._choices, name="")
        self.strip.hide()
