"""Style mixing: coarse, middle and fine layers that take their style from another seed."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ganart.media.genes import bands
from ganart.media.point import LayerStyle, Part, Point
from ganart.ui.pages.explore.easel import SeedBox


class LayerStyles(QWidget):
    """A seed for each band of layers, where the model has such, and whether noise is drawn."""

    changed = Signal(object, str)
    """The `Point` that is wanted, and which control wants it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = Point.at(0)
        self._bands: Sequence[tuple[int, int]] = ()
        self._has_noise = False
        names = (
            (self.tr("Layout from seed"), self.tr("Random seed for the layout")),
            (self.tr("Shapes from seed"), self.tr("Random seed for the shapes")),
            (self.tr("Colours from seed"), self.tr("Random seed for the colours")),
        )
        tips = (
            self.tr("The coarse layers of the network: what is where."),
            self.tr("The middle layers: which forms it has."),
            self.tr("The fine layers: how it is painted."),
        )
        self.boxes = [QCheckBox(name) for name, _ in names]
        self.seeds = [SeedBox(name, dice) for name, dice in names]
        self.noise = QCheckBox(self.tr("Details left to chance"))
        self.noise.setToolTip(self.tr("The fine noise that the model learned to add."))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for column, (box, seed, tip) in enumerate(zip(self.boxes, self.seeds, tips, strict=True)):
            box.setToolTip(tip)
            box.toggled.connect(self._on_changed)
            seed.changed.connect(self._on_changed)
            grid.addWidget(box, 0, column)
            grid.addWidget(seed, 1, column)
        grid.addWidget(self.noise, 2, 0, 1, 3)
        self.noise.toggled.connect(self._on_changed)
        for number, seed in enumerate(self.seeds, start=1):
            with QSignalBlocker(seed):
                seed.number.setValue(number)
        self.set_model(0, has_noise=False)

    def set_model(self, layers: int, *, has_noise: bool) -> None:
        """Show what a model of so many layers with styles has."""
        self._bands = bands(layers)
        self._has_noise = has_noise
        for widget in (*self.boxes, *self.seeds):
            widget.setVisible(bool(self._bands))
        self.noise.setVisible(has_noise)
        self.setVisible(bool(self._bands) or has_noise)
        self.set_point(self._point)

    def set_point(self, point: Point) -> None:
        """Show what a point has."""
        self._point = point
        taken = {(each.first, each.last): each.part.seed for each in point.styles}
        for band, box, seed in zip(self._bands, self.boxes, self.seeds, strict=False):
            number = taken.get(band)
            with QSignalBlocker(box), QSignalBlocker(seed):
                box.setChecked(number is not None)
                if number is not None:
                    seed.number.setValue(number)
            seed.setEnabled(number is not None)
        with QSignalBlocker(self.noise):
            self.noise.setChecked(point.noise)

    @Slot()
    def _on_changed(self) -> None:
        # Children have styles without a seed, which no box shows: they stay.
        others = [
            each
            for each in self._point.styles
            if (each.first, each.last) not in self._bands or each.part.seed is None
        ]
        ours = [
            LayerStyle(Part(seed.seed()), *band)
            for band, box, seed in zip(self._bands, self.boxes, self.seeds, strict=False)
            if box.isChecked()
        ]
        noise = self.noise.isChecked() if self._has_noise else self._point.noise
        point = replace(self._point, styles=(*others, *ours), noise=noise)
        if point != self._point:
            sender = self.sender()
            control = f"styles {self.seeds.index(sender)}" if sender in self.seeds else ""
            self.changed.emit(point, control)
