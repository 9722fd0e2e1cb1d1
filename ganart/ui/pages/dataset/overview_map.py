"""The map of variety: pictures that look alike lie near each other."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.overview_tiles import LEAST_TILE_PX, Places, Tile, TileMap
from ganart.ui.widgets.words import count

_ZOOM_STEP = 1.25
_NOTCH = 120
_INSET_PX = 3
_BADGE_PX = 14
_REJECTED_OPACITY = 0.3


class VarietyMap(QWidget):
    """Tiles of thumbnails; a tile of several pictures says how many.

    The mouse chooses a tile or draws a frame around many (Ctrl adds), the wheel zooms, the right or
    middle button pans. Keys: arrows go to the next tile (Shift adds it), + and - zoom, Home shows
    all, Space looks at the chosen pictures, Enter leads to them.
    """

    chosen_changed = Signal()
    activated = Signal()
    """The chosen pictures are wanted elsewhere."""
    loupe_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: Sequence[int] = ()
        self._chosen: set[int] = set()
        self._map = TileMap()
        self._current: Tile | None = None
        self._band: QRectF | None = None
        self._pressed: QPoint | None = None
        self._panned: QPointF | None = None
        self.setAccessibleName(self.tr("Map of variety"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # Like a picture, it is the same in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        desk.thumbs.came.connect(self._on_thumbnails)
        desk.pictures.noted.connect(self._on_noted)

    def show_places(self, ids: Sequence[int], places: Places) -> None:
        """Show pictures, each at its place."""
        self._ids = ids
        self._chosen &= set(ids)
        self._current = None
        self._map.set_places(places)
        self.update()
        self.chosen_changed.emit()

    def chosen(self) -> list[int]:
        """Return the ids of what is chosen, in the order in which they were given."""
        return [each for each in self._ids if each in self._chosen]

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(10 * LEAST_TILE_PX, 8 * LEAST_TILE_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(4 * LEAST_TILE_PX, 4 * LEAST_TILE_PX)

    # What is chosen

    def _choose(self, places: Sequence[int], add: bool) -> None:
        ids = {self._ids[place] for place in places}
        self._chosen = self._chosen | ids if add else ids
        self._tell()
        self.update()
        self.chosen_changed.emit()

    def _members(self) -> Sequence[int]:
        """Return the places in `ids` of the pictures that the keys are at."""
        return () if self._current is None else self._map.members.get(self._current, ())

    def _tell(self) -> None:
        """Say where the keys are, to those who cannot see it."""
        members = self._members()
        row = self._desk.pictures.row(self._ids[members[0]]) if members else None
        name = "" if row is None else row.path.name
        text = self.tr("{name}, pictures here: {here}, chosen: {chosen}")
        self.setAccessibleDescription(
            text.format(name=name, here=count(len(members)), chosen=count(len(self._chosen)))
        )

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        directions = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        middle = self._middle()
        match key:
            case _ if key in directions:
                self._step(*directions[key], adds)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom_by(_ZOOM_STEP, middle)
            case Qt.Key.Key_Minus:
                self._zoom_by(1 / _ZOOM_STEP, middle)
            case Qt.Key.Key_Space:
                self.loupe_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.activated.emit()
            case Qt.Key.Key_Home:
                self._zoom_by(0.0, middle)
            case _:
                super().keyPressEvent(event)

    def _middle(self) -> QPointF:
        """Return about what the keys zoom."""
        if self._current is None:
            return QRectF(self.rect()).center()
        return self._map.box(self._current).center()

    def _zoom_by(self, factor: float, point: QPointF) -> None:
        self._map.zoom_by(factor, point)
        self._current = None if self._current is None else self._map.tile_at(point)
        self.update()

    def _step(self, right: int, down: int, add: bool) -> None:
        self._current = self._map.next_tile(self._current, right, down)
        if self._current is not None:
            self._map.reveal(self._current)
            self._choose(self._members(), add)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a frame, or to pan."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        else:
            self._panned = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the frame larger, or pan."""
        if self._panned is not None:
            self._map.pan(event.position() - self._panned)
            self._panned = event.position()
            self.update()
        elif self._pressed is not None:
            here = event.position().toPoint()
            far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far or self._band is not None:
                self._band = QRectF(QRect(self._pressed, here).normalized())
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what is in the frame, or the tile under the mouse."""
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        band, self._band = self._band, None
        pressed, self._pressed = self._pressed, None
        self._panned = None
        if band is not None:
            self._choose(self._map.inside(band), adds)
        elif pressed is not None:
            self._current = self._map.tile_at(QPointF(pressed))
            self._choose(self._members(), adds)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Look at what is chosen."""
        self.loupe_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse."""
        self._zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the room with whole tiles."""
        super().resizeEvent(event)
        self._map.resize(QSizeF(self.size()))
        if self._current not in self._map.members:
            self._current = None

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tiles that can be seen."""
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        for tile, members in self._map.members.items():
            box = self._map.box(tile)
            if box.intersects(QRectF(self.rect())):
                self._paint_tile(painter, box, members)
                if tile == self._current and self.hasFocus():
                    painter.setPen(
                        QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine)
                    )
                    painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))
        if self._band is not None:
            colour = palette.color(QPalette.ColorRole.Accent)
            painter.setPen(colour)
            colour.setAlphaF(0.2)
            painter.fillRect(self._band, colour)
            painter.drawRect(self._band)

    def _paint_tile(self, painter: QPainter, box: QRectF, members: Sequence[int]) -> None:
        row = self._desk.pictures.row(self._ids[members[0]])
        inner = box.adjusted(_INSET_PX, _INSET_PX, -_INSET_PX, -_INSET_PX)
        thumbnail = None if row is None else self._desk.thumbs.pixmap(row)
        if thumbnail is None or thumbnail.isNull():
            painter.fillRect(inner, self.palette().color(QPalette.ColorRole.AlternateBase))
        else:
            size = QSizeF(thumbnail.size()).scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(QPointF(), size)
            target.moveCenter(inner.center())
            enlarged = size.width() > thumbnail.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
            painter.setOpacity(1.0 if row is None or row.weight else _REJECTED_OPACITY)
            painter.drawPixmap(target, thumbnail, QRectF(thumbnail.rect()))
            painter.setOpacity(1.0)
        if len(members) > 1:
            self._paint_count(painter, inner, len(members))
        if any(self._ids[place] in self._chosen for place in members):
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_count(self, painter: QPainter, box: QRectF, number: int) -> None:
        text = count(number)
        width = self.fontMetrics().horizontalAdvance(text) + 8
        badge = QRectF(0, 0, max(width, _BADGE_PX), self.fontMetrics().height())
        badge.moveBottomRight(box.bottomRight())
        painter.fillRect(badge, self.palette().color(QPalette.ColorRole.Window))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)

    @Slot()
    def _on_thumbnails(self) -> None:
        if self.isVisible():
            self.update()

    @Slot(object)
    def _on_noted(self, _ids: set[int]) -> None:
        if self.isVisible():
            self.update()
