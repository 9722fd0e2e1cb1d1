"""The field of the canvas: small pictures without end around the place in its middle."""

import math
import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganart.media.board import Anchor
from ganart.media.lattice import Place
from ganart.media.point import Point
from ganart.ui.pages.explore.canvas_grounds import Ground
from ganart.ui.pages.explore.canvas_painting import ANCHOR_PX, TileLayer, paint_map
from ganart.ui.pages.explore.canvas_thumbs import Thumb, Thumbs

CELL_PX = 72.0
"""Between two places, at the usual zoom."""
LEAST_CELL_PX = 24.0
LEAST_LENS_PX = 80.0
MOST_SEEN = 1500
"""Tiles at once, also on large screens."""
_MOST_TILES = 6000
"""Points that are remembered, so that they need not be made for every frame."""
_WANT_AFTER_MS = 30
_BUDGET_S = 0.008
"""To make points with in one go."""
ZOOM_STEP = 1.25

Tile = tuple[int, int]
"""Column and row: a whole place of the ground."""


class MapField(QWidget):
    """Shows a `Ground` around a place, and what lies on it. Pictures are not mirrored in
    right-to-left layouts.
    """

    def __init__(self, ground: Ground, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = ground
        self.thumbs = thumbs
        self.place: Place = (0.0, 0.0)
        self.cell = CELL_PX
        self._aspect = 1.0
        """Width to height of the pictures."""
        self.anchors: tuple[Anchor, ...] = ()
        self.chosen = -1
        """Which of the anchors."""
        self.path: tuple[Place, ...] = ()
        self.stroke: list[Place] = []
        """What is being drawn."""
        self.can_draw = True
        """Whether there can be a path."""
        self.picture: QPixmap | None = None
        """Of the place in the middle, once it is drawn."""
        self.is_on_map = True
        """Whether the point that is looked at is the one in the middle."""
        self.message = ""
        """What stands in place of a map that is empty."""
        self.also: tuple[Point, ...] = ()
        """Points that are seen elsewhere, and are drawn last."""
        self.layer = TileLayer()
        self._points: dict[Tile, Point | None] = {}
        self._drawn: dict[Tile, Thumb] = {}
        self._wanting = QTimer(self, singleShot=True, interval=_WANT_AFTER_MS)
        self._wanting.timeout.connect(self.want)
        thumbs.arrived.connect(self._on_arrived)
        thumbs.outdated.connect(self.want_soon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    # What is shown

    def set_ground(self, ground: Ground, *, anew: bool = False) -> None:
        """Show this map with other points, its pictures staying until there are newer ones; or
        `anew` another map.
        """
        self.ground = ground
        self._points.clear()
        if anew:
            self._drawn.clear()
            self.layer.clear()
        self.want_soon()

    def set_place(self, place: Place) -> None:
        """Show another place in the middle."""
        if place != self.place:
            self.place = place
            self.want_soon()
        self.update()

    def set_picture(self, picture: QPixmap | None) -> None:
        """Show the picture of the place in the middle; None while it is not drawn."""
        self.picture = picture
        if picture is not None:
            self._set_aspect(picture.width() / picture.height())
        self.update()

    @property
    def pitch(self) -> tuple[float, float]:
        """Pixels from one place to the next, across and down, in the shape of the pictures."""
        return self.cell * math.sqrt(self._aspect), self.cell / math.sqrt(self._aspect)

    def _set_aspect(self, aspect: float) -> None:
        if aspect != self._aspect:
            self._aspect = aspect
            self.want_soon()

    def point_of(self, tile: Tile) -> Point | None:
        """Return the point of a tile."""
        if tile not in self._points:
            if len(self._points) > _MOST_TILES:
                self._points.clear()
                self._drawn.clear()
            self._points[tile] = self.ground.point_at(tile)
        return self._points[tile]

    def thumb_of(self, tile: Tile) -> Thumb | None:
        """Return the newest picture that there is of a tile."""
        point = self._points.get(tile)
        thumb = self.thumbs.get(point) if point is not None else None
        if thumb is not None:
            self._drawn[tile] = thumb
        return self._drawn.get(tile)

    def tiles(self, *, whole: bool = False) -> list[Tile]:
        """Return column and row of what is seen, or `whole` seen, in the order of reading."""
        edge = -0.5 if whole else 0.5
        across, down = (
            length / 2 / pitch + edge
            for length, pitch in zip((self.width(), self.height()), self.pitch, strict=True)
        )
        x, y = self.place
        columns = range(math.ceil(x - across), math.floor(x + across) + 1)
        rows = range(math.ceil(y - down), math.floor(y + down) + 1)
        return [(column, row) for row in rows for column in columns]

    def grid(self, most: int) -> tuple[list[int], list[int]]:
        """Return the columns and rows that are whole in view; of too many those in the middle."""
        tiles = self.tiles(whole=True)
        columns = sorted({column for column, _ in tiles})
        rows = sorted({row for _, row in tiles})
        fitting = max(1, most // max(1, len(columns)))
        first = max(0, len(rows) - fitting) // 2
        return columns, rows[first : first + fitting]

    @Slot()
    def want_soon(self) -> None:
        """Have what is seen drawn, and what is in the middle first."""
        if not self._wanting.isActive():
            self._wanting.start()
        self.update()

    @Slot()
    def _on_arrived(self) -> None:
        self.layer.is_current = False
        self.update()

    def is_waiting(self) -> bool:
        """Whether `want` is still to come."""
        return self._wanting.isActive()

    @Slot()
    def want(self) -> None:
        """Do what `want_soon` promises."""
        if not self.isVisible():
            return
        tiles = sorted(self.tiles(), key=lambda tile: math.dist(tile, self.place))
        begun, points = time.perf_counter(), []
        for tile in tiles:
            # Mixes of many anchors take a while to make: the window goes on in between.
            if tile not in self._points and time.perf_counter() - begun > _BUDGET_S:
                self._wanting.start()
                break
            points.append(self.point_of(tile))
        self.thumbs.want([*(point for point in points if point is not None), *self.also])
        self._on_arrived()

    # Between places and pixels

    def on_screen(self, place: Place) -> QPointF:
        """Return where a place is shown."""
        across, down = self.pitch
        return QPointF(
            self.width() / 2 + (place[0] - self.place[0]) * across,
            self.height() / 2 + (place[1] - self.place[1]) * down,
        )

    def place_at(self, position: QPointF) -> Place:
        """Return the place that is shown at a position."""
        across, down = self.pitch
        return (
            self.place[0] + (position.x() - self.width() / 2) / across,
            self.place[1] + (position.y() - self.height() / 2) / down,
        )

    def lens(self) -> QRectF:
        """Return where the picture of the middle is shown: as large as the view when near."""
        side = max(8.0, min(self._room(12), max(LEAST_LENS_PX, 1.25 * self.cell)))
        rect = QRectF(0, 0, side * math.sqrt(self._aspect), side / math.sqrt(self._aspect))
        rect.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        return rect

    def _room(self, edge: int = 0) -> float:
        """Return the side of the square with as many pixels as the largest picture that fits."""
        stretch = math.sqrt(self._aspect)
        return min((self.width() - edge) / stretch, (self.height() - edge) * stretch)

    def anchor_at(self, position: QPointF) -> int:
        """Return which anchor is shown at a position, or -1."""
        for number in reversed(range(len(self.anchors))):
            away = self.on_screen(self.anchors[number].place) - position
            if math.hypot(away.x(), away.y()) <= ANCHOR_PX:
                return number
        return -1

    # Zoom

    def zoom_by(self, factor: float) -> None:
        """Come nearer or go away."""
        self._zoom_to(self.cell * factor)

    @Slot()
    def zoom_in(self) -> None:
        """Come nearer."""
        self.zoom_by(ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Go away."""
        self.zoom_by(1 / ZOOM_STEP)

    @Slot()
    def reset_zoom(self) -> None:
        """Go back to the usual zoom."""
        self._zoom_to(CELL_PX)

    def _zoom_to(self, cell: float) -> None:
        largest = max(CELL_PX, self._room())
        least = max(LEAST_CELL_PX, math.sqrt(self.width() * self.height() / MOST_SEEN))
        self.cell = min(largest, max(least, cell))
        self.want_soon()

    # Paint

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(480, 420)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(200, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        paint_map(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a new size."""
        super().resizeEvent(event)
        self.want_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw."""
        super().showEvent(event)
        self.want_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the computer to others while hidden."""
        super().hideEvent(event)
        self.thumbs.want(())
