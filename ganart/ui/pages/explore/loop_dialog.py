"""What a loop shall be like before it is saved."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ganart.media.composition import Composition
from ganart.ui.widgets import words
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.exports import LoopPlan

SCALES = (1, 2, 4, 8, 16)


class LoopDialog(QDialog):
    """Asks for the format, length and size of a composed loop."""

    def __init__(
        self,
        composition: Composition,
        side: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save loop"))
        self._composition = composition
        self.format = QComboBox()
        self.format.addItem(self.tr("MP4: film, small file, plays everywhere"), ".mp4")
        self.format.addItem(self.tr("WebP: picture that moves, exact colours"), ".webp")
        self.format.addItem(self.tr("GIF: picture that moves, 256 colours"), ".gif")
        self.seconds = QDoubleSpinBox()
        self.seconds.setDecimals(1)
        self.seconds.setRange(0.5, 60.0)
        self.seconds.setValue(composition.seconds)
        self.seconds.setSuffix(self.tr(" s"))
        self.fps = QSpinBox()
        self.fps.setRange(5, 50)  # GIF has no more
        self.fps.setValue(24)
        self.size_choice = size_box(side)
        self.summary = Caption()
        form = QFormLayout()
        form.addRow(self.tr("&Format"), self.format)
        form.addRow(self.tr("&Length"), self.seconds)
        form.addRow(self.tr("&Pictures per second"), self.fps)
        form.addRow(self.tr("Si&ze"), self.size_choice)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(Heading(self.tr("A loop without a seam")))
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)
        self.seconds.valueChanged.connect(self._summarise)
        self.fps.valueChanged.connect(self._summarise)
        self._summarise()

    def plan(self) -> LoopPlan:
        """Return what was chosen."""
        return LoopPlan(
            composition=replace(self._composition, seconds=self.seconds.value()),
            fps=float(self.fps.value()),
            suffix=self.format.currentData(),
            scale=self.size_choice.currentData(),
        )

    @Slot()
    def _summarise(self) -> None:
        frames = words.count(self.plan().frames)
        self.summary.setText(self.tr("Frames to draw: {count}").format(count=frames))


def size_box(side: int, parent: QWidget | None = None) -> QComboBox:
    """Return a choice of whole multiples of a picture side; its data are the multiples."""
    box = QComboBox(parent)
    for scale in SCALES:
        box.addItem(words.pixels(side * scale), scale)
    wanted = next((i for i, scale in enumerate(SCALES) if side * scale >= 512), len(SCALES) - 1)
    box.setCurrentIndex(wanted)
    return box
