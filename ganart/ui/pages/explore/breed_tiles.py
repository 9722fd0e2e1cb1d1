"""Pictures of points as tiles: walked by arrow keys, looked at, marked, taken out, dragged."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ganart.media.point import Point
from ganart.ui.pages.explore.breed_pictures import PointPictures
from ganart.ui.pages.explore.point_drag import mime_of, point_in
from ganart.ui.pages.recipe_words import point_in_words
from ganart.ui.widgets import words
from ganart.ui.widgets.well import accept_copy

_GAP_PX = 4
_MARK_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_M}
_REMOVAL_KEYS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class Tiles(QWidget):
    """As large as fit, in rows; never mirrored. Arrow keys walk; a click or Enter chooses, Ctrl and
    a click, Space or M mark, Delete takes out.
    """

    chosen = Signal(int)
    marked = Signal(int)
    removed = Signal(int)
    """Each carries the place of a tile."""
    dropped = Signal(object)
    """A `Point` that was dragged here."""

    def __init__(
        self, name: str, hint: str, pictures: PointPictures, parent: QWidget | None = None
    ) -> None:
        """`hint` tells screen readers which keys mean something here."""
        super().__init__(parent)
        self._hint = hint
        self._pictures = pictures
        self._points: tuple[Point, ...] = ()
        self._marks: tuple[int, ...] = ()
        self._slots = 0
        self._current = 0
        self._press: QPoint | None = None
        self._is_target = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        pictures.changed.connect(self.update)
        self._announce()

    def show_points(
        self, points: Sequence[Point], slots: int = 0, marks: Sequence[int] = ()
    ) -> None:
        """Show these, with room for `slots` tiles at least, and numbers on the marked."""
        self._points, self._marks = tuple(points), tuple(marks)
        self._slots = max(slots, len(points))
        self._current = min(self._current, max(0, len(points) - 1))
        self._announce()
        self.update()

    def current(self) -> int | None:
        """Return the place under the keyboard's cursor, None where there is nothing."""
        return self._current if self._points else None

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(160, 56)

    def tile(self, place: int) -> QRect:
        """Return where a tile lies."""
        columns, size = self._layout()
        row, column = divmod(place, columns)
        across, down = size.width() + _GAP_PX, size.height() + _GAP_PX
        left = (self.width() - columns * across + _GAP_PX) // 2
        return QRect(QPoint(left + column * across, 2 + row * down), size)

    def columns(self) -> int:
        """Return in how many columns the tiles lie."""
        return self._layout()[0]

    def _layout(self) -> tuple[int, QSize]:
        """Return the columns that make the tiles largest, and their size in the pictures' shape."""
        shape = self._pictures.shape()

        def size(columns: int) -> QSize:
            rows = math.ceil(self._slots / columns)
            room = QSize((self.width() - 2) // columns, (self.height() - 2) // rows)
            room = (room - QSize(_GAP_PX, _GAP_PX)).expandedTo(QSize(8, 8))
            return shape.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

        best = max(range(1, max(1, self._slots) + 1), key=lambda each: size(each).width())
        return best, size(best)

    def _place_at(self, spot: QPoint) -> int | None:
        places = range(len(self._points))
        return next((each for each in places if self.tile(each).contains(spot)), None)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        palette = self.palette()
        for place in range(self._slots):
            box = self.tile(place)
            if place >= len(self._points):
                lively = self._is_target and place == len(self._points)
                role = QPalette.ColorRole.Highlight if lively else QPalette.ColorRole.Mid
                painter.setPen(QPen(palette.color(role), 1, Qt.PenStyle.DashLine))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
                continue
            picture = self._pictures.picture(self._points[place])
            if picture is None:
                painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
            else:
                shrunk = box.width() * self.devicePixelRatioF() < picture.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
                painter.drawPixmap(box, picture)
            if place in self._marks:
                self._paint_mark(painter, box, words.count(1 + self._marks.index(place)))
            if place == self._current and self.hasFocus():
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_mark(self, painter: QPainter, box: QRect, text: str) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 4))
        painter.drawRect(box.adjusted(2, 2, -2, -2))
        label = painter.fontMetrics().boundingRect(text).adjusted(-6, -2, 6, 2)
        label.moveTopLeft(box.topLeft())
        painter.fillRect(label, accent)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.update()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a tile."""
        place = self._place_at(event.position().toPoint())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._press = event.position().toPoint()
        self._go_to(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point of the tile that is held."""
        if self._press is None:
            return
        moved = (event.position().toPoint() - self._press).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._press = None
            drag = QDrag(self)
            drag.setMimeData(mime_of(self._points[self._current]))
            picture = self._pictures.picture(self._points[self._current])
            if picture is not None:
                drag.setPixmap(picture.scaled(64, 64, Qt.AspectRatioMode.KeepAspectRatio))
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose or mark the tile that was not dragged away."""
        if self._press is not None:
            self._press = None
            is_mark = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.marked if is_mark else self.chosen).emit(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        columns, _ = self._layout()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        if not self._points:
            super().keyPressEvent(event)
        elif event.key() in steps:
            place = self._current + steps[Qt.Key(event.key())]
            if 0 <= place < len(self._points):
                self._go_to(place)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._current)
        elif event.key() in _MARK_KEYS:
            self.marked.emit(self._current)
        elif event.key() in _REMOVAL_KEYS:
            self.removed.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _go_to(self, place: int) -> None:
        self._current = place
        self._announce()
        self.update()

    def _announce(self) -> None:
        text = self.tr("Nothing here yet.")
        if self._points:
            text = self.tr("Picture {number} of {count}. {place}").format(
                number=words.count(self._current + 1),
                count=words.count(len(self._points)),
                place=point_in_words(self._points[self._current]),
            )
            if self._current in self._marks:
                text += " " + self.tr("Marked.")
        self.setAccessibleDescription(f"{text} {self._hint}".strip())

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take a point."""
        if len(self._points) < self._slots and point_in(event.mimeData()) is not None:
            accept_copy(event)
            self._mark_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the offer back."""
        self._mark_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the point."""
        self._mark_target(False)
        point = point_in(event.mimeData())
        if point is not None:
            accept_copy(event)
            self.dropped.emit(point)

    def _mark_target(self, is_target: bool) -> None:
        self._is_target = is_target
        self.update()
