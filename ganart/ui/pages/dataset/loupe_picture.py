"""The picture in the loupe, and what of it trainings see."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ganart.datasets.records import PictureRow
from ganart.ui.widgets.loupe_view import LoupeView

_SHADE = QColor(0, 0, 0, 150)
_EDGE = QColor(255, 255, 255, 200)


class LoupePicture(LoupeView):
    """Shades what trainings do not see, where that is wished for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._seen: QRectF | None = None

    def set_seen(self, shares: QRectF | None) -> None:
        """Shade all but a part, in shares of both sides; None shades nothing."""
        self._seen = shares
        self.update()

    def seen(self) -> QRectF | None:
        """Return the part that is not shaded, in shares of both sides; None where all is plain."""
        return self._seen

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and the shade over it."""
        super().paintEvent(event)
        if self._seen is None or self.image().isNull():
            return
        whole, shares = self._target(), self._seen
        seen = QRectF(
            whole.left() + shares.left() * whole.width(),
            whole.top() + shares.top() * whole.height(),
            shares.width() * whole.width(),
            shares.height() * whole.height(),
        )
        outside = QPainterPath()
        outside.addRect(whole)
        inside = QPainterPath()
        inside.addRect(seen)
        painter = QPainter(self)
        painter.fillPath(outside.subtracted(inside), _SHADE)
        painter.setPen(QPen(_EDGE, 1))
        painter.drawRect(seen)


def seen_part(row: PictureRow, usual_framing: str, size: tuple[int, int]) -> QRectF:
    """Return what a training of pictures of `size` sees of one, in shares of both its sides."""
    from ganart.datasets.framing import WHOLE, BadFraming, Fill, Framing, window
    from ganart.datasets.whole import framing_of

    try:
        usual = Framing.from_json(usual_framing)
    except BadFraming:
        usual = Framing()
    framing = framing_of(row, usual)
    width, height = max(1, row.width), max(1, row.height)
    if framing.fill is Fill.CROP:
        left, top, right, bottom = window(width, height, size, framing)
    else:
        left, top, right, bottom = (framing.crop or WHOLE).pixels(width, height)
    return QRectF(left / width, top / height, (right - left) / width, (bottom - top) / height)
