"""A field for a seed."""

import random

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganart.media.point import SEED_MAX
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.option_form import NumberBox

RANDOM_SEED_MAX = 999_999
"""Random seeds stay short enough to be read out and typed in."""


def random_seed() -> int:
    """Return a seed by chance."""
    return random.randint(0, RANDOM_SEED_MAX)


class SeedBox(QWidget):
    """A seed with a dice."""

    changed = Signal(object)
    """The seed, which may be larger than the int of a signal."""

    def __init__(self, name: str, dice_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = NumberBox(0, SEED_MAX, whole=True)
        self.number.setAccessibleName(name)
        self.number.setGroupSeparatorShown(False)
        plain = self.number.locale()  # a seed is a name, and is typed and told as one
        plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        self.number.setLocale(plain)
        self.dice = tool_button("dice", dice_name)
        self.dice.clicked.connect(self.roll)
        self.number.valueChanged.connect(self._on_changed)
        # The seed that is shown may be one of many: Enter goes to it alone.
        self.number.lineEdit().returnPressed.connect(self._on_changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.number, 1)
        line.addWidget(self.dice)

    def seed(self) -> int:
        """Return the seed."""
        return int(self.number.value())

    @Slot()
    def roll(self) -> None:
        """Take a seed by chance."""
        self.number.setValue(random_seed())

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.seed())
