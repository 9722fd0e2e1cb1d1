import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.media.composition import Composition, Keyframe
from ganart.media.drive import Drive
from ganart.media.point import (
    DIVERSITY_MAX,
    SEED_MAX,
    Gene,
    LayerStyle,
    Part,
    Point,
    vector_of,
)
from ganart.media.recipe import (
    MAX_FPS,
    MAX_FRAMES,
    MAX_POINTS,
    MAX_RECIPE_BYTES,
    MAX_TEXT,
    BadRecipe,
    Recipe,
)

PICTURE = Recipe(
    kind="picture",
    points=(Point.between(7, 8, 0.25),),
    model_hash="c0ffee",
    architecture="r3",
    width=32,
    height=32,
    preset="sketch-32",
    steps=1000,
    pictures=32_000,
    data_hash="beef",
    app_version="0.1.0",
    created="2026-03-21T12:00:00+00:00",
)

VALUES = json.loads(PICTURE.to_json())

seeds = st.integers(0, SEED_MAX)
texts = st.text(max_size=MAX_TEXT).filter(str.isprintable)
counts = st.integers(0, 2**53)
methods = st.sampled_from(["slerp", "lerp"])
vectors = st.lists(st.floats(-9, 9, width=32), min_size=1, max_size=9).map(
    lambda numbers: vector_of(np.array(numbers, np.float32))
)
weights = st.floats(1e-6, 1e6)
parts = st.one_of(
    st.builds(Part, seed=seeds, weight=weights),
    st.builds(Part, vector=vectors, space=st.sampled_from(["z", "w"]), weight=weights),
)
points = st.builds(
    Point,
    parts=st.lists(parts, min_size=1, max_size=4).map(tuple),
    method=methods,
    diversity=st.floats(0, DIVERSITY_MAX),
    genes=st.lists(
        st.builds(Gene, name=st.just("warm"), vector=vectors, amount=st.floats(-9, 9)), max_size=3
    ).map(tuple),
    styles=st.lists(
        st.builds(LayerStyle, part=parts, first=st.just(2), last=st.integers(2, 9)), max_size=2
    ).map(tuple),
    noise=st.booleans(),
)
compositions = st.builds(
    Composition,
    keyframes=st.lists(points, min_size=1, max_size=9).map(
        lambda chosen: tuple(
            Keyframe(each, row / len(chosen), hold=0.25) for row, each in enumerate(chosen)
        )
    ),
    seconds=st.floats(0.1, 600),
    path=st.sampled_from(["legs", "spline", "circle"]),
    radius=st.floats(0, 9),
    is_ping_pong=st.booleans(),
    seed=seeds,
    laps=st.integers(1, 8),
    bpm=st.floats(0, 999),
    drive=st.none()
    | st.builds(
        Drive,
        levels=st.binary(min_size=1, max_size=40),
        target=st.sampled_from(["speed", "gene"]),
        strength=st.floats(0, 1),
        gene=st.builds(Gene, name=st.just("warm"), vector=vectors, amount=st.floats(-9, 9)),
        name=texts,
    ),
)
shared = {
    "model_hash": texts.filter(bool),
    "architecture": texts,
    "width": st.integers(1, 8192),
    "height": st.integers(1, 8192),
    "stretched_from": st.just(0.0) | st.floats(0.01, 100),
    "preset": texts,
    "steps": counts,
    "pictures": counts,
    "data_hash": texts,
    "app_version": texts,
    "created": st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
}
many_points = st.lists(points, min_size=1, max_size=30).map(tuple)
recipes = st.one_of(
    st.builds(Recipe, kind=st.just("picture"), points=st.tuples(points), **shared),
    st.builds(Recipe, kind=st.just("sheet"), points=many_points, **shared),
    st.builds(
        Recipe,
        kind=st.just("loop"),
        points=st.just(()),
        composition=compositions,
        frames=st.integers(1, MAX_FRAMES),
        fps=st.floats(0.1, MAX_FPS),
        **shared,
    ),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(recipes)
def test_a_recipe_is_read_back_as_it_was(recipe):
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_the_longest_recipe_stays_within_the_limit():
    point = Point.between(SEED_MAX, SEED_MAX, 0.1234567890123456789, "slerp", 1.234567890123456789)
    longest = replace(
        PICTURE,
        kind="sheet",
        points=(point,) * MAX_POINTS,
        **dict.fromkeys(
            ("model_hash", "architecture", "preset", "data_hash", "app_version"), "🎨" * MAX_TEXT
        ),
    )
    text = longest.to_json()
    assert len(text) <= MAX_RECIPE_BYTES
    assert Recipe.from_json(text) == longest


@given(st.text() | st.binary() | json_values.map(json.dumps))
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)


