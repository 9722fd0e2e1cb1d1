"""Where pictures lie on a map: one thumbnail a tile stands for all that lie there."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF

LEAST_TILE_PX = 56
MOST_TILES = 600
"""On the widget: on large screens tiles are larger, so that their thumbnails can all be kept."""
MOST_ZOOM = 40.0

Tile = tuple[int, int]
"""Column and row, from the upper left of the whole map."""
Places = npt.NDArray[np.float32]
"""(N, 2), from the left and from the top, 0 to 1."""


def sorted_into_tiles(places: Places, columns: int, rows: int) -> dict[Tile, Sequence[int]]:
    """Return the numbers of the pictures in each tile, the one nearest to its middle first."""
    if not len(places):
        return {}
    grid = np.array([columns, rows])
    within = places.astype(np.float64) * grid
    tiles = within.astype(np.int64).clip(0, grid - 1)
    off_centre = ((within - tiles - 0.5) ** 2).sum(axis=1)
    order = np.lexsort((off_centre, tiles[:, 0], tiles[:, 1]))
    keys = tiles[order, 1] * columns + tiles[order, 0]
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    return {
        (int(keys[begin]) % columns, int(keys[begin]) // columns): part.tolist()
        for begin, part in zip(begins, np.split(order, begins[1:]), strict=True)
    }


class TileMap:
    """A map that is looked at through a widget, with zoom; all lengths in the widget's pixels."""

    def __init__(self) -> None:
        self.members: dict[Tile, Sequence[int]] = {}
        """Numbers of pictures by the tile that they lie in; tiles without any are left out."""
        self._places: Places = np.zeros((0, 2), np.float32)
        self._size = QSizeF(1, 1)
        self._zoom = 1.0
        self._corner = QPointF()
        """What of the whole map lies at the upper left of the widget."""
        self._columns = self._rows = 1

    def set_places(self, places: Places) -> None:
        """Show other pictures, all of them at first."""
        self._places = places
        self._zoom, self._corner = 1.0, QPointF()
        self._arrange()

    def resize(self, size: QSizeF) -> None:
        """Follow the size of the widget."""
        self._size = size.expandedTo(QSizeF(1, 1))
        self._arrange()
        self.go_to(self._corner)

    def box(self, tile: Tile) -> QRectF:
        """Return where a tile lies on the widget."""
        size = self._tile()
        left, top = tile[0] * size.width(), tile[1] * size.height()
        return QRectF(QPointF(left, top) - self._corner, size)

    def tile_at(self, point: QPointF) -> Tile | None:
        """Return the tile at a point of the widget, None where no pictures are."""
        size, place = self._tile(), point + self._corner
        tile = (int(place.x() // size.width()), int(place.y() // size.height()))
        return tile if tile in self.members else None

    def inside(self, frame: QRectF) -> Sequence[int]:
        """Return the numbers of the pictures within a frame on the widget."""
        whole = np.array([self._size.width(), self._size.height()]) * self._zoom
        at = self._places * whole - np.array([self._corner.x(), self._corner.y()])
        low = np.array([frame.left(), frame.top()])
        high = np.array([frame.right(), frame.bottom()])
        found: list[int] = np.flatnonzero(((at >= low) & (at <= high)).all(axis=1)).tolist()
        return found

    def zoom_by(self, factor: float, point: QPointF) -> None:
        """Enlarge or reduce about a point of the widget; the whole map is the least."""
        zoom = min(MOST_ZOOM, max(1.0, self._zoom * factor))
        place = (point + self._corner) * (zoom / self._zoom)
        self._zoom = zoom
        self._arrange()
        self.go_to(place - point)

    def pan(self, by: QPointF) -> None:
        """Move what is shown along with the mouse."""
        self.go_to(self._corner - by)

    def go_to(self, corner: QPointF) -> None:
        """Have another part of the map at the upper left of the widget."""
        most = self._zoom - 1
        self._corner = QPointF(
            min(max(0.0, corner.x()), most * self._size.width()),
            min(max(0.0, corner.y()), most * self._size.height()),
        )

    def reveal(self, tile: Tile) -> None:
        """Move the map as little as it takes for a tile to be seen."""
        box = self.box(tile)
        by_x = min(0.0, box.left()) + max(0.0, box.right() - self._size.width())
        by_y = min(0.0, box.top()) + max(0.0, box.bottom() - self._size.height())
        self.go_to(self._corner + QPointF(by_x, by_y))

    def next_tile(self, tile: Tile | None, right: int, down: int) -> Tile | None:
        """Return the next tile in a direction, -1, 0 or 1 each way; without one the first of all.

        What lies beside the way is twice as far off. Where nothing is left it is `tile`.
        """
        if tile is None:
            return min(self.members, key=lambda other: (other[1], other[0]), default=None)

        def distance(other: Tile) -> float:
            across, along = other[0] - tile[0], other[1] - tile[1]
            ahead = across * right + along * down
            beside = abs(across * down) + abs(along * right)
            return ahead + 2 * beside if ahead > 0 else math.inf

        best = min(self.members, key=distance, default=tile)
        return best if math.isfinite(distance(best)) else tile

    def _arrange(self) -> None:
        width, height = self._size.width(), self._size.height()
        side = max(LEAST_TILE_PX, math.sqrt(width * height / MOST_TILES))
        self._columns = max(1, int(width * self._zoom // side))
        self._rows = max(1, int(height * self._zoom // side))
        self.members = sorted_into_tiles(self._places, self._columns, self._rows)

    def _tile(self) -> QSizeF:
        """Return how large tiles are, so that whole ones fill the map."""
        whole = self._size * self._zoom
        return QSizeF(whole.width() / self._columns, whole.height() / self._rows)
