"""The curves of a training: what the two networks say of each other, and how fast."""

from PySide6.QtWidgets import QCheckBox, QWidget

from ganart.ui.widgets.curve_plot import Panel, Series
from ganart.ui.widgets.read_curves import ReadCurves


class TrainCurves(ReadCurves):
    """Losses, scores and speed over the pictures shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
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
        super().__init__(panels, parent=parent)
        self.smooth_box = QCheckBox(self.tr("Smoothi&ng"))
        self.smooth_box.setChecked(True)
        self.smooth_box.toggled.connect(self.plot.set_smooth)
        self.log_box = QCheckBox(self.tr("Lo&garithmic loss"))
        self.log_box.toggled.connect(self.plot.set_log)
        self.switches.addWidget(self.smooth_box)
        self.switches.addWidget(self.log_box)
        self.switches.addStretch(1)
