"""The large picture of the Stylize page, with the ways to compare it with the photo."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.ui.widgets.before_after import BeforeAfter, Compare
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.text import give_way


class Stage(QWidget):
    """A `BeforeAfter` under its bar."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = BeforeAfter(placeholder)
        self.view.setAccessibleName(self.tr("Picture"))
        self.view.setAccessibleDescription(
            self.tr(
                "Space, held, shows the photo. Left and Right move the divider. Plus and minus "
                "zoom, 0 fits, 1 shows original pixels."
            )
        )
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        give_way(self.state)
        self.ways = QButtonGroup(self)
        names = {
            Compare.SLIDER: self.tr("Divider"),
            Compare.SPLIT: self.tr("Side by side"),
            Compare.HOLD: self.tr("Hold to compare"),
        }
        self._ways = tuple(names)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        for index, name in enumerate(names.values()):
            chip = Chip(name)
            self.ways.addButton(chip, index)
            line.addWidget(chip)
            chip.setChecked(index == 0)
        self.ways.idClicked.connect(self._on_way)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(self.view, 1)

    def tell(self, text: str) -> None:
        """Say what is shown."""
        self._say(text, QFont.Weight.Normal)

    def warn(self, text: str) -> None:
        """Say why nothing is shown."""
        if text != self.state.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._say(text, QFont.Weight.DemiBold)

    def _say(self, text: str, weight: QFont.Weight) -> None:
        font = self.state.font()
        font.setWeight(weight)
        self.state.setFont(font)
        self.state.setText(text)

    @Slot(int)
    def _on_way(self, index: int) -> None:
        self.view.set_compare(self._ways[index])
