"""A grid of small pictures, one a seed: walk with the arrow keys, choose with Enter or a click."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

_GAP_PX = 4


class SeedGrid(QWidget):
    """Paints the tiles as large as fit. Pictures are not mirrored in right-to-left layouts.

    Click or Enter chooses a tile, with Shift as the second picture; Ctrl+click or L adds it to the
    loop.
    """

    chosen = Signal(object)
    chosen_second = Signal(object)
    looped = Signal(object)
    """Each carries the seed of the tile; seeds are larger than the int of a signal."""

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._seeds: list[int] = []
        self._tiles: list[QPixmap] = []
        self._marks: dict[int, str] = {}
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(self.tr("Grid of seeds"))
        self._announce()

    def seeds(self) -> list[int]:
        """Return the seeds in reading order."""
        return list(self._seeds)

    def current_seed(self) -> int | None:
        """Return the seed under the keyboard's cursor."""
        return self._seeds[self._current] if self._seeds else None

    def set_tiles(self, seeds: Sequence[int], images: Sequence[QImage]) -> None:
        """Show other pictures; `images` may be shorter while the rest is not yet drawn."""
        self._seeds = list(seeds)
        self._tiles = [QPixmap.fromImage(image) for image in images]
        self._current = min(self._current, max(0, len(seeds) - 1))
        self._announce()
        self.update()

    def set_marks(self, marks: dict[int, str]) -> None:
        """Put short words such as 'A' on the tiles of some seeds."""
        self._marks = dict(marks)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(360, 360)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(160, 120)

    def _tile_side(self) -> int:
        rows = max(1, math.ceil(len(self._seeds) / self._columns))
        wide = (self.width() - _GAP_PX) // self._columns - _GAP_PX
        high = (self.height() - _GAP_PX) // rows - _GAP_PX
        return max(8, min(wide, high))

    def _rect_of(self, index: int) -> QRect:
        side = self._tile_side()
        row, column = divmod(index, self._columns)
        left = (self.width() - self._columns * (side + _GAP_PX) + _GAP_PX) // 2
        return QRect(left + column * (side + _GAP_PX), 2 + row * (side + _GAP_PX), side, side)

    def _index_at(self, point: QPoint) -> int | None:
        for index in range(len(self._seeds)):
            if self._rect_of(index).contains(point):
                return index
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        ratio = self.devicePixelRatioF()
        for index, seed in enumerate(self._seeds):
            box = self._rect_of(index)
            if index >= len(self._tiles):
                painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
                continue
            tile = self._tiles[index]
            shrunk = box.width() * ratio < tile.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
            painter.drawPixmap(box, tile)
            if seed in self._marks:
                self._paint_mark(painter, box, self._marks[seed])
            if index == self._current and self.hasFocus():
                painter.setPen(QPen(accent, 3))
                painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_mark(self, painter: QPainter, box: QRect, text: str) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 2))
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        label = painter.fontMetrics().boundingRect(text).adjusted(-5, -1, 5, 1)
        label.moveTopLeft(box.topLeft())
        painter.fillRect(label, accent)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a press of the mouse."""
        index = self._index_at(event.position().toPoint())
        if index is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._move_to(index)
        self._choose(event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        last = len(self._seeds) - 1
        match event.key():
            case Qt.Key.Key_Left:
                self._move_to(max(0, self._current - 1))
            case Qt.Key.Key_Right:
                self._move_to(min(last, self._current + 1))
            case Qt.Key.Key_Up if self._current >= self._columns:
                self._move_to(self._current - self._columns)
            case Qt.Key.Key_Down if self._current + self._columns <= last:
                self._move_to(self._current + self._columns)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._choose(event.modifiers())
            case Qt.Key.Key_L:
                self._choose(Qt.KeyboardModifier.ControlModifier)
            case _:
                super().keyPressEvent(event)

    def _move_to(self, index: int) -> None:
        self._current = max(0, index)
        self._announce()
        self.update()

    def _choose(self, modifiers: Qt.KeyboardModifier) -> None:
        seed = self.current_seed()
        if seed is None:
            return
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.chosen_second.emit(seed)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.looped.emit(seed)
        else:
            self.chosen.emit(seed)

    def _announce(self) -> None:
        seed = self.current_seed()
        hint = self.tr("Enter: picture A. Shift+Enter: picture B. L: add to the loop.")
        place = "" if seed is None else self.tr("Seed {seed}.").format(seed=seed)
        self.setAccessibleDescription(f"{place} {hint}".strip())

    def event(self, event: QEvent) -> bool:
        """Show the tool tip of a tile."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos())
            if index is None:
                QToolTip.hideText()
            else:
                text = self.tr("Seed {seed}").format(seed=self._seeds[index])
                QToolTip.showText(event.globalPos(), text, self, self._rect_of(index))
            return True
        return super().event(event)
