"""What a threshold of an issue means, in the unit of what was measured."""

from PySide6.QtCore import QCoreApplication

from ganart.ui.widgets.words import count, decimal

_SMALL_SIDE_PX = 512
"""`SMALL_SIDE` of the issues, which bring Pillow."""


def threshold_words(key: str, threshold: float) -> str:
    """Return which pictures pass a threshold from 0 to 1; empty where only the number says it."""
    rest = 1 - threshold
    if key == "small":
        text = QCoreApplication.translate("checks", "shorter side below {pixels} px")
        return text.format(pixels=count(_SMALL_SIDE_PX * rest))
    if key == "odd_shape" and rest > 0:
        text = QCoreApplication.translate("checks", "more than {times} × as long, or as square")
        return text.format(times=decimal(1 / rest))
    if key == "dark":
        text = QCoreApplication.translate("checks", "brightest parts below {share} % of white")
        return text.format(share=decimal(100 * rest))
    percent = decimal(100 * threshold)
    if key == "bright":
        text = QCoreApplication.translate("checks", "darkest parts above {share} % of white")
        return text.format(share=percent)
    if key == "framed":
        text = QCoreApplication.translate("checks", "bars take more than {share} % of the picture")
        return text.format(share=percent)
    if key == "transparent":
        text = QCoreApplication.translate("checks", "more than {share} % is transparent")
        return text.format(share=percent)
    return ""
