"""What the canvas can be a map of: all seeds, the anchors, or the pictures of a sheet."""

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from ganart.media import lattice
from ganart.media.board import ON_ANCHOR, Anchor, mix_of_anchors
from ganart.media.lattice import Place
from ganart.media.mixing import mix_points
from ganart.media.point import Part, Point

_REMEMBERED = 1000


class Ground(Protocol):
    """Places, which are pairs of numbers, and the points that lie there."""

    def has(self, tile: tuple[int, int]) -> bool:
        """Whether something lies at a whole place."""

    def point_at(self, place: Place) -> Point | None:
        """Return the point of a place; None beyond the edge, or where the map is empty."""

    def place_of(self, point: Point, near: Place) -> Place | None:
        """Return the place of a point, of several the one near another; None if there is none."""

    def settled(self, place: Place) -> Place:
        """Return the nearest position that can be looked at."""

    def snapped(self, place: Place) -> Place:
        """Return the nearest place that is nothing in between."""

    def name(self, place: Place) -> str:
        """Say in words where a place lies."""


class SeedGround:
    """All seeds; whatever else the point that is looked at has, such as genes, they all have."""

    def __init__(self, manner: Point) -> None:
        self.manner = replace(manner, parts=(Part(0),))

    def has(self, tile: tuple[int, int]) -> bool:
        """Return True: it has no edge."""
        return True

    def point_at(self, place: Place) -> Point | None:
        """Return the mix of the four nearest seeds."""
        return replace(self.manner, parts=lattice.parts_at(place))

    def place_of(self, point: Point, near: Place) -> Place | None:
        """Return the place of a seed, or of a mix of neighbours."""
        place = lattice.place_of(point.parts)
        return lattice.nearest(place, near) if place is not None else None

    def settled(self, place: Place) -> Place:
        """Return the nearest of the fine steps between seeds."""
        return lattice.settled(place)

    def snapped(self, place: Place) -> Place:
        """Return the place of the nearest seed."""
        return round(place[0]), round(place[1])

    def name(self, place: Place) -> str:
        """Name the seed, or the nearest one."""
        seed = lattice.seed_at(*map(round, place))
        if self.settled(place) == self.settled(self.snapped(place)):
            return QCoreApplication.translate("canvas", "Seed {seed}").format(seed=seed)
        text = QCoreApplication.translate("canvas", "Between seeds, nearest to seed {seed}")
        return text.format(seed=seed)


class AnchorGround:
    """The anchors, and mixes of them in between."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self.anchors = tuple(anchors)
        self._visited: OrderedDict[Point, Place] = OrderedDict()

    def has(self, tile: tuple[int, int]) -> bool:
        """Whether there are anchors; their mixes have no edge."""
        return bool(self.anchors)

    def point_at(self, place: Place) -> Point | None:
        """Return the mix of all anchors by distance."""
        return mix_of_anchors(self.anchors, place) if self.anchors else None

    def visit(self, place: Place) -> None:
        """Remember a place for `place_of`: a mix does not tell where it was mixed."""
        point = self.point_at(place)
        if point is not None:
            self._visited[point] = place
            while len(self._visited) > _REMEMBERED:
                self._visited.popitem(last=False)

    def place_of(self, point: Point, near: Place) -> Place | None:
        """Return the place of an anchor, or a place that was visited."""
        for anchor in self.anchors:
            if anchor.point == point:
                return anchor.place
        return self._visited.get(point)

    def settled(self, place: Place) -> Place:
        """Return a place in steps as fine as those between seeds."""
        x, y = (round(each * lattice.FINENESS) / lattice.FINENESS for each in place)
        return x, y

    def snapped(self, place: Place) -> Place:
        """Return the place of the nearest anchor."""
        nearest = self._nearest(place)
        return nearest.place if nearest is not None else place

    def name(self, place: Place) -> str:
        """Name the anchor, or the nearest one."""
        nearest = self._nearest(place)
        if nearest is None:
            return ""
        if math.dist(nearest.place, place) < ON_ANCHOR:
            return nearest.name
        text = QCoreApplication.translate("canvas", "Between anchors, nearest to {name}")
        return text.format(name=nearest.name)

    def _nearest(self, place: Place) -> Anchor | None:
        by_distance = {math.dist(each.place, place): each for each in self.anchors}
        return by_distance[min(by_distance)] if by_distance else None


class SheetGround:
    """The pictures of a sheet in rows, and mixes of the four nearest in between."""

    def __init__(self, points: Sequence[Point], columns: int) -> None:
        self.points = tuple(points)
        self.columns = columns

    def has(self, tile: tuple[int, int]) -> bool:
        """Whether there is a picture."""
        return self._at(*tile) is not None

    def point_at(self, place: Place) -> Point | None:
        """Return the mix of the pictures around a place; None beyond the edge."""
        x, y = self.settled(place)
        if math.dist((x, y), place) > 0.5:
            return None
        left, top = math.floor(x), math.floor(y)
        points, shares = [], []
        for column, row in ((left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)):
            share = (1 - abs(x - column)) * (1 - abs(y - row))
            point = self._at(column, row)
            if share and point is not None:
                points.append(point)
                shares.append(share)
        return mix_points(points, shares) if points else None

    def place_of(self, point: Point, near: Place) -> Place | None:
        """Return the place of one of the pictures."""
        if point not in self.points:
            return None
        row, column = divmod(self.points.index(point), self.columns)
        return column, row

    def settled(self, place: Place) -> Place:
        """Return the nearest place that is on the sheet."""
        last_row = (len(self.points) - 1) // self.columns
        last_column = min(self.columns, len(self.points)) - 1
        x = min(max(0.0, place[0]), last_column)
        y = min(max(0.0, place[1]), last_row)
        return x, y

    def snapped(self, place: Place) -> Place:
        """Return the place of the nearest picture."""
        x, y = self.settled(place)
        return round(x), round(y)

    def name(self, place: Place) -> str:
        """Number the picture, or the nearest one."""
        column, row = map(int, self.snapped(place))
        text = QCoreApplication.translate("canvas", "Picture {number} of the sheet")
        return text.format(number=row * self.columns + column + 1)

    def _at(self, column: int, row: int) -> Point | None:
        index = row * self.columns + column
        on_sheet = 0 <= column < self.columns and 0 <= index < len(self.points)
        return self.points[index] if on_sheet else None
