"""Which signs lie where on a picture of a grid."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QStyle

from ganart.ui.pages.dataset.badges import Badges
from ganart.ui.widgets import words

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_MANY_STARS_PX = 130
"""Below this width a number and one star stand for all stars."""
_BETWEEN_PX = 2

Signs = list[tuple[QPoint, QPixmap]]
"""Places from the upper left of the picture's room."""


class CellSigns:
    """Signs for a room of one size; pictures of which the same was said share them."""

    def __init__(
        self, room: QSize, ratio: float, direction: Qt.LayoutDirection, dot: QColor
    ) -> None:
        self._room = QRect(QPoint(), room)
        self._direction = direction
        self._dot = dot
        self._badges = Badges(ratio)
        self._signs: dict[Hashable, Signs] = {}

    def of(self, row: "PictureRow") -> Signs:
        """Return the signs of a picture."""
        has_framing = row.framing is not None
        key = (row.mark, row.stars, row.weight, bool(row.tags), has_framing, row.seen)
        signs = self._signs.get(key)
        if signs is None:
            signs = self._signs[key] = self._laid_out(row)
        return signs

    def _laid_out(self, row: "PictureRow") -> Signs:
        """Return the verdict at the top, stars at the bottom, the rest opposite of these."""
        badges, signs = self._badges, Signs()
        if row.mark == "rejected":
            signs.append(self._placed(badges.rejected()))
        elif row.mark == "picked":
            signs.append(self._placed(badges.picked()))
        if not row.seen:
            signs.append(self._placed(badges.dot(self._dot), from_end=0))
        taken_px = 0
        if row.stars:
            is_wide = self._room.width() >= _MANY_STARS_PX
            text = f"{words.count(row.stars)} ★"
            badge = badges.stars(row.stars) if is_wide else badges.words(text)
            signs.append(self._placed(badge, at_bottom=True))
            taken_px = _size(badge).width()
        others = []
        if row.weight not in {0.0, 1.0}:
            others.append(badges.words(f"{words.decimal(row.weight)} ×"))
        if row.tags:
            others.append(badges.tagged())
        if row.framing is not None:
            others.append(badges.framed())
        from_end = 0
        for badge in others:
            from_end += _BETWEEN_PX
            if from_end + _size(badge).width() + taken_px > self._room.width():
                break  # the tip of the picture tells the rest
            signs.append(self._placed(badge, at_bottom=True, from_end=from_end - _BETWEEN_PX))
            from_end += _size(badge).width()
        return signs

    def _placed(
        self, badge: QPixmap, *, at_bottom: bool = False, from_end: int | None = None
    ) -> tuple[QPoint, QPixmap]:
        size, room = _size(badge), self._room
        left = 0 if from_end is None else room.width() - from_end - size.width()
        top = room.height() - size.height() if at_bottom else 0
        return QStyle.visualRect(
            self._direction, room, QRect(QPoint(left, top), size)
        ).topLeft(), badge


def _size(badge: QPixmap) -> QSize:
    return badge.deviceIndependentSize().toSize()
