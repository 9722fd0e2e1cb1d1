"""The curves of a training with what they mean at one moment."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ganart.engine.gan.events import Stats
from ganart.ui.widgets import words
from ganart.ui.widgets.curve_buffer import Floats
from ganart.ui.widgets.curve_plot import CurvePlot, Panel, Series
from ganart.ui.widgets.text import Caption

X = "pictures"
COLUMNS = ("pictures", "loss_g", "loss_d", "score_real", "score_fake", "pictures_per_s")


class TrainCurves(QWidget):
    """Losses, scores and speed over the pictures shown, and the values under the crosshair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panels = (
            Panel(
                self.tr("Loss"),
                (
                    Series("loss_g", self.tr("generator")),
                    Series("loss_d", self.tr("discriminator")),
                ),
                can_be_log=True,
                help=self.tr(
                    "What each network still gets wrong. Close together means that the two are "
                    "well matched; the curves need not fall while the pictures get better."
                ),
            ),
            Panel(
                self.tr("Discriminator's score"),
                (
                    Series("score_real", self.tr("your pictures")),
                    Series("score_fake", self.tr("generated")),
                ),
                help=self.tr(
                    "How real the discriminator finds them; higher is more real. The closer "
                    "the two, the harder it is to tell them apart."
                ),
            ),
            Panel(
                self.tr("Speed"),
                (Series("pictures_per_s", self.tr("pictures per second")),),
                help=self.tr("How many of your pictures are shown to the networks each second."),
            ),
        )
        self._labels = {series.column: series.label for panel in panels for series in panel.series}
        self.plot = CurvePlot(panels, X, self.tr("Pictures shown"))
        self.plot.pointed.connect(self._on_pointed)
        self.smooth_box = QCheckBox(self.tr("S&mooth"))
        self.smooth_box.setChecked(True)
        self.smooth_box.toggled.connect(self.plot.set_smooth)
        self.log_box = QCheckBox(self.tr("Lo&garithmic loss"))
        self.log_box.toggled.connect(self.plot.set_log)
        self.values = Caption()
        # Room for two lines, so that pointing at the curves does not make them jump.
        self.values.setMinimumHeight(2 * self.values.fontMetrics().lineSpacing())
        self.values.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.addWidget(self.smooth_box)
        line.addWidget(self.log_box)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.values)
        self.clear()

    def clear(self) -> None:
        """Forget a run."""
        self.load({})

    def load(self, columns: Mapping[str, Floats]) -> None:
        """Show the stored curves of a run."""
        self.plot.load(columns)

    def append(self, stats: Stats) -> None:
        """Add the newest record."""
        self.plot.append({name: getattr(stats, name) for name in COLUMNS})

    @Slot(int)
    def _on_pointed(self, row: int) -> None:
        if row < 0:
            self.values.setText(
                self.tr("Point at the curves, or use the arrow keys, to read their values.")
            )
            return
        values = self.plot.values_at(row)
        parts = [self.tr("At {count} pictures").format(count=words.count(values[X]))]
        parts += [
            f"{label} {words.decimal(values[column])}" for column, label in self._labels.items()
        ]
        text = "   ·   ".join(parts)
        self.values.setText(text)
        self.plot.setAccessibleDescription(text)
