"""Pictures of any shape in boxes of another."""

from PySide6.QtCore import QRect, QRectF, QSize, QSizeF, Qt


def fitted(size: QSize, box: QRect | QRectF) -> QRectF:
    """Return the middle of a box, as much of it as a picture of that size fills in its own shape.

    `size` has a width and a height of 1 or more.
    """
    whole = QRectF(box)
    inner = QSizeF(size).scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
    rect = QRectF(0, 0, inner.width(), inner.height())
    rect.moveCenter(whole.center())
    return rect
