"""The control for the size of a grid's cells."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from ganart.ui.pages.dataset.grid import STEPS_PX, ThumbnailGrid
from ganart.ui.widgets.buttons import tool_button

_WIDTH_PX = 96


class GridZoom(QWidget):
    """A slider between two buttons."""

    def __init__(self, grid: ThumbnailGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(STEPS_PX) - 1)
        self.slider.setPageStep(2)
        self.slider.setFixedWidth(_WIDTH_PX)
        self.slider.setAccessibleName(self.tr("Size of the pictures"))
        self.slider.setToolTip(self.tr("Size of the pictures (Ctrl and the wheel)"))
        self.smaller = tool_button(
            "zoom-out", self.tr("Smaller pictures"), self.tr("Smaller pictures (Ctrl+minus)")
        )
        self.larger = tool_button(
            "zoom-in", self.tr("Larger pictures"), self.tr("Larger pictures (Ctrl+plus)")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        parts: tuple[QToolButton | QSlider, ...] = (self.smaller, self.slider, self.larger)
        for part in parts:
            row.addWidget(part)
        self.smaller.clicked.connect(grid.smaller.trigger)
        self.larger.clicked.connect(grid.larger.trigger)
        self.slider.valueChanged.connect(grid.set_step)
        grid.step_changed.connect(self._show)
        self._show(grid.step())

    @Slot(int)
    def _show(self, step: int) -> None:
        self.slider.setValue(step)
        self.smaller.setEnabled(step > 0)
        self.larger.setEnabled(step < len(STEPS_PX) - 1)
