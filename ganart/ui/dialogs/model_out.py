"""Asks what of a model is to be given away, and does it."""

from pathlib import Path

from PySide6.QtCore import QDir, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.sizes import fit
from ganart.ui.outside import open_outside
from ganart.ui.pages.explore.models import ModelChooser
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, told
from ganart.workers.model_out import (
    LICENCE_MAX,
    PARTS,
    GivenAway,
    GivingAway,
    OutPlan,
    can_write_onnx,
    give_away,
)
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

_LICENCES = (
    ("CC BY 4.0", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"),
    ("CC BY-NC 4.0", "CC BY-NC 4.0, https://creativecommons.org/licenses/by-nc/4.0/"),
    ("CC BY-SA 4.0", "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/"),
    ("CC0 1.0", "CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/"),
)
"""Names that are the same in every language, with the text for the card."""


class ModelOutDialog(QDialog):
    """A model, a name, a place, a licence note, and whether ONNX is wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._given: Path | None = None
        self.setWindowTitle(self.tr("Give a model away"))
        self.models = ModelChooser(session)
        for widget in (self.models.label, self.models.give_button):
            widget.hide()
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("As the model is called"))
        self.place = QLineEdit(QDir.toNativeSeparators(str(Path.home())))
        self.choose_button = QPushButton(self.tr("C&hoose…"))
        self.choose_button.setAccessibleName(self.tr("Choose the folder"))
        self.licences = QComboBox()
        self.licence = QPlainTextEdit()
        self.licence.setPlaceholderText(self.tr("Who may use it, and for what. In your own words."))
        self.licence.setTabChangesFocus(True)
        self.licence.setFixedHeight(4 * self.fontMetrics().lineSpacing())
        self.licence.setAccessibleName(self.tr("Licence note"))
        self.archive = QCheckBox(self.tr("As one &zip file"))
        self.onnx = QCheckBox(self.tr("Also as ONN&X, for other programs"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setRange(0, len(PARTS))
        self.message = Caption()
        self.show_button = QPushButton(self.tr("Show f&older"))
        self._fill()
        self._lay_out()
        self._connect()
        self.models.refresh()
        self._update()
        fit(self, 560)

    def _fill(self) -> None:
        self.licences.addItem(self.tr("My own words"), "")
        for label, text in _LICENCES:
            self.licences.addItem(label, text)
        if not can_write_onnx():
            self.onnx.setEnabled(False)
            self.onnx.setToolTip(
                self.tr("This needs more packages: python -m pip install onnx onnxscript")
            )

    def _lay_out(self) -> None:
        about = Caption(
            self.tr(
                "Its weights, a sheet of samples and a card that says in numbers what it learnt "
                "from. None of your pictures, and no name of a file or folder, is in it."
            )
        )
        form = QFormLayout()
        form.setSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Model"), self.models)
        form.addRow(self.tr("&Name"), self.name)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_button)
        place_label = QLabel(self.tr("&Folder"))
        place_label.setBuddy(self.place)
        form.addRow(place_label, row)
        form.addRow(self.tr("&Licence"), self.licences)
        form.addRow("", self.licence)
        form.addRow("", self.archive)
        form.addRow("", self.onnx)
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.give_button = buttons.addButton(
            self.tr("&Give away"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.give_button.setDefault(True)
        self.give_button.clicked.connect(self.give)
        buttons.rejected.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.progress, 1)
        line.addWidget(self.message, 1)
        line.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(about)
        column.addLayout(form)
        column.addLayout(line)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.models.chosen.connect(self._update)
        self.place.textChanged.connect(self._update)
        self.choose_button.clicked.connect(self._choose)
        self.licences.activated.connect(self._on_licence)
        self.show_button.clicked.connect(self._on_show)

    def plan(self) -> OutPlan:
        """Return what is asked for."""
        return OutPlan(
            name=self.name.text().strip(),
            licence=self.licence.toPlainText()[:LICENCE_MAX],
            onnx=self.onnx.isChecked() and self.onnx.isEnabled(),
            is_zip=self.archive.isChecked(),
        )

    @Slot()
    def give(self) -> None:
        """Write the model."""
        project, model = self._session.project, self.models.path()
        if project is None or model is None or self._run is not None:
            return
        folder = Path(self.place.text()).expanduser()
        self._given = None
        self.message.clear()
        job = give_away(project, model, self.plan(), folder)
        self._run = self._session.begin(job, "model out", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)
        self._run.done.connect(self._on_done)
        self._update()

    @Slot()
    def reject(self) -> None:
        """Stop what is under way; close, if nothing is."""
        if self._run is not None and self._session.project is not None:
            self._run.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way; what is unfinished is removed."""
        if self._run is not None:
            self._run.stop()
        super().closeEvent(event)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, GivingAway):
                self.progress.setValue(PARTS.index(record.part))
                self.progress.setFormat(self._doing(record))
            elif isinstance(record, GivenAway):
                self._given = record.path
                text = self.tr("Written: {name}").format(name=record.path.name)
                if record.onnx_difference is not None:
                    differs = self.tr("ONNX differs by at most {number} of 255.")
                    number = words.decimal(255 * record.onnx_difference, 2)
                    text += "   " + differs.format(number=number)
                self.message.setText(text)

    def _doing(self, record: GivingAway) -> str:
        match record.part:
            case "drawing":
                return self.tr("Drawing samples")
            case "onnx":
                return self.tr("Writing ONNX and checking it")
            case "writing":
                return self.tr("Writing")
        return self.tr("Reading")

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.message.setText(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        if self._given is None and not self.message.text():
            self.message.setText(self.tr("Stopped. Nothing was written."))
        self._update()

    @Slot()
    def _update(self) -> None:
        is_busy = self._run is not None
        is_placed = Path(self.place.text()).expanduser().is_absolute()
        self.give_button.setEnabled(self.models.path() is not None and is_placed and not is_busy)
        self.close_button.setText(self.tr("&Stop") if is_busy else self.tr("&Close"))
        self.progress.setVisible(is_busy)
        self.message.setVisible(not is_busy)
        self.show_button.setVisible(self._given is not None and not is_busy)

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the folder"), self.place.text()
        )
        if chosen:
            self.place.setText(QDir.toNativeSeparators(chosen))

    @Slot()
    def _on_licence(self) -> None:
        text = self.licences.currentData()
        if text:
            self.licence.setPlainText(text)

    @Slot()
    def _on_show(self) -> None:
        if self._given is not None:
            folder = self._given if self._given.is_dir() else self._given.parent
            open_outside(folder, self)
