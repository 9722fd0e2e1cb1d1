"""The size that training will use: a side and a shape, in the words of the pictures."""

from math import gcd

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ganart.datasets.sizes import SHAPES, fitting_size
from ganart.engine.gan.config import SIDES
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.undo import Change
from ganart.ui.widgets.words import count

_MOST_ASPECTS = 1000
"""So many pictures, spread over the dataset, say which shape suits all of them."""


class SizeChoice(QWidget):
    """Two lists; what is chosen holds for all that shows or prepares pictures."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = desk.session.shown_as
        self._fitting = (0, 0)
        self.side = QComboBox()
        self.side.setAccessibleName(self.tr("Size of training"))
        self.side.setToolTip(
            self.tr("Each step has four times the pixels, and takes training about so much longer.")
        )
        self.shape = QComboBox()
        self.shape.setAccessibleName(self.tr("Shape of training"))
        self.shape.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.shape.setMinimumContentsLength(12)
        self.shape.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for side in SIDES:
            self.side.addItem(self.tr("{side} px").format(side=count(side)), side)
        label = QLabel(self.tr("Training"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.side)
        layout.addWidget(self.shape, 1)
        self.side.activated.connect(self._on_side)
        self.shape.activated.connect(self._on_shape)
        self._shown.changed.connect(self._show)
        desk.pictures.listed.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Find the shape that suits the pictures best."""
        rows = self._desk.pictures.rows
        aspects = [row.width / row.height for row in rows[:: 1 + len(rows) // _MOST_ASPECTS]]
        width, height = fitting_size(aspects, SIDES[-1]) if aspects else (0, 0)
        part = max(1, gcd(width, height))
        self._fitting = width // part, height // part
        self._show()

    @Slot()
    def _show(self) -> None:
        showing = self._shown.showing
        self.side.setCurrentIndex(self.side.findData(showing.side))
        self.shape.clear()
        first = [(1, 1)]
        if self._fitting not in {(0, 0), (1, 1)}:
            first.append(self._fitting)
        others = [shape for shape in reversed(SHAPES) if shape not in first]
        for shape in [*first, *others]:
            if shape == others[0]:
                self.shape.insertSeparator(self.shape.count())
            self.shape.addItem(self._words(shape), f"{shape[0]}:{shape[1]}")
        self.shape.setCurrentIndex(self.shape.findData(showing.shape))
        self.shape.setToolTip(self.shape.currentText())

    def _words(self, shape: tuple[int, int]) -> str:
        width, height = shape
        if width == height:
            text = self.tr("square")
        else:
            text = (
                self.tr("{width}:{height} wide")
                if width > height
                else self.tr("{width}:{height} upright")
            )
            text = text.format(width=count(width), height=count(height))
        return self.tr("{shape}, like yours").format(shape=text) if shape == self._fitting else text

    @Slot()
    def _on_side(self) -> None:
        self._choose("side", self.side.currentData())

    @Slot()
    def _on_shape(self) -> None:
        self._choose("shape", self.shape.currentData())

    def _choose(self, name: str, value: object) -> None:
        before = self._shown.known([name])
        if value != before[name][0]:
            text = self.tr("Change the size of training")
            self._desk.curation.stack.push(
                Change(text, self._shown.restore, before, {name: (value, True)})
            )
