"""Help ▸ Check this computer: what the studio found here, and a report for whoever helps."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QStandardPaths, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Heading, told
from ganart.ui.widgets.words import count, data_size, memory_size
from ganart.workers.checkup import Checked, Reported, checkup_job, report_job
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

REPORT_NAME = "ganart-report.zip"
_WIDTH_PX = 640


class CheckupDialog(QDialog):
    """Looks when it is opened; what it says can be copied, and saved with the logs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check this computer"))
        self._session = session
        self.checked: Checked | None = None
        self._facts: list[str] = []
        self._run: Run | None = None
        self.verdict = Heading(self.tr("Looking at this computer…"))
        self.verdict.setWordWrap(True)
        self.facts = QGridLayout()  # a form would cut wrapped texts off
        self.facts.setHorizontalSpacing(24)
        self.facts.setVerticalSpacing(10)
        self.facts.setColumnStretch(1, 1)
        self.news = Caption(
            self.tr(
                "The report holds what is shown here and the logs of the studio. It holds no "
                "pictures, and wherever your home folder is named it says ~. It is saved on this "
                "computer and goes nowhere by itself."
            )
        )
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.save: QPushButton = buttons.addButton(self.tr("&Save a report…"), role)
        self.copy: QPushButton = buttons.addButton(self.tr("C&opy"), role)
        self.save.clicked.connect(self._choose)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(self.verdict)
        layout.addLayout(self.facts)
        layout.addStretch(1)
        layout.addWidget(self.news)
        layout.addWidget(buttons)
        self._allow(False)
        fit(self, _WIDTH_PX)
        self._run = session.begin_apart(checkup_job, "checkup")
        self._run.reported.connect(self._take)

    @Slot(object)
    def _take(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Checked):
                self._show(record)

    def _show(self, checked: Checked) -> None:
        self.checked, checkup = checked, checked.checkup
        device = checkup.device
        reason = QCoreApplication.translate("device", device.reason)
        self._add(self.tr("Computes"), f"{device.name}, {reason}")
        if device.kind == "cpu":
            self._add(self.tr("Threads"), count(device.threads))
        if device.memory_total:
            memory = self.tr("{free} free of {total}").format(
                free=memory_size(device.memory_free), total=memory_size(device.memory_total)
            )
            self._add(self.tr("Memory"), memory)
        self._add(self.tr("System"), checkup.system)
        parts = [f"GanArt Studio {checkup.ganart}", f"Python {checkup.python}"]
        missing = self.tr("missing")
        parts += [f"{name} {number or missing}" for name, number in checkup.versions.items()]
        self._add(self.tr("Versions"), ", ".join(parts))
        self._add(self.tr("torch lies in"), _shown(checkup.torch_folder))
        for place in checkup.places:
            name = QCoreApplication.translate("checkup", place.purpose)
            self._add(name, self._state(place.path, place.free_bytes, place.is_writable))
        self.verdict.setText(self._judge(checked))
        self._allow(True)
        fit(self, _WIDTH_PX)

    def _judge(self, checked: Checked) -> str:
        checkup = checked.checkup
        bad = [place for place in checkup.places if not place.is_writable]
        if bad:
            text = self.tr("The studio cannot write to {folder}. Allow it, or choose another one.")
            return text.format(folder=_shown(bad[0].path))
        missing = [name for name, number in checkup.versions.items() if not number]
        if missing:
            text = self.tr("{name} is missing. Install the studio again.")
            return text.format(name=missing[0])
        if tight := checkup.tight():
            text = self.tr("There is little space left: {free} at {folder}.")
            free = data_size(tight[0].free_bytes)
            return text.format(free=free, folder=_shown(tight[0].path))
        return self.tr("All is well.")

    def _state(self, folder: Path, free_bytes: int, is_writable: bool) -> str:
        text = self.tr("{folder}: {free} free")
        if not is_writable:
            text = self.tr("{folder}: cannot be written to")
        return text.format(folder=_shown(folder), free=data_size(free_bytes))

    def _add(self, name: str, value: str) -> None:
        label = QLabel(value)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        flags = Qt.TextInteractionFlag
        label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        label.setAccessibleName(f"{name}: {value}")
        row = len(self._facts)
        self._facts.append(label.accessibleName())
        for column, each in enumerate((self._name(name), label)):
            self.facts.addWidget(each, row, column)
            each.show()  # a hidden one would have no height yet

    def _name(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        return label

    def text(self) -> str:
        """Return all that is shown, a line each."""
        return "\n".join([self.verdict.text(), *self._facts])

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    @Slot()
    def _choose(self) -> None:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        start = Path(QStandardPaths.writableLocation(place)) / REPORT_NAME
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save a report"), str(start), self.tr("ZIP files (*.zip)")
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Save the report as `target`."""
        if self.checked is None:
            return
        self._allow(False)
        job = report_job(self.checked, target)
        self._run = self._session.begin_apart(job, "report", announce=False)
        self._run.reported.connect(self._on_saved)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)

    @Slot(object)
    def _on_saved(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Reported):
                self.news.setText(self.tr("Saved as {path}").format(path=_shown(record.path)))

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.news.setText(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self._allow(True)

    def _allow(self, is_allowed: bool) -> None:
        self.save.setEnabled(is_allowed)
        self.copy.setEnabled(is_allowed)


def _shown(path: Path) -> str:
    return QDir.toNativeSeparators(str(path))
