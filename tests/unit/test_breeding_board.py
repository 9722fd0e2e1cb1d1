"""The breeding board and its family: what is kept, what is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from ganart.media.breeding_board import Board
from ganart.media.family import MAX_LITTERS, Family, Litter
from ganart.media.point import Part, Point, vector_of
from ganart.media.recipe_checks import BadRecipe

VECTOR = Point((Part(vector=vector_of(np.arange(8, dtype=np.float32))),))
LITTER = Litter((Point.at(1), VECTOR), seed=3, wildness=0.5)


def family(*origins: int) -> Family:
    """Return a family whose litters were bred from those of these numbers."""
    found = Family()
    for origin in origins:
        found = found.with_litter(replace(LITTER, origin=origin))
    return found


def test_litters_are_numbered_and_know_their_generation():
    tree = family(0, 1, 2, 1)
    assert [each.number for each in tree.litters] == [1, 2, 3, 4]
    assert [tree.generation(each) for each in tree.litters] == [0, 1, 2, 1]


def test_the_oldest_litters_are_forgotten_and_their_descendants_become_the_first():
    tree = family(*range(MAX_LITTERS + 5))
    assert len(tree.litters) == MAX_LITTERS
    assert tree.find(1) is None
    assert tree.generation(tree.litters[0]) == 0
    assert tree.generation(tree.litters[-1]) == MAX_LITTERS - 1


def test_a_board_comes_back_as_it_was_kept():
    board = Board((VECTOR, Point.at(4)), family(0, 1, 1), shown=2, marked=(3, 0))
    text = json.dumps(board.to_values())
    assert Board.from_values(json.loads(text)) == board
    assert text.count(json.loads(text)["vectors"][0]) == 1


def test_points_of_many_litters_stay_small():
    wide = Point((Part(vector=vector_of(np.ones(512, np.float32))),))
    tree = Family()
    for number in range(MAX_LITTERS):
        own = Point((Part(vector=vector_of(np.full(512, number, np.float32))),))
        tree = tree.with_litter(replace(LITTER, parents=(wide, own)))
    assert len(json.dumps(Board(family=tree).to_values())) < 300_000


def broken(**changes) -> dict:
    return Board(family=family(0, 1), shown=1).to_values() | changes


@pytest.mark.parametrize(
    "values",
    [
        {},
        broken(tray=3),
        broken(tray=[{"parts": []}]),
        broken(litters=[{}]),
        broken(litters=[3]),
        broken(vectors={}),
        broken(vectors=["!"]),
        broken(shown="one"),
        broken(shown=-1),
        broken(marked=[99]),
        broken(marked=[0, 1, 2, 3, 4]),
        broken(litters=list(reversed(broken()["litters"]))),
        broken(litters=[{**broken()["litters"][0], "origin": 1}]),
        broken(litters=[{**broken()["litters"][0], "wildness": 1e9}]),
        broken(litters=[{**broken()["litters"][0], "parents": [{"parts": [{"seed": 1}]}]}]),
        broken(litters=[{**broken()["litters"][0], "count": 10**9}]),
        broken(litters=[{**broken()["litters"][0], "more": 1}]),
    ],
)
def test_a_damaged_board_is_refused(values):
    with pytest.raises(BadRecipe):
        Board.from_values(values)
