"""A random walk from picture to picture, with a dial for how wild it is."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from ganart.errors import StudioError
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.seed_box import random_seed
from ganart.ui.widgets import words
from ganart.workers.genes import wander

_USUAL_PERCENT = 20
_LEAST_PX = 48
"""Width at which the dial can still be turned."""
_PACE_MS = 150
"""Between two steps while the button is held."""


class Wander(QWidget):
    """The dial and the button that takes a step, or many while it is held."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self.dial = QSlider(Qt.Orientation.Horizontal)
        self.dial.setRange(1, 100)
        self.dial.setPageStep(10)
        self.dial.setMinimumWidth(_LEAST_PX)
        self.dial.setAccessibleName(self.tr("Length of a step"))
        self.dial.setToolTip(
            self.tr("How far a step goes: 100 % to any picture, a little to one much like this.")
        )
        self.percent = QLabel()
        self.button = QPushButton(self.tr("Wander"))
        self.button.setToolTip(self.tr("A step to a picture nearby. Hold it to go on and on."))
        self.button.setAutoRepeat(True)
        self.button.setAutoRepeatInterval(_PACE_MS)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.dial, 1)
        line.addWidget(self.percent)
        line.addWidget(self.button)
        self.dial.valueChanged.connect(self._on_dial)
        self.button.clicked.connect(self.step)
        exploration.rendered.connect(self._on_model)
        exploration.model_changed.connect(self._on_model)
        self.dial.setValue(_USUAL_PERCENT)
        self._on_model()

    def wildness(self) -> float:
        """Return how far steps go, over 0 and up to 1."""
        return self.dial.value() / 100

    @Slot()
    def step(self) -> None:
        """Look at a picture nearby."""
        info = self._exploration.info
        if info is None:
            return
        try:
            size, seed = info.config.latent_size, random_seed()
            point = wander(self._exploration.point, size, seed, self.wildness())
        except StudioError:  # the point is of another model, and the easel says so
            return
        self._exploration.look_at(point, self.tr("Wander on"))

    @Slot(int)
    def _on_dial(self, percent: int) -> None:
        self.percent.setText(self.tr("{number} %").format(number=words.count(percent)))

    @Slot()
    def _on_model(self) -> None:
        self.button.setEnabled(self._exploration.info is not None)
