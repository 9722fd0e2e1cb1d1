"""Where the results of a batch go, how they are named and how they are written."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.style.batch_plan import LONG_SIDE_MAX, Output
from ganart.ui.widgets.text import Caption

_DEFAULT = Output(Path())


class OutputForm(QWidget):
    """A form of the fields of `Output`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName(self.tr("Folder of the results"))
        self.folder_button = QPushButton(self.tr("Chan&ge…"))
        self.folder_button.setAccessibleName(self.tr("Choose the folder of the results"))
        self.folder_button.clicked.connect(self._on_folder)
        self.pattern = QLineEdit(_DEFAULT.pattern)
        self.pattern.setToolTip(
            self.tr(
                "{name}: name of the photo, {look}: name of the look, {folder}: folder below the "
                "one that was chosen, {number}: 0001, 0002 and so on"
            )
        )
        self.example = Caption()
        self.format = QComboBox()
        for text, key in (
            (self.tr("As the photo"), "same"),
            (self.tr("JPEG"), "jpeg"),
            (self.tr("PNG"), "png"),
            (self.tr("WebP"), "webp"),
            (self.tr("TIFF"), "tiff"),
        ):
            self.format.addItem(text, key)
        self.quality = QSpinBox()
        self.quality.setRange(1, 100)
        self.quality.setToolTip(self.tr("Of JPEG and WebP: higher is finer and larger"))
        self.long_side = QSpinBox()
        self.long_side.setRange(0, LONG_SIDE_MAX)
        self.long_side.setSingleStep(256)
        self.long_side.setSpecialValueText(self.tr("as the photo"))
        self.long_side.setSuffix(self.tr(" px"))
        self.existing = QComboBox()
        self.existing.addItem(self.tr("Skip it"), "skip")
        self.existing.addItem(self.tr("Add a number"), "number")
        self.existing.addItem(self.tr("Overwrite it (asked first)"), "overwrite")
        self.gps = QCheckBox(self.tr("Keep where it was taken (GPS)"))
        self.gps.setToolTip(
            self.tr("Other facts of the camera are kept in any case; the place is private.")
        )
        self.profile = QCheckBox(self.tr("Kee&p the colour profile"))
        self.profile.setToolTip(self.tr("Without it colours are written as sRGB, known everywhere"))
        self.sheet = QCheckBox(self.tr("Also save a contact sheet"))
        self._arrange()
        self._connect()
        self.show_output(_DEFAULT)

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.folder_button)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Folder"), place)
        form.addRow(self.tr("File &name"), self.pattern)
        form.addRow("", self.example)
        form.addRow(self.tr("File t&ype"), self.format)
        form.addRow(self.tr("&Quality"), self.quality)
        form.addRow(self.tr("&Longer side"), self.long_side)
        form.addRow(self.tr("If it e&xists"), self.existing)
        for field in (self.format, self.existing):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        for box in (self.gps, self.profile, self.sheet):
            layout.addWidget(box)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.pattern.textChanged.connect(self._on_changed)
        for field in (self.format, self.existing):
            field.currentIndexChanged.connect(self._on_changed)
        for number in (self.quality, self.long_side):
            number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            number.valueChanged.connect(self._on_changed)
        for box in (self.gps, self.profile, self.sheet):
            box.toggled.connect(self._on_changed)

    def output(self) -> Output:
        """Return what the form says."""
        return Output(
            folder=self._folder,
            pattern=self.pattern.text().strip() or _DEFAULT.pattern,
            format=self.format.currentData(),
            quality=self.quality.value(),
            existing=self.existing.currentData(),
            keep_gps=self.gps.isChecked(),
            keep_profile=self.profile.isChecked(),
            long_side=self.long_side.value(),
            sheet=self.sheet.isChecked(),
        )

    def show_output(self, output: Output) -> None:
        """Show other values."""
        self.set_folder(output.folder)
        self.pattern.setText(output.pattern)
        self.format.setCurrentIndex(max(0, self.format.findData(output.format)))
        self.quality.setValue(output.quality)
        self.existing.setCurrentIndex(max(0, self.existing.findData(output.existing)))
        self.long_side.setValue(output.long_side)
        self.gps.setChecked(output.keep_gps)
        self.profile.setChecked(output.keep_profile)
        self.sheet.setChecked(output.sheet)
        self._on_changed()

    def set_folder(self, folder: Path) -> None:
        """Let the results go to another folder."""
        self._folder = folder
        self.folder.setText(QDir.toNativeSeparators(str(folder)) if folder != Path() else "")
        self.folder.setToolTip(self.folder.text())

    def choices(self) -> dict[str, Any]:
        """Return what the form says as JSON values, to be recalled; the folder is left out."""
        values = asdict(self.output())
        del values["folder"]
        return values

    def recall(self, choices: dict[str, Any]) -> None:
        """Show earlier `choices`, as far as they still make sense."""
        known = asdict(_DEFAULT)
        fitting = {
            name: value
            for name, value in choices.items()
            if name in known and type(value) is type(known[name])
        }
        self.show_output(Output(**{**known, **fitting, "folder": self._folder}))

    @Slot()
    def _on_changed(self) -> None:
        self.quality.setEnabled(self.format.currentData() in ("same", "jpeg", "webp"))
        self.example.setText(self._example())
        self.changed.emit()

    def _example(self) -> str:
        name = self.pattern.text().strip() or _DEFAULT.pattern
        parts = {
            "{name}": self.tr("panda"),
            "{look}": self.tr("wave"),
            "{folder}": self.tr("summer"),
            "{number}": "0001",
        }
        for part, text in parts.items():
            name = name.replace(part, text)
        suffixes = {"png": ".png", "webp": ".webp", "tiff": ".tif"}
        return self.tr("For example {name}").format(
            name=name + suffixes.get(self.format.currentData(), ".jpg")
        )

    @Slot()
    def _on_folder(self) -> None:
        start = self._folder if self._folder.is_dir() else Path.home()
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder for the results"), str(start)
        )
        if chosen:
            self.set_folder(Path(chosen))
            self.changed.emit()