@given(st.sampled_from(sorted(VALUES)), json_values)
def test_a_recipe_with_a_spoilt_part_is_refused_or_still_valid(name, value):
    spoilt = json.dumps(VALUES | {name: value})
    try:
        recipe = Recipe.from_json(spoilt)
    except BadRecipe:
        return
    assert Recipe.from_json(recipe.to_json()) == recipe


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"version": 1' + "0" * 10_000 + "}",
        " " * (MAX_RECIPE_BYTES + 1),
        b"\xff\xfe\x00",
        "null",
        "",
    ],
    ids=["deep list", "deep object", "huge number", "too long", "not text", "null", "empty"],
)
def test_hostile_texts_are_refused(text):
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999", "-0.1", "0", "true", '"1"', "null"])
def test_numbers_must_be_numbers_in_range(amount):
    text = PICTURE.to_json().replace('"weight":0.25', f'"weight":{amount}')
    assert amount in text
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"model_hash": ""},
        {"preset": "line\nbreak"},
        {"preset": "\u202ereversed"},
        {"preset": "\ud800"},
        {"preset": "x" * (MAX_TEXT + 1)},
        {"created": "yesterday"},
        {"kind": "painting"},
        {"kind": ["picture"]},
        {"frames": 24},
        {"kind": "loop"},
        {"width": True},
        {"seed": 1},
        {"points": []},
        {"points": [{"seed": 1}]},
        {"points": {}},
    ],
)
def test_wrong_parts_are_refused(spoilt):
    with pytest.raises(BadRecipe):
        Recipe.from_json(json.dumps(VALUES | spoilt))


def test_a_recipe_of_a_newer_studio_says_so():
    newer = VALUES | {"version": 4, "brush": "round"}
    with pytest.raises(BadRecipe, match="newer version"):
        Recipe.from_json(json.dumps(newer))


def test_no_invalid_recipe_can_be_made():
    with pytest.raises(BadRecipe):
        Point.at(-1)
    with pytest.raises(BadRecipe):
        Point.at(1, diversity=float("nan"))
    with pytest.raises(BadRecipe):
        replace(PICTURE, points=[Point.at(1)])


def test_recipes_of_version_1_open_to_the_same_points():
    shared = {
        "model_hash": "c0ffee",
        "architecture": "r3",
        "side": 32,
        "preset": "sketch-32",
        "steps": 1000,
        "pictures": 32_000,
        "data_hash": "beef",
        "app_version": "0.1.0",
        "created": "2026-03-21T12:00:00+00:00",
        "version": 1,
    }
    seed = {"seed": 7, "other_seed": None, "amount": 0.0, "method": "lerp", "diversity": 0.5}
    between = {"seed": 7, "other_seed": 8, "amount": 0.3, "method": "slerp", "diversity": 1.0}
    still = {"kind": "picture", "frames": 0, "fps": 0.0}
    picture = Recipe.from_json(json.dumps(shared | still | {"points": [between]}))
    assert picture.points == (Point.between(7, 8, 0.3),)
    loop = {"kind": "loop", "frames": 48, "fps": 24.0, "points": [seed, seed | {"seed": 9}]}
    opened = Recipe.from_json(json.dumps(shared | loop))
    assert [each.at for each in opened.composition.keyframes] == [0.0, 0.5]
    assert {each.method for each in opened.composition.keyframes} == {"lerp"}
    assert [each.seed for each in opened.places] == [7, 9]
    assert opened.composition.seconds == 2.0


def test_recipes_of_version_2_are_of_squares():
    values = json.loads(PICTURE.to_json())
    for name in ("width", "height", "stretched_from"):
        del values[name]
    opened = Recipe.from_json(json.dumps(values | {"version": 2, "side": 64}))
    assert opened == replace(PICTURE, width=64, height=64)
    with pytest.raises(BadRecipe, match="side is missing"):
        Recipe.from_json(json.dumps(values | {"version": 2}))
    with pytest.raises(BadRecipe):
        Recipe.from_json(json.dumps(values | {"version": 2, "side": 0}))


def test_points_that_share_a_vector_write_it_once():
    gene = Gene("warm", vector_of(np.ones(500, np.float32)), 1.0)
    point = replace(Point.at(1), genes=(gene,))
    one = replace(PICTURE, kind="sheet", points=(point,))
    many = replace(PICTURE, kind="sheet", points=(point,) * 100)
    assert len(many.to_json()) < len(one.to_json()) + 100 * 100
    assert Recipe.from_json(many.to_json()) == many


@pytest.mark.parametrize("vector", ["!", "AAA", "AAAAAAAA" * 70_000, "AACAfw==", 5, None], ids=str)
def test_vectors_that_are_none_are_refused(vector):
    text = json.dumps(VALUES | {"points": [{"parts": [{"vector": 0}]}], "vectors": [vector]})
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)
