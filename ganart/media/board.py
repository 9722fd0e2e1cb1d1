"""What an artist keeps on the canvas: anchors, bookmarks, and a path across each of its maps."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from ganart.files import make_folder
from ganart.media.lattice import Place, place_of_seed
from ganart.media.mixing import mix_points
from ganart.media.point import Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import (
    BadRecipe,
    check_number,
    check_text,
    check_version,
    read_fields,
)
from ganart.project.documents import Damaged, read_document, write_document

SCHEMA = 1
MAX_ANCHORS = 100
MAX_BOOKMARKS = 1000
MAX_STOPS = 1000
FARTHEST = 1e6
"""Of a place on a map, to either side."""
ON_ANCHOR = 1e-3
"""Nearer than this to an anchor a position is that of the anchor."""
_ROOM = 1.0
"""Around an anchor whose place is found for it."""
_COLOUR = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point that was put somewhere on the map of anchors. Raises `BadRecipe`."""

    name: str
    colour: str
    """As "#rrggbb", in small letters."""
    place: Place
    point: Point

    def __post_init__(self) -> None:
        check_text("name", self.name)
        if not isinstance(self.colour, str) or not _COLOUR.fullmatch(self.colour):
            raise BadRecipe(reason="the colour of one of its anchors is none")
        _check_place(self.place)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A point that was kept. Raises `BadRecipe`."""

    name: str
    point: Point

    def __post_init__(self) -> None:
        check_text("name", self.name)


@dataclass(frozen=True, slots=True)
class Board:
    """All of it. Raises `BadRecipe`."""

    anchors: tuple[Anchor, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    seed_path: tuple[Place, ...] = ()
    """Across the map of seeds; it may leave the middle copy of that map."""
    anchor_path: tuple[Place, ...] = ()
    """Across the map of anchors."""

    def __post_init__(self) -> None:
        for values, most in (
            (self.anchors, MAX_ANCHORS),
            (self.bookmarks, MAX_BOOKMARKS),
            (self.seed_path, MAX_STOPS),
            (self.anchor_path, MAX_STOPS),
        ):
            if len(values) > most:
                raise BadRecipe(reason="there is too much on it")
        for place in (*self.seed_path, *self.anchor_path):
            _check_place(place)


def mix_of_anchors(anchors: Sequence[Anchor], place: Place) -> Point:
    """Return the mix of one or more anchors at a place: exactly an anchor's own point where it
    lies, else all of them by the inverse square of their distance (Shepard 1968).
    """
    distances = [math.dist(place, anchor.place) for anchor in anchors]
    nearest = min(range(len(anchors)), key=distances.__getitem__)
    if distances[nearest] < ON_ANCHOR:
        return anchors[nearest].point
    # As shares of the nearest one, so that far places give no numbers too small to divide by.
    weights = [(distances[nearest] / distance) ** 2 for distance in distances]
    return mix_points([anchor.point for anchor in anchors], weights)


def free_place(anchors: Sequence[Anchor], wanted: Place = (0.0, 0.0)) -> Place:
    """Return `wanted`, or the first place on a spiral around it that keeps away from anchors."""
    for turn in range(len(anchors) * 9 + 1):
        x, y = place_of_seed(turn)
        place = (wanted[0] + 2 * _ROOM * x, wanted[1] + 2 * _ROOM * y)
        if all(math.dist(place, anchor.place) >= _ROOM for anchor in anchors):
            return place
    raise AssertionError("an anchor can stand in the way of four places at most")


def resampled(path: Sequence[Place], most: int) -> tuple[Place, ...]:
    """Return a path of at most `most` stops: its own, or as many, equally far apart along it."""
    if len(path) <= most:
        return tuple(path)
    walked = [0.0]
    for before, after in pairwise(path):
        walked.append(walked[-1] + math.dist(before, after))
    stops, leg = [], 0
    for number in range(most):
        wanted = walked[-1] * number / (most - 1)
        while leg < len(path) - 2 and walked[leg + 1] < wanted:
            leg += 1
        length = walked[leg + 1] - walked[leg]
        share = min(1.0, (wanted - walked[leg]) / length) if length else 0.0
        (x, y), (next_x, next_y) = path[leg], path[leg + 1]
        stops.append((x + (next_x - x) * share, y + (next_y - y) * share))
    return tuple(stops)


def save_board(board: Board, path: Path) -> None:
    """Write a board. Raises `DiskFull` or `FolderNotWritable`."""
    make_folder(path.parent)
    write_document(path, _write_board(board))


def load_board(path: Path) -> Board:
    """Read a board; an empty one where there is no file. Raises `Damaged` or `OSError`."""
    try:
        return _read_board(read_document(path))
    except FileNotFoundError:
        return Board()
    except BadRecipe as error:
        raise Damaged(str(error)) from error


def _write_board(board: Board) -> dict[str, Any]:
    vectors = Vectors()
    anchors = [
        {
            "name": each.name,
            "colour": each.colour,
            "place": list(each.place),
            "point": write_point(each.point, vectors),
        }
        for each in board.anchors
    ]
    bookmarks = [
        {"name": each.name, "point": write_point(each.point, vectors)} for each in board.bookmarks
    ]
    return {
        "schema": SCHEMA,
        "anchors": anchors,
        "bookmarks": bookmarks,
        "seed_path": [list(place) for place in board.seed_path],
        "anchor_path": [list(place) for place in board.anchor_path],
        "vectors": vectors.texts,
    }


def _read_board(document: dict[str, Any]) -> Board:
    check_version(document.get("schema"), SCHEMA)
    values = {name: _list(document.get(name, [])) for name in (each.name for each in fields(Board))}
    vectors = Vectors(_list(document.get("vectors", [])))
    return Board(
        tuple(_read_anchor(each, vectors) for each in values["anchors"]),
        tuple(_read_bookmark(each, vectors) for each in values["bookmarks"]),
        tuple(_read_place(each) for each in values["seed_path"]),
        tuple(_read_place(each) for each in values["anchor_path"]),
    )


def _read_anchor(values: object, vectors: Vectors) -> Anchor:
    found = read_fields(Anchor, values)
    place, point = _read_place(found["place"]), read_point(found["point"], vectors)
    return Anchor(**found | {"place": place, "point": point})


def _read_bookmark(values: object, vectors: Vectors) -> Bookmark:
    found = read_fields(Bookmark, values)
    return Bookmark(**found | {"point": read_point(found["point"], vectors)})


def _read_place(values: object) -> Place:
    place = tuple(_list(values))
    _check_place(place)
    return place


def _check_place(place: object) -> None:
    if not isinstance(place, tuple) or len(place) != 2:
        raise BadRecipe(reason="one of its places is none")
    for each in place:
        check_number("place", each, -FARTHEST, FARTHEST)


def _list(values: object) -> list[Any]:
    if not isinstance(values, list):
        raise BadRecipe(reason="one of its lists is none")
    return values
