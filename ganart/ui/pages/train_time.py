"""How long to train: some lengths to choose from, or exactly."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.ui.widgets import words
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.option_form import NumberBox
from ganart.ui.widgets.text import Caption

_TIMES_MIN = (3, 10, 30, 120, 480)


class TrainingTime(QWidget):
    """Chips beside a field for minutes; the chip of what the field says is marked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times = QButtonGroup(self)
        line = QHBoxLayout()
        for minutes in _TIMES_MIN:
            button = Chip(words.minutes(minutes))
            self._times.addButton(button, minutes)
            line.addWidget(button)
        self._times.idClicked.connect(self._on_time_chosen)
        self.minutes = NumberBox(0.1, 100_000.0, whole=False)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Training time in minutes"))
        self.minutes.valueChanged.connect(self._on_minutes)
        label = QLabel(self.tr("&or exactly"))
        label.setBuddy(self.minutes)
        line.addSpacing(12)
        line.addWidget(label)
        line.addWidget(self.minutes)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(
            Caption(self.tr("You can stop earlier and keep everything, or go on later."))
        )

    @Slot(int)
    def _on_time_chosen(self, minutes: int) -> None:
        self.minutes.setValue(minutes)

    @Slot(float)
    def _on_minutes(self, minutes: float) -> None:
        self._times.setExclusive(False)
        for button in self._times.buttons():
            button.setChecked(self._times.id(button) == minutes)
        self._times.setExclusive(True)
        self.changed.emit()
