"""How long a training should take: some lengths to choose from, or exactly."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.ui.widgets import words
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.option_form import NumberBox
from ganart.ui.widgets.text import Caption


class TimeChoice(QWidget):
    """Chips beside a field for minutes; the chip of what the field says is marked."""

    changed = Signal()

    def __init__(
        self,
        times_min: Sequence[int],
        most_min: float,
        label: str,
        hint: str,
        parent: QWidget | None = None,
    ) -> None:
        """Take the minutes of the chips, how many there may be, what stands before the field (with
        its key), and what below.
        """
        super().__init__(parent)
        self._times = QButtonGroup(self)
        line = QHBoxLayout()
        for minutes in times_min:
            button = Chip(words.minutes(minutes))
            self._times.addButton(button, minutes)
            line.addWidget(button)
        self._times.idClicked.connect(self._on_time_chosen)
        self.minutes = NumberBox(0.1, most_min, whole=False)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Training time in minutes"))
        self.minutes.valueChanged.connect(self._on_minutes)
        exactly = QLabel(label)
        exactly.setBuddy(self.minutes)
        line.addSpacing(12)
        line.addWidget(exactly)
        line.addWidget(self.minutes)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(Caption(hint))

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
