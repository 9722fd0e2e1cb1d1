"""Where in the model's world the picture lies: two seeds, the way between them, the diversity."""

import random
from dataclasses import replace

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from ganart.media.recipe import SEED_MAX, Point
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.option_form import NumberBox

_WAY_STEPS = 1000
_DIVERSITY_STEPS = 150
"""Percent; beyond this pictures mostly break."""
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


class PointPanel(QWidget):
    """Edits one `Point` between pictures A and B; keeps given values to the last digit."""

    changed = Signal()
    diversity_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._amount = 0.0
        self._diversity = 1.0
        self.seed_a = SeedBox(self.tr("Seed of picture A"), self.tr("Random picture A"))
        self.seed_b = SeedBox(self.tr("Seed of picture B"), self.tr("Random picture B"))
        self.way = _slider(_WAY_STEPS, self.tr("Way from picture A to picture B"))
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("Way between the pictures"))
        self.method.addItem(self.tr("Round (slerp)"), "slerp")
        self.method.addItem(self.tr("Straight (lerp)"), "lerp")
        self.method.setToolTip(
            self.tr("Round keeps every stage as lively as A and B; straight is calmer half-way.")
        )
        self.diversity = _slider(_DIVERSITY_STEPS, self.tr("Diversity"))
        self.diversity.setToolTip(
            self.tr("0 % is the model's average picture, 100 % what it learned; more is wilder.")
        )
        self.diversity_label = QLabel()
        self.seed_b.number.setValue(1)
        self._lay_out()
        self._show()
        self.seed_a.changed.connect(self.changed)
        self.seed_b.changed.connect(self.changed)
        self.way.valueChanged.connect(self._on_way)
        self.method.currentIndexChanged.connect(self.changed)
        self.diversity.valueChanged.connect(self._on_diversity)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for column, (text, box) in enumerate(
            ((self.tr("&A"), self.seed_a), (self.tr("&B"), self.seed_b))
        ):
            label = QLabel(text)
            label.setBuddy(box.number)
            grid.addWidget(label, 0, 3 * column)
            grid.addWidget(box, 0, 3 * column + 1)
        grid.addWidget(self.way, 0, 2)
        grid.setColumnStretch(2, 1)
        line = QHBoxLayout()
        line.setSpacing(10)
        label = QLabel(self.tr("&Diversity"))
        label.setBuddy(self.diversity)
        line.addWidget(label)
        line.addWidget(self.diversity, 1)
        line.addWidget(self.diversity_label)
        line.addSpacing(16)
        way_label = QLabel(self.tr("&Way"))
        way_label.setBuddy(self.method)
        line.addWidget(way_label)
        line.addWidget(self.method)
        grid.addLayout(line, 1, 0, 1, 5)

    def point(self) -> Point:
        """Return the point; at the very ends of the way it is one seed alone."""
        point = Point(
            self.seed_a.seed(), method=self.method.currentData(), diversity=self._diversity
        )
        if self._amount == 0.0:
            return point
        return replace(point, other_seed=self.seed_b.seed(), amount=self._amount)

    def diversity_value(self) -> float:
        """Return the truncation, 1 for the model as trained."""
        return self._diversity

    def set_point(self, point: Point) -> None:
        """Show a point."""
        with QSignalBlocker(self):
            self.seed_a.number.setValue(point.seed)
            if point.other_seed is not None:
                self.seed_b.number.setValue(point.other_seed)
            self.method.setCurrentIndex(self.method.findData(point.method))
        self._amount = point.amount if point.other_seed is not None else 0.0
        self._diversity = point.diversity
        self._show()
        self.changed.emit()
        self.diversity_changed.emit()

    def _show(self) -> None:
        with QSignalBlocker(self.way), QSignalBlocker(self.diversity):
            self.way.setValue(round(self._amount * _WAY_STEPS))
            self.diversity.setValue(round(self._diversity * 100))
        self._show_diversity()

    def _show_diversity(self) -> None:
        percent = words.count(100 * self._diversity)
        self.diversity_label.setText(self.tr("{number} %").format(number=percent))

    @Slot(int)
    def _on_way(self, step: int) -> None:
        self._amount = step / _WAY_STEPS
        self.changed.emit()

    @Slot(int)
    def _on_diversity(self, percent: int) -> None:
        self._diversity = percent / 100
        self._show_diversity()
        self.changed.emit()
        self.diversity_changed.emit()


def _slider(steps: int, name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, steps)
    slider.setPageStep(steps // 10)
    slider.setSingleStep(max(1, steps // 100))
    slider.setAccessibleName(name)
    return slider
