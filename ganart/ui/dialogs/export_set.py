"""Asks which pictures of the dataset are exported, in what form, and where to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count, data_size
from ganart.workers.set_exports import SetWish

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_MOST_STARS = 5
_LEAST_SIDE, _MOST_SIDE = 8, 4096
_CHANNELS = 3


class Which(StrEnum):
    """Which pictures are exported."""

    KEPT = "kept"
    PICKED = "picked"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class SetChoices:
    """What was chosen the last time."""

    which: Which = Which.KEPT
    stars: int = 0
    is_prepared: bool = False
    width: int = 256
    height: int = 256
    unstretch: bool = False
    is_zip: bool = False
    place: Path | None = None
    name: str = ""


class ExportSetDialog(QDialog):
    """What, in which form, where; says how many pictures and how much room that is."""

    def __init__(
        self,
        rows: "Sequence[PictureRow]",
        shown: Collection[int],
        choices: SetChoices,
        parent: QWidget | None = None,
    ) -> None:
        """`shown` are the numbers of the pictures that the page shows at the moment."""
        super().__init__(parent)
        self._rows = rows
        self._shown = frozenset(shown)
        self._taken: list[PictureRow] = []
        self.setWindowTitle(self.tr("Export the set"))
        self.which = QComboBox()
        self.stars = QSpinBox()
        self.stars.setRange(0, _MOST_STARS)
        self.stars.setSpecialValueText(self.tr("Any"))
        self.originals = QRadioButton(self.tr("The &original files"))
        self.prepared = QRadioButton(self.tr("P&repared at"))
        self.width_box, self.height_box = QSpinBox(), QSpinBox()
        self.unstretch = QCheckBox(self.tr("P&ull stretched pictures back to their own shape"))
        self.folder = QRadioButton(self.tr("A fol&der"))
        self.archive = QRadioButton(self.tr("A &ZIP file"))
        self.name = QLineEdit()
        self.place = QLineEdit()
        self.choose_button = QPushButton(self.tr("&Choose…"))
        self.estimate = Caption()
        self.message = Caption()
        self.buttons = dialog_buttons(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(
            self.tr("&Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._fill()
        self._lay_out()
        self.export.setDefault(True)
        self._show_choices(choices)
        self._connect()
        self._count()
        self.which.setFocus()
        fit(self, 560)

    def _fill(self) -> None:
        self.which.addItem(self.tr("All that are not rejected"), Which.KEPT)
        self.which.addItem(self.tr("Only those that are picked"), Which.PICKED)
        if len(self._shown) < len(self._rows):
            self.which.addItem(self.tr("Those that the page shows now"), Which.SHOWN)
        for box, name in ((self.width_box, self.tr("Width")), (self.height_box, self.tr("Height"))):
            box.setRange(_LEAST_SIDE, _MOST_SIDE)
            box.setSuffix(self.tr(" px"))
            box.setAccessibleName(name)
        self.prepared.setToolTip(self.tr("Cropped and filled as for a training, as PNG files"))
        self.choose_button.setAccessibleName(self.tr("Choose the folder"))
        self.choose_button.setAutoDefault(False)
        for first, second in ((self.originals, self.prepared), (self.folder, self.archive)):
            group = QButtonGroup(self)
            group.addButton(first)
            group.addButton(second)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Pictures"), self.which)
        form.addRow(self.tr("&Stars at least"), self.stars)
        size = QHBoxLayout()
        size.addWidget(self.prepared)
        size.addWidget(self.width_box)
        size.addWidget(QLabel("×"))
        size.addWidget(self.height_box)
        size.addStretch(1)
        form.addRow(self.tr("Pixels"), self.originals)
        form.addRow("", size)
        form.addRow("", self.unstretch)
        kind = QHBoxLayout()
        kind.addWidget(self.folder)
        kind.addWidget(self.archive)
        kind.addStretch(1)
        form.addRow(self.tr("As"), kind)
        form.addRow(self.tr("&Name"), self.name)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_button)
        label = QLabel(self.tr("&In"))
        label.setBuddy(self.place)
        form.addRow(label, row)
        about = Caption(
            self.tr(
                "Beside the pictures come manifest.csv for spreadsheets and manifest.json for "
                "programs, with marks, stars, weights, tags and crops, and metadata.jsonl with the "
                "tags, as other trainers read them. Added to a project of this studio, the set "
                "brings all of it back."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.estimate)
        layout.addWidget(about)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.message.hide()

    def _show_choices(self, choices: SetChoices) -> None:
        self.which.setCurrentIndex(max(0, self.which.findData(choices.which)))
        self.stars.setValue(choices.stars)
        (self.prepared if choices.is_prepared else self.originals).setChecked(True)
        self.width_box.setValue(choices.width)
        self.height_box.setValue(choices.height)
        self.unstretch.setChecked(choices.unstretch)
        (self.archive if choices.is_zip else self.folder).setChecked(True)
        self.name.setText(choices.name)
        self.place.setText(QDir.toNativeSeparators(str(choices.place or Path.home())))

    def _connect(self) -> None:
        self.which.currentIndexChanged.connect(self._count)
        self.stars.valueChanged.connect(self._count)
        for button in (self.prepared, self.archive):
            button.toggled.connect(self._update)
        for box in (self.width_box, self.height_box):
            box.valueChanged.connect(self._update)
        for line in (self.name, self.place):
            line.textChanged.connect(self._update)
        self.choose_button.clicked.connect(self._choose)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    def choices(self) -> SetChoices:
        """Return what is chosen."""
        return SetChoices(
            which=Which(self.which.currentData()),
            stars=self.stars.value(),
            is_prepared=self.prepared.isChecked(),
            width=self.width_box.value(),
            height=self.height_box.value(),
            unstretch=self.unstretch.isChecked(),
            is_zip=self.archive.isChecked(),
            place=Path(self.place.text().strip()),
            name=self.name.text().strip(),
        )

    def wish(self) -> SetWish:
        """Return what is to be written."""
        choices = self.choices()
        return SetWish(
            target=self._target(choices),
            ids=frozenset(row.id for row in self._taken),
            size=(choices.width, choices.height) if choices.is_prepared else None,
            unstretch=choices.is_prepared and choices.unstretch,
        )

    def _target(self, choices: SetChoices) -> Path:
        name = choices.name
        if choices.is_zip and not name.lower().endswith(".zip"):
            name += ".zip"
        return (choices.place or Path()) / name

    @Slot()
    def _count(self) -> None:
        choices = self.choices()
        if choices.which is Which.SHOWN:
            rows = [row for row in self._rows if row.id in self._shown]
        elif choices.which is Which.PICKED:
            rows = [row for row in self._rows if row.mark == "picked"]
        else:
            rows = [row for row in self._rows if row.mark != "rejected"]
        least = choices.stars
        self._taken = [row for row in rows if row.stars >= least] if least else rows
        self._update()

    @Slot()
    def _update(self) -> None:
        choices, number = self.choices(), len(self._taken)
        for widget in (self.width_box, self.height_box, self.unstretch):
            widget.setEnabled(choices.is_prepared)
        if choices.is_prepared:
            size = data_size(number * choices.width * choices.height * _CHANNELS)
            text = self.tr("Pictures: {count}   ·   at most {size}")
        else:
            size = data_size(sum(row.size_bytes for row in self._taken))
            text = self.tr("Pictures: {count}   ·   about {size}")
        self.estimate.setText(text.format(count=count(number), size=size))
        self.message.hide()
        is_sound = bool(choices.name) and choices.name == Path(choices.name).name
        has_place = choices.place is not None and choices.place.is_absolute()
        self.export.setEnabled(number > 0 and is_sound and has_place)

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Where the set is to lie"), self.place.text()
        )
        if chosen:
            self.place.setText(QDir.toNativeSeparators(chosen))

    @Slot()
    def _accept(self) -> None:
        if self.wish().target.exists():
            self._say(self.tr("There is something of that name already. Choose another one."))
            return
        self.accept()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()
        fit(self, self.width())
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()
