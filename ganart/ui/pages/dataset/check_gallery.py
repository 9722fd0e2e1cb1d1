"""Pictures with a score each, the worst first."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.words import decimal

SCORE = Qt.ItemDataRole.UserRole + 40
"""0 to 1."""
_INSET_PX = 6
_RADIUS_PX = 4


class ScoredModel(PicturesModel):
    """Pictures that one issue is found in."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._scores: Mapping[int, float] = {}

    def show_scored(self, ids: Sequence[int], scores: Sequence[float]) -> None:
        """Replace the pictures by these, in this order."""
        self._scores = dict(zip(ids, scores, strict=True))
        self.show_ids(ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the score too, in words to those who do not see it."""
        if role == SCORE:
            return self._scores.get(self.ids[index.row()])
        value = super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            score = decimal(self._scores.get(self.ids[index.row()], 0.0), 2)
            return f"{value}, " + self.tr("score {score}").format(score=score)
        return value


class ScoreDelegate(QStyledItemDelegate):
    """Writes the score upon what another delegate paints."""

    def __init__(self, painted: QAbstractItemDelegate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painted = painted

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the other delegate."""
        return self._painted.sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        self._painted.paint(painter, option, index)
        score = index.data(SCORE)
        if score is None:
            return
        text = decimal(score, 2)
        metrics = painter.fontMetrics()
        badge = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
        corner = QRectF(option.rect).adjusted(_INSET_PX, _INSET_PX, -_INSET_PX, -_INSET_PX)
        badge.moveCenter(corner.center())  # the corners have signs of what was said
        badge.moveTop(corner.top())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(badge, _RADIUS_PX, _RADIUS_PX)
        painter.setPen(option.palette.color(QPalette.ColorRole.ToolTipText))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()
