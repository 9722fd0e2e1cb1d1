import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.media.board import (
    FARTHEST,
    MAX_STOPS,
    Anchor,
    Board,
    Bookmark,
    free_place,
    load_board,
    mix_of_anchors,
    resampled,
    save_board,
)
from ganart.media.point import Gene, Part, Point, vector_of
from ganart.media.recipe_checks import BadRecipe
from ganart.project.documents import Damaged

WARM = Point((Part(3),), genes=(Gene("warm", vector_of(np.ones(4, np.float32)), 1.5),))
ANCHORS = (
    Anchor("Moss", "#00aa00", (0.0, 0.0), Point.at(1)),
    Anchor("Rust", "#aa3300", (4.0, 0.0), WARM),
    Anchor("Sky", "#0000ff", (0.0, 3.0), Point.at(2)),
)
places = st.tuples(*2 * (st.floats(-FARTHEST, FARTHEST),))


def test_on_an_anchor_a_position_is_the_anchors_own_point() -> None:
    for anchor in ANCHORS:
        assert mix_of_anchors(ANCHORS, anchor.place) is anchor.point


def test_anchors_weigh_by_the_inverse_square_of_their_distance() -> None:
    mixed = mix_of_anchors(ANCHORS[:2], (1.0, 0.0))
    shares = {part.seed: part.weight for part in mixed.parts}
    assert shares == {1: pytest.approx(0.9), 3: pytest.approx(0.1)}
    assert mixed.genes[0].amount == pytest.approx(0.15)


@given(places)
def test_every_position_has_a_mix(place: tuple[float, float]) -> None:
    mixed = mix_of_anchors(ANCHORS, place)
    assert math.fsum(part.weight for part in mixed.parts) == pytest.approx(1)


def test_one_anchor_is_everywhere() -> None:
    assert mix_of_anchors(ANCHORS[:1], (99.0, -7.0)) == Point.at(1)


def test_a_place_that_is_taken_gives_way_to_one_beside_it() -> None:
    anchors: tuple[Anchor, ...] = ()
    for _ in range(30):
        anchors += (replace(ANCHORS[0], place=free_place(anchors, (0.25, 0.0))),)
    assert anchors[0].place == (0.25, 0.0)
    gaps = [math.dist(a.place, b.place) for a in anchors for b in anchors if a is not b]
    assert min(gaps) >= 1


def test_a_short_path_keeps_its_stops_and_a_long_one_is_spread_evenly() -> None:
    corner = ((0.0, 0.0), (3.0, 0.0), (3.0, 1.0))
    assert resampled(corner, 24) == corner
    line = [(x * x / 100, 0.0) for x in range(101)]
    assert [x for x, _ in resampled(line, 5)] == pytest.approx([0, 25, 50, 75, 100])
    assert resampled([(1.0, 1.0)] * 30, 4) == ((1.0, 1.0),) * 4


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    board = Board(
        ANCHORS, (Bookmark("Best", WARM), Bookmark("", Point.at(5))), ((0.5, 1e-3),), ((1, 2),)
    )
    path = tmp_path / "explore" / "canvas.json"
    assert load_board(path) == Board()
    save_board(board, path)
    assert load_board(path) == board


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"schema": 99}',
        '{"schema": 1, "anchors": 7}',
        '{"schema": 1, "seed_path": [[1]]}',
        '{"schema": 1, "seed_path": [[1, 1e300]]}',
        '{"schema": 1, "seed_path": [["1", null]]}',
        '{"schema": 1, "bookmarks": [{"name": "a", "point": {"parts": []}}]}',
        '{"schema": 1, "bookmarks": [{"name": "a", "point": {"parts": [{"vector": 3}]}}]}',
        '{"schema": 1, "bookmarks": [{"name": "\\u202ea", "point": {"parts": [{"seed": 3}]}}]}',
        '{"schema": 1, "anchors": [{"name": "a", "colour": "red", "place": [0, 0], '
        '"point": {"parts": [{"seed": 3}]}}]}',
        '{"schema": 1, "vectors": [7], "bookmarks": '
        '[{"name": "a", "point": {"parts": [{"vector": 0}]}}]}',
    ],
)
def test_a_damaged_board_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "canvas.json"
    path.write_text(text)
    with pytest.raises(Damaged):
        load_board(path)


def test_there_is_an_end_to_what_is_kept() -> None:
    with pytest.raises(BadRecipe):
        Board(seed_path=((0.0, 0.0),) * (MAX_STOPS + 1))
