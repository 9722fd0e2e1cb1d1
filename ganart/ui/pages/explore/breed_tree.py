"""The family tree: litters by generations from top to bottom, each with its parents' pictures."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ganart.media.family import Family, Litter
from ganart.media.point import Point
from ganart.ui.pages.explore.breed_pictures import PointPictures
from ganart.ui.widgets import words
from ganart.ui.widgets.fitting import fitted

_TILE_PX = 40
_GAP_PX = 3
_PADDING_PX = 6
_ACROSS_PX, _DOWN_PX = 24, 40
_RADIUS_PX = 6


class FamilyTree(QGraphicsView):
    """Arrow keys go to the litter that one came from, to the first that came from it, and to those
    beside it; Enter or a click opens it.
    """

    opened = Signal(int)
    """The number of a litter."""

    def __init__(self, pictures: PointPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._family = Family()
        self._shown = 0
        self._current = 0
        self._boxes: dict[int, QRectF] = {}
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setAccessibleName(self.tr("Family tree"))
        pictures.changed.connect(self._on_pictures)

    def show_family(self, family: Family, shown: int) -> None:
        """Show a family, one of its litters as the one that is looked at."""
        self._family = family
        self._shown = self._current = shown
        self._boxes = _laid_out(family)
        area = QRectF()
        for box in self._boxes.values():
            area = area.united(box)
        self.scene().setSceneRect(area.adjusted(-_ACROSS_PX, -_ACROSS_PX, _ACROSS_PX, _ACROSS_PX))
        self._go_to(shown)

    def points(self) -> list[Point]:
        """Return the points whose pictures are shown, the newest litter's first."""
        return [point for litter in reversed(self._family.litters) for point in litter.parents]

    def box(self, number: int) -> QRectF:
        """Return where a litter lies in the scene."""
        return self._boxes[number]

    def current(self) -> int:
        """Return the number of the litter under the keyboard's cursor, 0 for none."""
        return self._current

    # Painting

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:  # noqa: N802 - Qt's name
        """Paint the tree: a few boxes and lines, so items of a scene would only cost."""
        palette = self.palette()
        painter.fillRect(self.mapToScene(self.rect()).boundingRect(), palette.window())
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1.5))
        for litter in self._family.litters:
            if litter.origin in self._boxes:
                above, below = self._boxes[litter.origin], self._boxes[litter.number]
                start = QPointF(above.center().x(), above.bottom())
                end = QPointF(below.center().x(), below.top())
                middle = (start.y() + end.y()) / 2
                corners = (QPointF(start.x(), middle), QPointF(end.x(), middle))
                painter.drawPolyline([start, *corners, end])
        for litter in self._family.litters:
            self._paint_litter(painter, litter)

    def _paint_litter(self, painter: QPainter, litter: Litter) -> None:
        palette = self.palette()
        box = self._boxes[litter.number]
        is_shown = litter.number == self._shown
        role = QPalette.ColorRole.Highlight if is_shown else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(role), 2 if is_shown else 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        for place, point in enumerate(litter.parents):
            tile = QRectF(0, 0, _TILE_PX, _TILE_PX)
            tile.moveTopLeft(box.topLeft() + QPointF(_PADDING_PX, _PADDING_PX))
            tile.translate(place * (_TILE_PX + _GAP_PX), 0)
            picture = self._pictures.picture(point)
            if picture is None:
                painter.fillRect(tile, palette.color(QPalette.ColorRole.AlternateBase))
            else:
                painter.drawPixmap(fitted(picture.size(), tile), picture, QRectF(picture.rect()))
        if litter.number == self._current and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), _RADIUS_PX, _RADIUS_PX)

    def _on_pictures(self) -> None:
        if self.isVisible():
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.viewport().update()

    # Mouse and keys

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the litter under the mouse."""
        super().mouseReleaseEvent(event)
        spot = self.mapToScene(event.position().toPoint())
        for number, box in self._boxes.items():
            if box.contains(spot):
                self._go_to(number)
                self.opened.emit(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        litter = self._family.find(self._current)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if litter is not None:
                self.opened.emit(litter.number)
            case Qt.Key.Key_Up if litter is not None:
                self._go_to(litter.origin)
            case Qt.Key.Key_Down if litter is not None:
                self._go_to(next(_numbers(_children(self._family, litter.number)), 0))
            case Qt.Key.Key_Left | Qt.Key.Key_Right if litter is not None:
                self._go_beside(event.key() == Qt.Key.Key_Right)
            case _:
                super().keyPressEvent(event)

    def _go_beside(self, is_right: bool) -> None:
        here = self._boxes[self._current]
        row = [n for n, box in self._boxes.items() if box.top() == here.top()]
        row.sort(key=lambda number: self._boxes[number].left())
        place = row.index(self._current) + (1 if is_right else -1)
        if 0 <= place < len(row):
            self._go_to(row[place])

    def _go_to(self, number: int) -> None:
        """Move the cursor to a litter if it is known."""
        litter = self._family.find(number)
        if litter is not None:
            self._current = number
            self.ensureVisible(self._boxes[number])
            text = self.tr("Litter {number}, generation {generation}, {children} children.")
            text = text.format(
                number=words.count(number),
                generation=words.count(self._family.generation(litter) + 1),
                children=words.count(litter.count),
            )
        else:
            text = self.tr("Nothing was bred yet.")
        if litter is not None or not self._boxes:
            hint = self.tr("Arrow keys: go through the family. Enter: open the litter.")
            self.setAccessibleDescription(f"{text} {hint}")
        self.viewport().update()


def _numbers(litters: Sequence[Litter]) -> Iterator[int]:
    return (each.number for each in litters)


def _children(family: Family, number: int) -> list[Litter]:
    """Return the litters bred from one; those of forgotten ones are the children of 0."""
    known = {each.number for each in family.litters}
    return [
        each for each in family.litters if (each.origin if each.origin in known else 0) == number
    ]


def _laid_out(family: Family) -> dict[int, QRectF]:
    """Return where each litter lies: generations below each other, each above its descendants."""
    boxes: dict[int, QRectF] = {}
    height = _TILE_PX + 2 * _PADDING_PX

    def lay(litter: Litter, left: float, row: int) -> float:
        """Place a litter and its descendants; return where the next may begin."""
        width = len(litter.parents) * (_TILE_PX + _GAP_PX) - _GAP_PX + 2 * _PADDING_PX
        end = left
        for child in _children(family, litter.number):
            end = lay(child, end, row + 1)
        middle = (left + max(end - _ACROSS_PX, left + width)) / 2
        box = QRectF(middle - width / 2, row * (height + _DOWN_PX), width, height)
        boxes[litter.number] = box
        return max(end, left + width + _ACROSS_PX)

    left = 0.0
    for root in _children(family, 0):
        left = lay(root, left, 0)
    return boxes
