"""The losses of a painting or of a brush in training, as curves."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ganart.engine.style.events import BrushStats, PaintStats
from ganart.ui.widgets import words
from ganart.ui.widgets.curve_buffer import Floats
from ganart.ui.widgets.curve_plot import CurvePlot, Panel, Series
from ganart.ui.widgets.text import Caption

_X = "step"
_LOSSES = ("total", "content", "style", "variation")


class StyleCurves(QWidget):
    """Total, content and style loss and total variation, and the values under the crosshair.

    `steps_name` names the horizontal axis: iterations or steps.
    """

    def __init__(self, steps_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps_name = steps_name
        self._labels = {
            "total": self.tr("total"),
            "content": self.tr("content"),
            "style": self.tr("style"),
            "variation": self.tr("total variation"),
        }
        panels = (
            Panel(
                self.tr("Total loss"),
                (Series("total", self._labels["total"]),),
                can_be_log=True,
                help=self.tr("The sum of the other three, which is made as small as possible."),
            ),
            Panel(
                self.tr("Content and style loss"),
                (
                    Series("content", self._labels["content"]),
                    Series("style", self._labels["style"]),
                ),
                can_be_log=True,
                help=self.tr(
                    "How far the picture is from the shapes of the photo and from the strokes of "
                    "the style, each times its weight."
                ),
            ),
            Panel(
                self.tr("Total variation"),
                (Series("variation", self._labels["variation"]),),
                can_be_log=True,
                help=self.tr("How much neighbouring pixels differ, times its weight."),
            ),
        )
        self.plot = CurvePlot(panels, _X, steps_name)
        self.plot.setAccessibleName(self.tr("Loss curves"))
        self.plot.pointed.connect(self._on_pointed)
        self.log_box = QCheckBox(self.tr("Lo&garithmic"))
        self.log_box.toggled.connect(self.plot.set_log)
        self.log_box.setChecked(True)
        self.values = Caption()
        # Room for two lines, so that pointing at the curves does not make them jump.
        self.values.setMinimumHeight(2 * self.values.fontMetrics().lineSpacing())
        self.values.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.addWidget(self.log_box)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.values)
        self.plot.set_smooth(False)  # an optimisation, not a lottery: the raw curve is smooth
        self.clear()

    def clear(self) -> None:
        """Forget the curves."""
        self.load({})

    def load(self, columns: Mapping[str, Floats]) -> None:
        """Show stored curves: "step", "total", "content", "style", "variation"."""
        self.plot.load(columns)

    def append(self, stats: PaintStats | BrushStats) -> None:
        """Add the newest record."""
        step = stats.step if isinstance(stats, BrushStats) else stats.iteration
        self.plot.append({_X: step, **{name: getattr(stats, name) for name in _LOSSES}})

    @Slot(int)
    def _on_pointed(self, row: int) -> None:
        if row < 0:
            self.values.setText(
                self.tr("Point at the curves, or use the arrow keys, to read their values.")
            )
            return
        values = self.plot.buffer.values_at(row)
        parts = [f"{self._steps_name} {words.count(values[_X])}"]
        parts += [f"{self._labels[name]} {words.decimal(values[name])}" for name in _LOSSES]
        text = "   ·   ".join(parts)
        self.values.setText(text)
        self.plot.setAccessibleDescription(text)
