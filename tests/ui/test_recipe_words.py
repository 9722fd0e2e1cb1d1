"""Recipes in plain words."""

from dataclasses import replace

import numpy as np
import pytest

from ganart.media.composition import Composition, Keyframe, evenly
from ganart.media.point import LAYER_MAX, Gene, LayerStyle, Part, Point, vector_of
from ganart.ui.pages.recipe_words import point_in_words, recipe_in_words
from tests.ui.gallery import RECIPE

NUMBERS = vector_of(np.ones(8, np.float32))
OWN = Part(vector=NUMBERS)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (Point.at(7), ("Seed 7", "100 %")),
        (Point((Part(1, weight=3), Part(2), OWN)), ("60 % seed 1", "20 % seed 2", "its own")),
        (Point((OWN,), diversity=0.5), ("A place of its own", "50 %")),
    ],
)
def test_points(qtbot, point, said):
    text = point_in_words(point)
    for part in said:
        assert part in text
    assert "\n" not in text


def test_a_mix_of_many_is_cut_short(qtbot):
    text = point_in_words(Point(tuple(Part(seed) for seed in range(16))))
    assert "seed 7" in text
    assert "seed 8" not in text
    assert "…" in text


def test_what_changes_a_picture_is_told(qtbot):
    genes = (Gene("older", NUMBERS, 2.5), Gene("smile", NUMBERS, -1.0))
    styles = (LayerStyle(Part(99), 4, 7), LayerStyle(OWN, 0, 0))
    point = Point((Part(1),), genes=genes, styles=styles, noise=False)
    output = {"size": 2048, "edition": 25, "edition_number": 3, "sign": "Ana"}
    text = "\n".join(recipe_in_words(replace(RECIPE, points=(point,), output=output)))
    for part in ("older +2.5, smile -1", "Layers 5 to 8 in the style of seed 99", "Layers 1 to 1"):
        assert part in text
    for part in ("left to chance", "2,048 px", "3 of 25", "Ana", "Sketch 32"):
        assert part in text.replace("2048", "2,048")


def test_prints_and_sheets_are_told(qtbot):
    sheet = replace(
        RECIPE,
        kind="sheet",
        points=tuple(Point.at(seed) for seed in range(30)),
        output={"width_cm": 21.0, "height_cm": 29.7},
    )
    text = "\n".join(recipe_in_words(sheet))
    for part in ("Sheet of 30 pictures", "0, 1, 2", "…", "21 × 29.7 cm"):
        assert part in text


def test_loops_are_told(qtbot):
    loop = evenly((Point.at(1), Point((Part(2), Part(3))), Point((OWN,))), 4.0)
    recipe = replace(RECIPE, kind="loop", points=(), composition=loop, frames=96, fps=24.0)
    text = "\n".join(recipe_in_words(recipe))
    for part in ("Loop of 4 s", "1 → 2+3 → …", "Pictures: 3", "96 frames, 24 a second"):
        assert part in text
    keyframe = Keyframe(Point((Part(1),), genes=(Gene("older", NUMBERS, 1.0),)), 0.0)
    circle = Composition((keyframe,), 2.0, path="circle", is_ping_pong=True)
    text = "\n".join(recipe_in_words(replace(recipe, composition=circle)))
    for part in ("on a circle", "there and back", "Genes: older"):
        assert part in text


def test_works_without_seeds_say_so(qtbot):
    sheet = replace(RECIPE, kind="sheet", points=(Point((OWN,)), Point((OWN, OWN))))
    assert recipe_in_words(sheet)[0] == "Sheet of 2 pictures without seeds"
    mixed = replace(RECIPE, kind="sheet", points=(Point((OWN, Part(5))), Point((OWN,))))
    assert recipe_in_words(mixed)[0].endswith("seeds 5, …")


def test_styles_of_all_finer_layers_are_told_without_their_number(qtbot):
    point = Point((Part(1),), styles=(LayerStyle(Part(9), 2, LAYER_MAX),))
    assert "Layers from 3 on in the style of seed 9" in recipe_in_words(
        replace(RECIPE, points=(point,))
    )
