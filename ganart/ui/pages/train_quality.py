"""The quality curves of a training: how good and how varied its pictures are."""

from PySide6.QtWidgets import QWidget

from ganart.ui.widgets.curve_plot import Panel, Series
from ganart.ui.widgets.read_curves import ReadCurves
from ganart.ui.widgets.text import Caption


class QualityCurves(ReadCurves):
    """What was measured over the pictures shown; every measurement is a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        panels = (
            Panel(
                self.tr("Distance to your pictures"),
                (Series("likeness", self.tr("of pixels")),),
                help=self.tr(
                    "How far generated pictures are from yours, compared patch by patch from "
                    "coarse to fine (sliced Wasserstein distance). Lower is closer."
                ),
            ),
            Panel(
                self.tr("Distance of what is seen"),
                (Series("frechet", self.tr("of features")),),
                help=self.tr(
                    "How far they are apart in the eyes of a network that knows photographs "
                    "(Fréchet distance on features of VGG-19). Lower is closer. Compare it only "
                    "with itself: it is not the FID of papers."
                ),
            ),
            Panel(
                self.tr("Variety"),
                (
                    Series("diversity", self.tr("diversity")),
                    Series("coverage", self.tr("coverage")),
                ),
                help=self.tr(
                    "Diversity: how varied they are, 1 is as varied as your pictures. Coverage: "
                    "the share of your pictures that have a generated one near by. Higher is "
                    "better."
                ),
            ),
            Panel(
                self.tr("Warnings"),
                (
                    Series("copies", self.tr("copies")),
                    Series("leak", self.tr("augmentation leak")),
                ),
                help=self.tr(
                    "The share of generated pictures suspiciously near to one of yours, and how "
                    "far borders, turns and colour casts differ. Around 0 is good."
                ),
            ),
        )
        more = (Series("kernel", self.tr("kernel distance")), Series("density", self.tr("density")))
        super().__init__(panels, more, parent, with_points=True)
        self.plot.setAccessibleName(self.tr("Quality curves"))
        self.plot.set_smooth(False)  # few values, each of many pictures
        hint = Caption(
            self.tr("Measured now and then while it trains. Lower distances are better.")
        )
        self.switches.addWidget(hint, 1)
